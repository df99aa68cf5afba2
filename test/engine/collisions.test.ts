import { describe, expect, it } from 'vitest'
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

function planned(wanted: readonly string[], held: readonly Held[] = [], of = target) {
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
  })
  return [...steps].slice(0, wanted.length).map(step => [step.action, step.action === 'reject' ? step.reason : null])
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
    const entries = ['RED LAMP', 'RED_LAMP'].map((code, seq) => aProduct({ seq, code }))
    const held = () => new Map<string, Held>()
    const mayArrive = () => new Set<string>()
    const planning = { entries: () => entries, target, options: {}, full: false, pruning: null, held, mayArrive }
    const [first] = [...planSteps(planning)]
    expect(first).toMatchObject({
      code: 'RED LAMP',
      source: 'lamps.csv:2',
      message: expect.stringMatching(/^The codes "RED LAMP" and "RED_LAMP" both become "RED_LAMP" at this target\./),
    })
  })
})
