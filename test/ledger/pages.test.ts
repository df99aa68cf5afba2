import { describe, expect, it } from 'vitest'
import { type PageId, resultCells, resultsOf, textOf } from '../../src/ledger/pages.ts'
import { LedgerError } from '../../src/model/errors.ts'
import { aResult } from './runs.ts'

const ID: PageId = [1, 1, 'create', 1]
const resultsIn = (text: string, sum: number | null = null) =>
  resultsOf({ id: ID, row: { results: text, results_sum: sum } })

describe('a page of the ledger', () => {
  it('keeps results that are the same as one, and gives one per step', () => {
    const results = [aResult(), aResult(), aResult({ status: 'failed', reason: 'http-422' }), aResult()]
    const [text, sum] = resultCells(ID, results)
    expect(JSON.parse(text)).toEqual([
      [2, aResult()],
      [1, aResult({ status: 'failed', reason: 'http-422' })],
      [1, aResult()],
    ])
    expect(resultsIn(text, sum)).toEqual(results)
  })

  it('reads the results of older ledgers', () => {
    expect(resultsIn(JSON.stringify([aResult(), aResult()]))).toEqual([aResult(), aResult()])
  })

  it.each(['{}', 'null', '[', '"created"'])('is damage when its results are %s', text => {
    expect(() => resultsIn(text)).toThrow(LedgerError)
  })

  it.each([
    ['packed bytes', Buffer.from([0x78, 1, 2, 3])],
    ['a text', Buffer.from('[')],
  ])('is damage when %s in it do not fit their checksum, before they are looked at', (_, heads) => {
    expect(() => textOf({ id: ID, row: { heads, heads_sum: 1 } })).toThrow(LedgerError)
  })
})
