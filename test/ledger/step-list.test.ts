import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyCells, headCells, headOf, stepOf } from '../../src/ledger/step-list.ts'
import { LedgerError } from '../../src/model/errors.ts'
import type { SentItem } from '../../src/model/item.ts'
import type { DeleteStep, RejectStep, SendStep, Step, UnchangedStep } from '../../src/model/step.ts'
import { anItem, aStep } from '../helpers/items.ts'

const text = fc.string({ unit: 'binary' })
const word = fc.option(text)
const place = { seq: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), source: text }
const ranked = fc.array(fc.record({ rank: fc.nat(), url: text }))
const item: fc.Arbitrary<SentItem> = fc.record(
  {
    key: text,
    code: text,
    gallery: fc.array(text),
    values: fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<SentItem['values'][string]>),
    remoteId: word,
    trim: fc.array(fc.nat()),
    doubtful: fc.boolean(),
    mayArrive: fc.constant(true),
  },
  { requiredKeys: ['key', 'code', 'gallery', 'values', 'remoteId', 'trim', 'doubtful'] },
)
const send: fc.Arbitrary<SendStep> = fc.record({
  action: fc.constantFrom('create' as const, 'update' as const),
  ...place,
  item,
  fingerprint: text,
  bytes: fc.nat(),
  changes: fc.option(
    fc.record({
      added: ranked,
      removed: ranked,
      moved: fc.array(fc.record({ url: text, from: fc.nat(), to: fc.nat() })),
      other: fc.boolean(),
    }),
  ),
  tail: ranked,
  dropped: word,
})
const removal: fc.Arbitrary<DeleteStep> = fc.record({
  action: fc.constant('delete' as const),
  ...place,
  item,
  images: fc.nat(),
})
const unchanged: fc.Arbitrary<UnchangedStep> = fc.record({
  action: fc.constant('unchanged' as const),
  ...place,
  key: text,
  code: text,
  images: fc.nat(),
  remoteId: word,
  dropped: word,
})
const rejected: fc.Arbitrary<RejectStep> = fc.record({
  action: fc.constant('reject' as const),
  ...place,
  code: word,
  reason: text,
  message: text,
})

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

describe('the steps of a page in the ledger', () => {
  it('are read as they were written, whatever is in them', () => {
    fc.assert(
      fc.property(fc.oneof(send, removal, unchanged, rejected), step => {
        const [head, body] = throughJson([headCells(step), bodyCells(step)] as const)
        expect(stepOf(step.action, head, body)).toEqual(throughJson(step))
      }),
    )
  })

  it('are read as older ledgers wrote them', () => {
    fc.assert(
      fc.property(fc.oneof(send, removal, unchanged, rejected), step => {
        expect(headOf(step.action, step)).toEqual(headOf(step.action, headCells(step)))
        expect(stepOf(step.action, step, undefined)).toBe(step)
      }),
    )
  })

  it.each([null, {}, { action: 'create' }, { action: 'delete', item: {} }])(
    'are damage when an old one is only %j',
    left => {
      for (const read of [headOf, stepOf]) {
        expect(() => read('create', left as never, undefined)).toThrow(LedgerError)
      }
    },
  )

  it('tell reports how many images there are without the images', () => {
    const step = aStep({
      item: anItem({ code: 'LAMP-1', gallery: ['https://a.example/1.jpg', 'https://a.example/2.jpg'] }),
    })
    expect(headOf('create', headCells(step))).toEqual({
      action: 'create',
      seq: step.seq,
      source: step.source,
      key: 'LAMP-1',
      code: 'LAMP-1',
      images: 2,
      remoteId: null,
      reason: null,
      message: null,
    })
  })

  it.each<[string, Step]>([
    ['an update', aStep({ action: 'update' })],
    ['a removal', { action: 'delete', seq: 1, source: '', item: anItem(), images: 1 }],
  ])('are damage when what was sent is missing from %s', (_, step) => {
    for (const body of [undefined, null, bodyCells(aStep())?.slice(1)]) {
      expect(() => stepOf(step.action, headCells(step), body as never)).toThrow(LedgerError)
    }
  })
})
