import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BatchLimits, pack } from '../../src/engine/pack.ts'
import { type Batch, type FeedStep, isBatch, isSend, type Page } from '../../src/model/step.ts'
import { anItem, anUnchanged, aReject, aStep, steps } from '../helpers/items.ts'

const ROOMY: BatchLimits = { items: 100, bytes: 1_000_000 }

function packed(all: readonly FeedStep[], limits = ROOMY): (Batch | Page)[] {
  return [...pack(all, limits)]
}

const sizes = (pages: readonly (Batch | Page)[]) => pages.map(({ action, no, steps }) => [action, no, steps.length])

describe('pack', () => {
  it('packs nothing into nothing', () => {
    expect(packed([])).toEqual([])
  })

  it('fills batches: 250 items are three requests', () => {
    expect(sizes(packed(steps(250)))).toEqual([
      ['create', 1, 100],
      ['create', 2, 100],
      ['create', 3, 50],
    ])
  })

  it('lets items to create and items to update travel apart, numbered in the order in which they are full', () => {
    const mixed = steps(5).map((step, at) => ({
      ...step,
      action: at % 2 === 0 ? ('create' as const) : ('update' as const),
    }))
    expect(packed(mixed, { ...ROOMY, items: 2 }).map(({ no, steps }) => [no, steps.map(({ seq }) => seq)])).toEqual([
      [1, [0, 2]],
      [2, [4]],
      [3, [1, 3]],
    ])
  })

  it('ends a batch before it would be too large', () => {
    const body = (count: number) => 2 + count * 101
    expect(sizes(packed(steps(6), { items: 100, bytes: body(2) }))).toEqual([
      ['create', 1, 2],
      ['create', 2, 2],
      ['create', 3, 2],
    ])
  })

  it('lets an item that is larger than a batch may be travel alone', () => {
    const [first, second, third] = [10, 5000, 10].map((bytes, seq) => aStep({ seq, bytes }))
    const pages = packed(
      [first, second, third].filter(step => step !== undefined),
      { items: 100, bytes: 1000 },
    )
    expect(pages.map(page => page.steps.map(({ seq }) => seq))).toEqual([[0], [1], [2]])
  })

  it('journals what needs no request in pages of a thousand, with numbers of their own', () => {
    const idle = [
      ...Array.from({ length: 2100 }, (_, seq) => anUnchanged({ seq })),
      ...Array.from({ length: 3 }, (_, seq) => aReject({ seq })),
    ]
    expect(sizes(packed([...idle, ...steps(1)]))).toEqual([
      ['unchanged', 1, 1000],
      ['unchanged', 2, 1000],
      ['create', 1, 1],
      ['unchanged', 3, 100],
      ['reject', 4, 3],
    ])
  })

  it('puts every step into exactly one page, keeps the order of each action, and never exceeds a limit', () => {
    const step = fc.record({
      action: fc.constantFrom('create', 'update', 'unchanged', 'reject'),
      bytes: fc.integer({ min: 1, max: 400 }),
    })
    const limits = fc.record({ items: fc.integer({ min: 1, max: 7 }), bytes: fc.integer({ min: 100, max: 1000 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), limits, (rough, limit) => {
        const all = rough.map(({ action, bytes }, seq) => aStepOf(action, seq, bytes))
        const pages = packed(all, limit)
        for (const action of ['create', 'update', 'unchanged', 'reject']) {
          const seqs = pages.filter(page => page.action === action).flatMap(page => page.steps.map(({ seq }) => seq))
          expect(seqs).toEqual(all.filter(each => each.action === action).map(({ seq }) => seq))
        }
        const batches = pages.filter(isBatch)
        expect(batches.map(({ no }) => no)).toEqual(batches.map((_, at) => at + 1))
        for (const { action, steps } of batches) {
          expect(steps.length > 0 && steps.length <= limit.items).toBe(true)
          if (steps.length > 1) expect(bodySize(steps)).toBeLessThanOrEqual(limit.bytes)
          const next = all.find(each => each.seq > (steps.at(-1)?.seq ?? 0) && each.action === action)
          const isFull =
            next === undefined ||
            !isSend(next) ||
            steps.length === limit.items ||
            bodySize([...steps, next]) >= limit.bytes
          expect(isFull).toBe(true)
        }
      }),
    )
  })
})

/** An array of JSON values: brackets, and commas between the values. */
function bodySize(steps: readonly { readonly bytes: number }[]): number {
  return steps.reduce((sum, { bytes }) => sum + bytes, 0) + steps.length + 1
}

function aStepOf(action: string, seq: number, bytes: number): FeedStep {
  if (action === 'unchanged') return anUnchanged({ seq })
  if (action === 'reject') return aReject({ seq })
  return aStep({ action: action === 'update' ? 'update' : 'create', seq, bytes, item: anItem({ code: `LAMP-${seq}` }) })
}
