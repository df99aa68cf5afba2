import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeFeed, type Table } from './contract.ts'
import { read, readObjects, refusal } from './reading.ts'

const objects = (table: Table) =>
  table.rows.map(row => Object.fromEntries(table.columns.map((column, at) => [column, row[at]])))

describeFeed({
  format: 'json',
  write: (table, lineEnd) => {
    const lines = objects(table).map(record => JSON.stringify(record))
    return `{"shop":{"name":"Lampenladen"},"products":[${lineEnd}${lines.join(`,${lineEnd}`)}${lineEnd}]}${lineEnd}`
  },
  place: index => `stdin#${index}`,
  withoutRecords: ['[]', '{"products":[]}', '{"tags":["new"],"products":[],"next":null}'],
  noticesCuts: true,
})

describe('json feed', () => {
  it('reads a root array', async () => {
    expect(await readObjects('[{"sku":"LMP-1"}, {"sku":7}]')).toEqual({
      format: 'json',
      notes: [],
      records: [
        { place: 'stdin#0', value: { sku: 'LMP-1' } },
        { place: 'stdin#1', value: { sku: 7 } },
      ],
    })
  })

  it('finds the first property that is an array of objects, and says which', async () => {
    const text =
      '{"tags":["new"],"shop":{"owners":[{"sku":"no"}]},"ids":[[1]],"empty":[],"lamps":[{"sku":"LMP-1"}],"more":[{"sku":"no"}]}'
    expect(await readObjects(text)).toEqual({
      format: 'json',
      notes: ['records at "lamps"'],
      records: [{ place: 'stdin#0', value: { sku: 'LMP-1' } }],
    })
  })

  it('takes the array at the configured path', async () => {
    const text =
      '{"products":[{"sku":"no"}],"data":{"list":[{"products":[{"sku":"no"}]}],"products":[{"sku":"LMP-1"}]}}'
    expect(await readObjects(text, { records: 'data.products' })).toEqual({
      format: 'json',
      notes: ['records at "data.products"'],
      records: [{ place: 'stdin#0', value: { sku: 'LMP-1' } }],
    })
  })

  it('loses nothing when a key is repeated', async () => {
    const { records } = await readObjects('{"products":[{"sku":"LMP-1"}],"x":1,"products":[{"sku":"LMP-2"}]}')
    expect(records).toEqual([
      { place: 'stdin#0', value: { sku: 'LMP-1' } },
      { place: 'stdin#1', value: { sku: 'LMP-2' } },
    ])
  })

  it('reads any JSON value as JSON.parse does, however it is laid out and cut', async () => {
    const record = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('', '  ', '\t'),
        fc.integer({ min: 1, max: 40 }),
        async (records, indent, size) => {
          const text = JSON.stringify({ before: [records], records, after: [[], {}] }, null, indent)
          const { records: found } = await read(text, { records: 'records' }, size)
          expect(found).toEqual(
            JSON.parse(text).records.map((value: unknown, at: number) => ({ place: `stdin#${at}`, value })),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each([
    ['NaN', '[{"sku":"LMP-1"},\n{"price":NaN}]', 'stdin:2, byte 27: not JSON: unexpected NaN}]'],
    [
      'a missing comma',
      '[{"sku":"LMP-1"}\n {"sku":"LMP-2"}]',
      'stdin:2, byte 18: not JSON: unexpected {"sku":"LMP-2"}]',
    ],
    ['a comma too many', '[{"sku":"LMP-1"},\n]', 'stdin:2, byte 18: not JSON: unexpected ]'],
    ['a missing colon', '[{"sku" "LMP-1"}]', 'stdin:1, byte 8: not JSON: unexpected "LMP-1"}]'],
    ['single quotes', "[{'sku':'é'}]", "stdin:1, byte 2: not JSON: unexpected 'sku':'é'}]"],
    ['a line break in a text', '[{"sku":"LMP\n-1"}]', 'stdin:1, byte 12: not JSON: unexpected '],
    ['a wrong bracket', '[{"é":[1}]', 'stdin:1, byte 9: not JSON: unexpected }]'],
    ['a wrong bracket around the records', '[{"sku":1}}', 'stdin:1, byte 10: not JSON: unexpected }'],
    ['text after the end', '[{"sku":1}]\n\nDone.', 'stdin:3, byte 13: more text after the end of the JSON document'],
    ['a second document', '[{"sku":1}]\n[]', 'stdin:2, byte 12: more text after the end of the JSON document'],
    ['an element that is no object', '{"a":[{"sku":1},\n[]]}', 'stdin#1: not an object'],
    ['an element that is a text', '["LMP-1"]', 'stdin#0: not an object'],
    ['no array', '{"error":"expired",\n"code":401}', 'stdin has no array of objects; the document has "error", "code"'],
  ])('refuses %s, saying where', async (_, text, message) => {
    for (const size of [65_536, 1]) {
      const start = size === 1 ? message.split('unexpected ')[0] : message
      expect(await refusal(read(text, {}, size))).toContain(start)
    }
  })

  it('refuses a path at which there is no array, saying what there is', async () => {
    expect(await refusal(read('{"data":{"items":[{}]},"meta":1}', { records: 'data.products' }))).toBe(
      'stdin has no array at "data.products"; the document has "data", "meta"',
    )
  })

  it('counts bytes with the byte order mark, and only lines when the text was decoded', async () => {
    const text = '[{"sku":1},\n{]'
    expect(await refusal(read(`\ufeff${text}`))).toBe('stdin:2, byte 16: not JSON: unexpected ]')
    expect(await refusal(read(Buffer.from(`\ufeff${text}`, 'utf16le')))).toBe('stdin:2: not JSON: unexpected ]')
  })

  it('says how far a document goes that is cut off', async () => {
    expect(await refusal(read('{"products":[{"sku":1},\n{"sku":2},{"sku'))).toBe(
      'stdin:2, byte 39: the JSON document is cut off after 2 records',
    )
  })

  it('refuses more than 64 levels, inside and outside of records', async () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect((await read(`[{"sku":${nested(62)}}]`)).records).toHaveLength(1)
    expect(await refusal(read(`[{"sku":${nested(63)}}]`))).toBe('stdin:1, byte 70: nested more than 64 levels deep')
    expect(await refusal(read(`{"a":${nested(100_000)}}`))).toMatch(/nested more than 64 levels deep/)
  })

  it('keeps nothing of what is around the records', async () => {
    const around = JSON.stringify({ note: 'x'.repeat(50_000) })
    const text = `{"log":{"entries":[${`${around},`.repeat(50)}{}]},"products":[{"sku":"LMP-1"}]}`
    expect((await readObjects(text)).records).toEqual([{ place: 'stdin#0', value: { sku: 'LMP-1' } }])
  })
})
