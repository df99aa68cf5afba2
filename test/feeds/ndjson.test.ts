import { describe, expect, it } from 'vitest'
import { describeFeed } from './contract.ts'
import { read, readObjects, refusal } from './reading.ts'

describeFeed({
  format: 'ndjson',
  write: (table, lineEnd) =>
    table.rows
      .map(row => JSON.stringify(Object.fromEntries(table.columns.map((column, at) => [column, row[at]]))) + lineEnd)
      .join(''),
  place: index => `stdin:${index + 1}`,
  withoutRecords: [],
  noticesCuts: false,
})

describe('ndjson feed', () => {
  it('counts blank lines', async () => {
    expect((await readObjects('{"sku":1}\n\n  \r\n{"sku":2}')).records).toEqual([
      { place: 'stdin:1', value: { sku: 1 } },
      { place: 'stdin:4', value: { sku: 2 } },
    ])
  })

  it('refuses a line that is not JSON with what JSON.parse says', async () => {
    expect(await refusal(read('{"sku":1}\n{"sku":NaN}\n'))).toMatch(/^stdin:2: not JSON: Unexpected token/)
  })

  it('refuses a line that is cut off', async () => {
    expect(await refusal(read('{"sku":1}\n\n{"sku":"LM'))).toMatch(/^stdin:3: not JSON: Unterminated string/)
  })

  it('refuses a line that is no object', async () => {
    expect(await refusal(read('{"sku":1}\n["LMP-2"]\n'))).toBe('stdin:2: not an object')
    expect(await refusal(read('{"sku":1}\n"LMP-2"\n'))).toBe('stdin:2: not an object')
  })

  it('refuses more than 64 levels', async () => {
    const line = (levels: number) => `{"sku":${'['.repeat(levels)}${']'.repeat(levels)}}\n`
    expect((await read(`{"sku":1}\n${line(63)}`)).records).toHaveLength(2)
    expect(await refusal(read(`{"sku":1}\n${line(64)}`))).toBe('stdin:2: nested more than 64 levels deep')
  })

  it('shows nothing of a line that could drive a terminal', async () => {
    expect(await refusal(read('{"sku":1}\n{"\u009b31m"}\n'))).not.toContain('\u009b')
  })

  it('leaves out byte order marks, also where parts were joined', async () => {
    expect((await readObjects('\ufeff{"sku":1}\n\ufeff{"sku":"\ufeff2"}\n\ufeff\n')).records).toEqual([
      { place: 'stdin:1', value: { sku: 1 } },
      { place: 'stdin:2', value: { sku: '\ufeff2' } },
    ])
  })

  it.each([
    ['{"sku":1}\n{"sku":2}\n', false],
    ['{"sku":1}\r\n{"sku":2}\r\n\n', false],
    ['{"sku":1}\n{"sku":2}', true],
  ])('knows whether the last line is ended: %j', async (text, hasOpenEnd) => {
    for (const size of [1, 65_536]) expect((await read(text, {}, size)).feed.hasOpenEnd()).toBe(hasOpenEnd)
  })
})
