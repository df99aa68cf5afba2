import { describe, expect, it } from 'vitest'
import { knowledgeOf } from '../../src/engine/knowledge.ts'
import type { Held } from '../../src/model/item.ts'
import type { Result } from '../../src/model/outcome.ts'
import { aHeld, anItem, aStep } from '../helpers/items.ts'

function aResult(facts: Partial<Result> = {}): Result {
  return {
    status: 'created',
    attempts: 1,
    http: 200,
    requestId: null,
    remoteId: null,
    reason: null,
    message: null,
    ...facts,
  }
}

const ledger =
  (...held: readonly Held[]) =>
  (keys: readonly string[]) =>
    new Map(held.filter(({ key }) => keys.includes(key)).map(each => [each.key, each]))

const step = aStep({ item: anItem({ code: 'LAMP-1', gallery: ['a', 'b', 'c'] }), tail: [{ rank: 4, url: 'd' }] })

describe('knowledge after a batch', () => {
  it.each(['created', 'updated', 'accepted'] as const)('holds what was %s, with the tail that stays', status => {
    expect(knowledgeOf([step], [aResult({ status, remoteId: 'shelf-1' })], ledger())).toEqual({
      holds: [
        {
          key: 'LAMP-1',
          code: 'LAMP-1',
          gallery: ['a', 'b', 'c'],
          fingerprint: 'of LAMP-1',
          tail: [{ rank: 4, url: 'd' }],
          remoteId: 'shelf-1',
        },
      ],
      doubts: [],
    })
  })

  it('keeps the id at the target when the answer does not repeat it', () => {
    const known = aStep({ item: anItem({ remoteId: 'shelf-1' }) })
    expect(knowledgeOf([known], [aResult()], ledger()).holds).toMatchObject([{ remoteId: 'shelf-1' }])
  })

  it.each(['failed', 'unknown'] as const)('doubts what it held when the item is %s after a request', status => {
    const held = aHeld({ code: 'LAMP-1', gallery: ['a', 'b', 'c'], remoteId: 'shelf-1' })
    expect(knowledgeOf([step], [aResult({ status })], ledger(held))).toEqual({
      holds: [],
      doubts: [{ ...held, fingerprint: null }],
    })
  })

  it('remembers the ranks that the failed request may have written beyond the old gallery', () => {
    const held = aHeld({ code: 'LAMP-1', gallery: ['a'], tail: [{ rank: 2, url: 'z' }] })
    const { doubts } = knowledgeOf([step], [aResult({ status: 'failed' })], ledger(held))
    expect(doubts.map(({ gallery, tail }) => ({ gallery, tail }))).toEqual([
      {
        gallery: ['a'],
        tail: [
          { rank: 2, url: 'z' },
          { rank: 3, url: 'c' },
        ],
      },
    ])
  })

  it('doubts nothing for which no request was made', () => {
    const held = ledger(aHeld({ code: 'LAMP-1' }))
    expect(knowledgeOf([step], [aResult({ status: 'failed', attempts: 0 })], held)).toEqual({ holds: [], doubts: [] })
    expect(knowledgeOf([step], [aResult({ status: 'skipped', attempts: 0 })], held)).toEqual({ holds: [], doubts: [] })
    expect(knowledgeOf([step], [aResult({ status: 'skipped', attempts: 1 })], held)).toEqual({ holds: [], doubts: [] })
  })

  it('needs no entry for a key that was never held: it is planned again anyway', () => {
    expect(knowledgeOf([step], [aResult({ status: 'failed' })], ledger())).toEqual({ holds: [], doubts: [] })
  })

  it('keeps a pending item in doubt, with the id that it has, so that the next run looks at it first', () => {
    const { holds, doubts } = knowledgeOf([step], [aResult({ remoteId: 'shelf-1' })], ledger(), new Map([[step, null]]))
    expect([holds, doubts]).toMatchObject([[], [{ key: 'LAMP-1', fingerprint: null, remoteId: 'shelf-1' }]])
  })

  it('takes each item of a batch for itself', () => {
    const three = ['LAMP-1', 'LAMP-2', 'LAMP-3'].map(code => aStep({ item: anItem({ code }) }))
    const results = [aResult(), aResult({ status: 'failed' }), aResult({ status: 'skipped', attempts: 0 })]
    const held = ledger(aHeld({ code: 'LAMP-2' }), aHeld({ code: 'LAMP-3' }))
    const { holds, doubts } = knowledgeOf(three, results, held)
    expect([holds.map(({ key }) => key), doubts.map(({ key }) => key)]).toEqual([['LAMP-1'], ['LAMP-2']])
  })
})
