import { describe, expect, it } from 'vitest'
import { type Names, whoNames } from '../../src/engine/naming.ts'
import { planSteps } from '../../src/engine/plan.ts'
import type { Held } from '../../src/model/item.ts'
import type { Target } from '../../src/targets/target.ts'
import { aHeld, aProduct, aRejection } from '../helpers/items.ts'
import { aShop } from '../helpers/shop.ts'

/** A target whose keys have no spaces and do not tell capitals from small letters. */
const shop = aShop({}).target
const target: Target = {
  ...shop,
  encode: ({ code, gallery }) => [{ key: code.replaceAll(' ', '_'), code, gallery, values: {} }],
  fold: key => key.toLowerCase(),
}

function stepsFor(wanted: readonly string[], held: readonly Held[] = [], of = target, names: Partial<Names> = {}) {
  const entries = [...wanted.map((code, seq) => aProduct({ seq, code })), aRejection({ seq: wanted.length })]
  const known = new Map(held.map(each => [each.key, each]))
  const steps = planSteps({
    entries: () => entries,
    target: of,
    options: {},
    full: false,
    pruning: null,
    held: keys => new Map([...known].filter(([key]) => keys.includes(key))),
    mayArrive: () => new Set(),
    whoNames: whoNames({ feed: () => wanted, others: () => [], ...names }),
  })
  return [...steps].slice(0, wanted.length)
}

function planned(...facts: Parameters<typeof stepsFor>) {
  return stepsFor(...facts).map(step => [step.action, step.action === 'reject' ? step.reason : null])
}

const REJECTED = ['reject', 'code-collision']

describe('codes that become one key at a target', () => {
  it('are all rejected, because one would overwrite the other', () => {
    expect(planned(['RED LAMP', 'RED_LAMP', 'BLUE LAMP'])).toEqual([REJECTED, REJECTED, ['create', null]])
  })

  it('are found however the target compares keys', () => {
    expect(planned(['Lamp', 'LAMP', 'lamp'])).toEqual([REJECTED, REJECTED, REJECTED])
  })

  it('leave alone the one that the ledger already holds', () => {
    const held = aHeld({ code: 'RED LAMP', key: 'RED_LAMP' })
    expect(planned(['RED LAMP', 'RED_LAMP'], [held])).toEqual([['update', null], REJECTED])
  })

  it('are no problem where keys are codes', () => {
    expect(planned(['Lamp', 'LAMP', 'RED LAMP'], [], shop)).toEqual([
      ['create', null],
      ['create', null],
      ['create', null],
    ])
  })

  it('say who collides with whom, and what to do', () => {
    const [first] = stepsFor(['RED LAMP', 'RED_LAMP'])
    expect(first).toMatchObject({
      code: 'RED LAMP',
      source: 'lamps.csv:2',
      message: expect.stringMatching(/^The codes "RED LAMP" and "RED_LAMP" both become "RED_LAMP" at this target\./),
    })
  })
})

describe('a key that the target holds for a code of earlier runs', () => {
  const held = [aHeld({ code: 'RED LAMP', key: 'RED_LAMP' })]

  it('is handed over to the code that becomes it now, when nobody names the other one any more', () => {
    expect(stepsFor(['RED_LAMP'], held)).toMatchObject([
      { action: 'update', item: { code: 'RED_LAMP', key: 'RED_LAMP' } },
    ])
  })

  it('is handed over although nothing else of what is sent has changed, and the plan says that something differs', () => {
    const gallery = ['https://cdn.example.com/1.jpg']
    const silent: Target = {
      ...target,
      encode: ({ code }) => [{ key: code.replaceAll(' ', '_'), code, gallery, values: {} }],
      payload: ({ key }) => [key],
    }
    const sent = stepsFor(['RED LAMP'], [], silent).flatMap(step => ('fingerprint' in step ? [step] : []))
    const before = sent.map(({ item, fingerprint }) => aHeld({ ...item, fingerprint }))
    expect(planned(['RED LAMP'], before, silent)).toEqual([['unchanged', null]])
    expect(stepsFor(['RED_LAMP'], before, silent)).toMatchObject([
      { action: 'update', item: { code: 'RED_LAMP' }, changes: { added: [], removed: [], moved: [], other: true } },
    ])
  })

  it('goes to none of several codes that become it now', () => {
    const two: Target = { ...target, encode: ({ code, gallery }) => [{ key: 'RED_LAMP', code, gallery, values: {} }] }
    expect(planned(['red', 'rot'], held, two)).toEqual([REJECTED, REJECTED])
  })

  it('stays with a code that the feed names anywhere, be it in a record that is not planned', () => {
    const feed = () => ['RED_LAMP', 'RED LAMP']
    expect(stepsFor(['RED_LAMP'], held, target, { feed })).toMatchObject([
      {
        message: expect.stringMatching(/^The codes "RED_LAMP" and "RED LAMP" both become "RED_LAMP" at this target\./),
      },
    ])
  })

  it('stays with a code that another source names, and the message says so', () => {
    expect(stepsFor(['RED_LAMP'], held, target, { others: () => [null, 'RED LAMP'] })).toMatchObject([
      {
        action: 'reject',
        reason: 'code-collision',
        message:
          'The code "RED_LAMP" becomes "RED_LAMP" at this target, which belongs to "RED LAMP": not in this feed, but named by earlier runs ' +
          "of another source. Change one of the codes, or give the sources different keys with the target's template.",
      },
    ])
  })

  it('stays with its code when only a part of the feed is there, and the message says so', () => {
    expect(stepsFor(['RED_LAMP'], held, target, { feed: null })).toMatchObject([
      {
        action: 'reject',
        message: expect.stringMatching(
          /gave to "RED LAMP"; this part of a feed does not tell .* Push the whole feed\.$/,
        ),
      },
    ])
  })

  it('asks who names its code once at most, and nobody while no such key occurs', () => {
    let walks = 0
    const others = () => {
      walks++
      return []
    }
    planned(['RED LAMP', 'BLUE LAMP'], held, target, { others })
    expect(walks).toBe(0)
    const many = ['A B', 'C D', 'E F']
    const all = many.map(code => aHeld({ code, key: code.replaceAll(' ', '_') }))
    expect(planned(['A_B', 'C_D', 'E_F'], all, target, { others })).toEqual(many.map(() => ['update', null]))
    expect(walks).toBe(1)
  })
})
