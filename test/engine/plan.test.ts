import { describe, expect, it } from 'vitest'
import { type Planning, planSteps } from '../../src/engine/plan.ts'
import { digest } from '../../src/lib/hash.ts'
import type { Held } from '../../src/model/item.ts'
import type { Product, Rejection } from '../../src/model/product.ts'
import type { SendStep, Step } from '../../src/model/step.ts'
import type { Target } from '../../src/targets/target.ts'
import { aHeld, anItem, aProduct, aRejection, images, products } from '../helpers/items.ts'
import { aShop } from '../helpers/shop.ts'

const shop = aShop({}).target

function planned(
  entries: readonly (Product | Rejection)[],
  held: readonly Held[],
  facts: Partial<Planning> = {},
): Step[] {
  const known = new Map(held.map(each => [each.key, each]))
  return [
    ...planSteps({
      entries: () => entries,
      target: shop,
      options: {},
      full: false,
      pruning: null,
      held: keys => new Map([...known].filter(([key]) => keys.includes(key))),
      mayArrive: () => new Set(),
      whoNames: () => null,
      ...facts,
    }),
  ]
}

/** What the shop holds after this product was sent to it. */
function afterPush({ code, gallery }: Product): Held {
  return aHeld({
    code,
    key: code,
    gallery,
    fingerprint: digest(JSON.stringify([code, ...gallery])),
    remoteId: 'shelf-1',
  })
}

const actions = (steps: readonly Step[]) => steps.map(({ action }) => action)
const sendStep = (step: Step | undefined): SendStep => {
  if (step?.action === 'create' || step?.action === 'update') return step
  throw new Error(`not to be sent: ${step?.action}`)
}

