import { describe, expect, it } from 'vitest'
import { planSteps } from '../../src/engine/plan.ts'
import { replan } from '../../src/engine/replan.ts'
import type { Held } from '../../src/model/item.ts'
import { type DeleteStep, isSend, type SendStep } from '../../src/model/step.ts'
import { aHeld, anItem, products } from '../helpers/items.ts'
import { aShop } from '../helpers/shop.ts'

const { target } = aShop({})
const none = () => new Set<string>()

/** What a first push of these products planned. */
function planned(count: number): SendStep[] {
  const planning = { target, options: {}, full: false, pruning: null, held: () => new Map<string, Held>() }
  return [...planSteps({ ...planning, mayArrive: none, whoNames: () => null, entries: () => products(count) })].filter(
    isSend,
  )
}

function again(steps: readonly (SendStep | DeleteStep)[], held: readonly Held[] = []) {
  const known = new Map(held.map(each => [each.key, each]))
  return [...replan({ steps, target, options: {}, held: () => known, mayArrive: none })]
}

describe('planning the steps of a past run again', () => {
  it('gives the same steps while the target holds nothing of them', () => {
    const steps = planned(1200)
    expect(again(steps)).toEqual(steps)
  })

  it('leaves out what the target has come to hold', () => {
    const steps = planned(3)
    const [first] = steps
    const held = aHeld({ key: 'LAMP-001', code: 'LAMP-001', fingerprint: first?.fingerprint ?? null })
    expect(again(steps, [held]).map(({ item }) => item.key)).toEqual(['LAMP-002', 'LAMP-003'])
  })

  it('makes an update of what the target holds for another code, be it just so', () => {
    const steps = planned(1)
    const [first] = steps
    const held = aHeld({ key: 'LAMP-001', code: 'LAMP 001', fingerprint: first?.fingerprint ?? null })
    expect(again(steps, [held])).toMatchObject([{ action: 'update', item: { code: 'LAMP-001' } }])
  })

  it('makes an update of what the target has come to hold in another form', () => {
    const held = aHeld({ fingerprint: null, remoteId: 'asset-7' })
    expect(again(planned(1), [held])).toMatchObject([
      { action: 'update', item: { remoteId: 'asset-7', doubtful: true } },
    ])
  })

  it('removes only what is still there', () => {
    const removal = (code: string): DeleteStep => ({
      action: 'delete',
      seq: 9,
      source: '',
      item: anItem({ key: code, code }),
      images: 2,
    })
    const steps = [removal('LAMP-001'), removal('LAMP-002')]
    expect(again(steps, [aHeld({ key: 'LAMP-002', code: 'LAMP-002' })])).toEqual([removal('LAMP-002')])
  })
})
