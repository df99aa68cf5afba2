import { describe, expect, it } from 'vitest'
import type { PlanReport } from '../../src/model/report.ts'
import { table } from '../../src/reporters/formats/table.ts'
import type { Look } from '../../src/reporters/reporter.ts'
import { aForecast, aPlan, aPlannedTarget, aStep, LOOK, someChanges } from './documents.ts'

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
    const rate = { count: 10, perMs: 60_000 }
    const forecast = aForecast({ requests: 20, seconds: 60, rate, quota: { limit: rate, share: 1 } })
    const targets = [aPlannedTarget(STEPS, { forecast })]
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

      ! reject  code-missing: The record has no product code.
          (no code)  furniture.csv:6
          → Give the record a product code, or name its column with --code-column.

      Requests
        catalogix  all of the vendor's 10 requests a minute while it runs

      catalogix  create 1  update 2  unchanged 1  reject 1  20 requests  about 1 minute at 10/min
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

  it('shows an image that takes the place of another as one change, on two lines where one is too short', () => {
    const changes = someChanges({ added: [{ rank: 2, url: side }], removed: [{ rank: 2, url: front }] })
    const plan = aPlan([aStep({ code: 'SOFA-3', action: 'update', changes })])
    expect(render(plan, { width: 120 })).toContain(`\n    ~ rank 2  ${front} → ${side}\n`)
    expect(render(plan, { width: 60 })).toContain(`\n    ~ rank 2  ${front}\n           →  ${side}\n`)
    expect(render(plan, { width: 60, unicode: false })).toContain(`\n    ~ rank 2  ${front}\n          ->  ${side}\n`)
  })

  it('shows ranks that close up as moves, and only what is gone as gone', () => {
    const changes = someChanges({ removed: [{ rank: 1, url: front }], moved: [{ url: side, from: 2, to: 1 }] })
    const plan = aPlan([aStep({ code: 'SOFA-3', action: 'update', changes })])
    expect(render(plan)).toContain(`\n    - rank 1  ${front}\n      rank 2 → 1  ${side}\n`)
  })

  it('says how many images a removal takes away, and which when verbose', () => {
    const changes = someChanges({ removed: [{ rank: 1, url: front }] })
    const plan = aPlan([aStep({ code: 'SOFA-3', action: 'delete', source: '', changes })])
    expect(render(plan)).toContain('- delete  SOFA-3  1 image\n\n')
    expect(render(plan, { verbose: true })).toContain(`- delete  SOFA-3\n    - rank 1  ${front}\n`)
  })

  it('tells what the requests are for, what they use of a limit, and what may add to them', () => {
    const limit = { count: 10, perMs: 60_000 }
    const steps = [aStep()]
    const targets = [
      aPlannedTarget(steps, {
        forecast: aForecast({
          requests: 121,
          purposes: { create: 100, update: 20, delete: 1 },
          seconds: 12 * 60,
          rate: limit,
          quota: { limit, share: 1 },
        }),
      }),
      aPlannedTarget([], {
        name: 'studio',
        forecast: aForecast({
          requests: 3,
          most: 16,
          purposes: { 'look-up': 1, create: 1, follow: 1 },
          rate: limit,
          quota: { limit, share: 0.3 },
          remarks: ['Each list takes 1 more request for every further 100 assets that the account holds.'],
        }),
      }),
      aPlannedTarget([], {
        name: 'pim',
        forecast: aForecast({ requests: 5, rate: { count: 1, perMs: 1000 }, seconds: 4, quota: { limit, share: 6 } }),
      }),
    ]
    expect(render(aPlan(steps, { targets }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      catalogix
      + create  LAMP-1  furniture.csv:2

      Requests
        catalogix  create 100  update 20  delete 1
                   all of the vendor's 10 requests a minute while it runs
        studio     look-up 1  create 1  follow 1
                   at most 30 % of the vendor's 10 requests a minute
                   Each list takes 1 more request for every further 100 assets that
                   the account holds.
        pim        more than the vendor's 10 requests a minute: expect it to be
                   throttled

      catalogix  create 1  121 requests  about 12 minutes at 10/min
      studio     nothing to do  3 to 16 requests
      pim        nothing to do  5 requests  about 4 seconds at 1/s
      "
    `)
  })

  it('says when there is nothing to do', () => {
    const targets = [aPlannedTarget([], { forecast: aForecast({ requests: 0 }) })]
    expect(render(aPlan([], { targets })).split('\n').at(-2)).toBe('catalogix  nothing to do')
  })

  it('fits into 80 columns, with the ends of addresses, unless all is asked for', () => {
    const url = (name: string) => `https://cdn.example.com/${'packshots/'.repeat(9)}${name}.jpg`
    const changes = someChanges({
      added: [
        { rank: 1, url: url('front') },
        { rank: 2, url: url('side') },
      ],
      removed: [{ rank: 1, url: url('old') }],
      moved: [{ from: 4, to: 3, url: url('back') }],
    })
    const step = aStep({ action: 'update', key: `LAMP-1 ${url('front')}`, changes })
    const text = render(aPlan([step]))
    expect(text.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(text.match(/\w+\.jpg(?=$| {2}furniture)/gm)).toEqual([
      'front.jpg',
      'old.jpg',
      'front.jpg',
      'side.jpg',
      'back.jpg',
    ])
    expect(render(aPlan([step]), { verbose: true })).toContain(url('back'))
  })
})
