import { describe, expect, it } from 'vitest'
import type { PlanReport } from '../../src/model/report.ts'
import type { Look } from '../../src/reporters/reporter.ts'
import { table } from '../../src/reporters/table.ts'
import { aPlan, aPlannedTarget, aStep, LOOK, someChanges } from './documents.ts'

function render(plan: PlanReport, look: Partial<Look> = {}): string {
  return [...table.render(plan, { ...LOOK, ...look })].join('')
}

const front = 'https://img.example/sofa-3/front.jpg'
const side = 'https://img.example/sofa-3/side.jpg'
const back = 'https://img.example/sofa-3/back.jpg'

const STEPS = [
  aStep({ changes: someChanges({ added: [{ rank: 1, url: front }] }) }),
  aStep({
    code: 'SOFA-3',
    action: 'update',
    source: 'furniture.csv:3',
    changes: someChanges({
      added: [{ rank: 3, url: back }],
      removed: [{ rank: 4, url: 'https://img.example/sofa-3/old.jpg' }],
      moved: [
        { url: side, from: 2, to: 1 },
        { url: front, from: 1, to: 2 },
      ],
      other: true,
    }),
  }),
  aStep({ code: 'DESK-9', action: 'unchanged', source: 'furniture.csv:4' }),
  aStep({
    code: 'BED-1',
    action: 'update',
    reason: 'image-dropped',
    message: '"front" is not a complete URL.',
    source: 'furniture.csv:5',
    changes: someChanges({ other: true }),
  }),
  aStep({
    code: null,
    action: 'reject',
    reason: 'code-missing',
    message: 'The record has no product code.',
    source: 'furniture.csv:6',
  }),
]

describe('table of a plan', () => {
  it('shows each change, moves as moves, and the forecast', () => {
    const targets = [aPlannedTarget(STEPS, { forecast: { requests: 10, seconds: 60 } })]
    expect(render(aPlan(STEPS, { targets, exitCode: 1 }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      + create  LAMP-1  1 image  furniture.csv:2
      ~ update  SOFA-3  furniture.csv:3
            rank 2 → 1  https://img.example/sofa-3/side.jpg
            rank 1 → 2  https://img.example/sofa-3/front.jpg
          + rank 3  https://img.example/sofa-3/back.jpg
          - rank 4  https://img.example/sofa-3/old.jpg
            other values change
      ~ update  BED-1  furniture.csv:5
          image-dropped: "front" is not a complete URL.
            other values change

      ! reject  (no code)  furniture.csv:6
          code-missing: The record has no product code.

      catalogix  create 1  update 2  unchanged 1  reject 1  10 requests  at least 1 min 0 s
      "
    `)
  })

  it('lists the images of new products only when verbose', () => {
    expect(render(aPlan(STEPS.slice(0, 1)))).toContain('+ create  LAMP-1  1 image  furniture.csv:2\n\n')
    expect(render(aPlan(STEPS.slice(0, 1)), { verbose: true })).toContain(
      `+ create  LAMP-1  furniture.csv:2\n    + rank 1  ${front}\n`,
    )
  })

  it('shows what stays as it is only when verbose, in ASCII where there is no Unicode', () => {
    expect(render(aPlan(STEPS.slice(1, 3)), { verbose: true, unicode: false })).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      ~ update  SOFA-3  furniture.csv:3
            rank 2 -> 1  https://img.example/sofa-3/side.jpg
            rank 1 -> 2  https://img.example/sofa-3/front.jpg
          + rank 3  https://img.example/sofa-3/back.jpg
          - rank 4  https://img.example/sofa-3/old.jpg
            other values change
      = unchanged  DESK-9  furniture.csv:4

      catalogix  update 1  unchanged 1  2 requests
      "
    `)
  })

  it('shows at most 50 steps, and all of them when verbose', () => {
    const steps = Array.from({ length: 60 }, (_, at) => aStep({ code: `LAMP-${at}` }))
    const short = render(aPlan(steps))
    expect(short.match(/\+ create /g)).toHaveLength(50)
    expect(short).toContain('and 10 more (--verbose lists them all)\n')
    expect(render(aPlan(steps), { verbose: true }).match(/\+ create /g)).toHaveLength(60)
  })

  it('says nothing of more when there are exactly 50', () => {
    expect(render(aPlan(Array.from({ length: 50 }, () => aStep())))).not.toContain('more')
  })

  it('sorts the steps under their targets where there are several', () => {
    const steps = [aStep(), aStep({ target: 'pim', code: 'LAMP-1', key: 'lamp_1' })]
    const targets = [aPlannedTarget(steps.slice(0, 1)), aPlannedTarget(steps.slice(1), { name: 'pim', type: 'akeneo' })]
    expect(render(aPlan(steps, { targets }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      catalogix
      + create  LAMP-1  furniture.csv:2
      pim
      + create  LAMP-1 (lamp_1)  furniture.csv:2

      catalogix  create 1  2 requests
      pim        create 1  2 requests
      "
    `)
  })

  it('says when there is nothing to do', () => {
    const targets = [aPlannedTarget([], { forecast: { requests: 0, seconds: 0 } })]
    expect(render(aPlan([], { targets })).split('\n').at(-2)).toBe('catalogix  nothing to do')
  })
})