describe('plan', () => {
  it('creates what the ledger does not know', () => {
    const product = aProduct({ code: 'LAMP-1', gallery: ['https://a/1', 'https://a/2'], seq: 4 })
    expect(planned([product], [])).toEqual([
      {
        action: 'create',
        seq: 4,
        source: 'lamps.csv:6',
        item: anItem({ code: 'LAMP-1', gallery: ['https://a/1', 'https://a/2'] }),
        fingerprint: digest('["LAMP-1","https://a/1","https://a/2"]'),
        bytes: 38,
        changes: null,
        tail: [],
        dropped: null,
      },
    ])
  })

  it('leaves alone what the target holds exactly so', () => {
    const product = aProduct({ code: 'LAMP-1' })
    expect(planned([product], [afterPush(product)])).toEqual([
      {
        action: 'unchanged',
        seq: 0,
        source: 'lamps.csv:2',
        key: 'LAMP-1',
        code: 'LAMP-1',
        images: 2,
        remoteId: 'shelf-1',
        dropped: null,
      },
    ])
  })

  it('updates a gallery that differs, says how, and knows what stays behind', () => {
    const held = afterPush(aProduct({ code: 'LAMP-1', gallery: ['a', 'b', 'c'] }))
    const step = sendStep(planned([aProduct({ code: 'LAMP-1', gallery: ['b', 'd'] })], [held])[0])
    expect([step.action, step.item.remoteId, step.changes, step.tail]).toEqual([
      'update',
      'shelf-1',
      {
        added: [{ rank: 2, url: 'd' }],
        removed: [
          { rank: 1, url: 'a' },
          { rank: 3, url: 'c' },
        ],
        moved: [{ url: 'b', from: 2, to: 1 }],
        other: false,
      },
      [{ rank: 3, url: 'c' }],
    ])
  })

  it('remembers no tail at a target that removes what is not sent', () => {
    const target: Target = { ...shop, tail: 'goes' }
    const held = afterPush(aProduct({ gallery: ['a', 'b'] }))
    expect(sendStep(planned([aProduct({ gallery: ['a'] })], [held], { target })[0]).tail).toEqual([])
  })

  it('updates an equal gallery when anything else of the payload differs', () => {
    const target: Target = { ...shop, payload: ({ code, gallery }) => ['v2', code, ...gallery] }
    const product = aProduct()
    const step = sendStep(planned([product], [afterPush(product)], { target })[0])
    expect([step.action, step.changes]).toEqual(['update', { added: [], removed: [], moved: [], other: true }])
  })

  it('updates what is in doubt although nothing seems to differ', () => {
    const product = aProduct()
    const step = sendStep(planned([product], [{ ...afterPush(product), fingerprint: null }])[0])
    expect([step.action, step.item.doubtful]).toEqual(['update', true])
  })

  it('sends unchanged items too when all are to be sent, and says that nothing differs', () => {
    const product = aProduct()
    const step = sendStep(planned([product], [afterPush(product)], { full: true })[0])
    expect([step.action, step.item.doubtful, step.changes]).toEqual([
      'update',
      false,
      { added: [], removed: [], moved: [], other: false },
    ])
  })

  it('keeps rejections in their place, and rejects what the target cannot take', () => {
    const target: Target = {
      ...shop,
      encode: (product, options) =>
        product.code.includes(' ')
          ? {
              reason: 'code-invalid',
              message: 'No spaces.',
              fix: 'Use dashes.',
              code: product.code,
              source: product.source,
            }
          : shop.encode(product, options),
    }
    const entries = [
      aProduct({ seq: 0, code: 'LAMP-1' }),
      aRejection({ seq: 1 }),
      aProduct({ seq: 2, code: 'LAMP 2' }),
      aProduct({ seq: 3, code: 'LAMP-3' }),
    ]
    const steps = planned(entries, [], { target })
    expect(steps.map(({ seq, action }) => [seq, action])).toEqual([
      [0, 'create'],
      [1, 'reject'],
      [2, 'reject'],
      [3, 'create'],
    ])
    expect(steps[2]).toEqual({
      action: 'reject',
      seq: 2,
      source: 'lamps.csv:4',
      code: 'LAMP 2',
      reason: 'code-invalid',
      message: 'No spaces. Use dashes.',
    })
  })

  it('carries the image that was left out, whether the rest is sent or not', () => {
    const product = aProduct({ dropped: 'Left out: no address.' })
    const steps = [...planned([product], []), ...planned([product], [afterPush(product)])]
    expect(steps.map(step => [step.action, 'dropped' in step && step.dropped])).toEqual([
      ['create', 'Left out: no address.'],
      ['unchanged', 'Left out: no address.'],
    ])
  })

  it('keeps codes that look like properties of every object apart', () => {
    const goods = ['__proto__', 'constructor', '007', '7', '0'].map((code, seq) => aProduct({ seq, code }))
    const held = goods.slice(0, 2).map(afterPush)
    expect(actions(planned(goods, held))).toEqual(['unchanged', 'unchanged', 'create', 'create', 'create'])
  })

  it('is the same when what is held is read in two goes, and then in full only where it differs', () => {
    const lamps = products(5)
    const [first, second, third] = lamps.map(afterPush)
    if (first === undefined || second === undefined || third === undefined) throw new Error('five lamps')
    const held = [first, { ...second, fingerprint: 'other', gallery: images('x', 4) }, { ...third, fingerprint: null }]
    const asked: (readonly string[])[] = []
    const known = new Map(held.map(each => [each.key, each]))
    const inTwoGoes = planned(lamps, held, {
      heldPrints: keys => new Map([...known].filter(([key]) => keys.includes(key))),
      held(keys) {
        asked.push(keys)
        return new Map([...known].filter(([key]) => keys.includes(key)))
      },
    })
    expect(inTwoGoes).toEqual(planned(lamps, held))
    expect(actions(inTwoGoes)).toEqual(['unchanged', 'update', 'update', 'create', 'create'])
    expect(asked).toEqual([[second.key, third.key]])
  })

  it('asks for all of what is held when its short part names another code', () => {
    const [lamp] = products(1)
    if (lamp === undefined) throw new Error('one lamp')
    const held = afterPush(lamp)
    const facts: Partial<Planning> = {
      heldPrints: () => new Map([[held.key, { ...held, code: 'damaged' }]]),
      held() {
        throw new Error('the ledger is damaged')
      },
    }
    expect(() => planned([lamp], [], facts)).toThrow('the ledger is damaged')
  })

  it('plans a large feed in the order it has, asking the ledger for many keys at a time', () => {
    const goods = products(1234)
    const asked: number[] = []
    const held = (keys: readonly string[]) => {
      asked.push(keys.length)
      return new Map<string, Held>()
    }
    expect(planned(goods, [], { held }).map(({ seq }) => seq)).toEqual(goods.map(({ seq }) => seq))
    expect(asked).toEqual([500, 500, 234])
  })

  it('gives the same steps again', () => {
    const goods = [...products(3), aRejection({ seq: 3 })]
    expect(planned(goods, [])).toEqual(planned(goods, []))
  })
})

describe('plan of a target whose items are images', () => {
  const target: Target = {
    ...shop,
    unit: 'image',
    encode: ({ code, gallery }) =>
      gallery.map((url, at) => ({ key: `${code}#${at + 1}`, code, gallery: [url], values: {} })),
    payload: ({ key, gallery }) => [key, ...gallery],
  }

  it('has a step for each image, in rank order, at the place of its product', () => {
    const goods = [
      aProduct({ seq: 0, code: 'LAMP-1', gallery: images('LAMP-1', 12) }),
      aProduct({ seq: 1, code: 'LAMP-2' }),
    ]
    const steps = planned(goods, [], { target }).map(sendStep)
    expect(steps.map(({ item }) => item.key)).toEqual([
      ...Array.from({ length: 12 }, (_, at) => `LAMP-1#${at + 1}`),
      'LAMP-2#1',
      'LAMP-2#2',
    ])
    expect(steps.map(({ seq }) => seq)).toEqual(steps.map(({ seq }) => seq).toSorted((a, b) => a - b))
  })

  it('sends only the image that differs', () => {
    const key = 'LAMP-1#1'
    const held = aHeld({ code: 'LAMP-1', key, gallery: ['a'], fingerprint: digest(JSON.stringify([key, 'a'])) })
    const steps = planned([aProduct({ code: 'LAMP-1', gallery: ['a', 'b'] })], [held], { target })
    expect(actions(steps)).toEqual(['unchanged', 'create'])
  })
})
