import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isJsonObject } from '../../src/model/json.ts'
import type { FeedRecord } from '../../src/model/record.ts'
import { openFile, recordsOf, refusal } from './reading.ts'

const FEEDS = fileURLToPath(new URL('../../fixtures/feeds/', import.meta.url))
const BROKEN = fileURLToPath(new URL('../../fixtures/feeds/broken/', import.meta.url))

const NOT_CLOSED = 'the quote that opens here is not closed'
const REFUSALS: Record<string, string> = {
  'bad-line.ndjson': "bad-line.ndjson:2: not JSON: Expected ',' or '}' after property value in JSON at position 29",
  'blank.csv': 'blank.csv is empty',
  'empty-array.json': 'empty-array.json has no records: the array at "products" is empty',
  'empty.csv': 'empty.csv is empty',
  'header-only.csv': 'header-only.csv has a header but no records',
  'invalid-utf8.csv': 'invalid-utf8.csv:4, byte 333: 0xc9 is not valid UTF-8',
  'login-page.csv': 'login-page.csv is a web page, perhaps a login page, not a feed',
  'merchant-feed.xml': 'merchant-feed.xml is XML, which is not read yet',
  'missing-comma.json': 'missing-comma.json:3, byte 43: not JSON: unexpected { "sku": "LMP-0002", "price":…',
  'no-array.json': 'no-array.json has no array of objects; the document has "error", "code", "tags"',
  'not-a-number.json': 'not-a-number.json:3, byte 74: not JSON: unexpected NaN }',
  'not-an-object.json': 'not-an-object.json#1: not an object',
  'not-an-object.ndjson': 'not-an-object.ndjson:2: not an object',
  'nul.csv': 'nul.csv:3, byte 190: a NUL character, so this is not a text file in UTF-8',
  'ragged.csv': 'ragged.csv:4: expected 5 columns, found 6',
  'trailing-text.json': 'trailing-text.json:49, byte 1317: more text after the end of the JSON document',
  'truncated.csv.gz': 'truncated.csv.gz is not a complete gzip file: unexpected end of file',
  'truncated.json': 'truncated.json:51, byte 1483: the JSON document is cut off after 2 records',
  'unterminated-quote-at-the-end.csv': `unterminated-quote-at-the-end.csv:5, byte 492: ${NOT_CLOSED}`,
  'unterminated-quote.csv': `unterminated-quote.csv:3, byte 186: ${NOT_CLOSED}`,
  'utf-16-without-mark.csv': 'utf-16-without-mark.csv:1, byte 1: a NUL character, so this is not a text file in UTF-8',
  'workbook.csv': 'workbook.csv is an XLSX workbook or a ZIP archive, not a text file',
}

describe('broken feeds', () => {
  it.each(readdirSync(BROKEN))('%s is refused with file, line and byte', async file => {
    expect(await refusal(openFile(file, BROKEN).then(recordsOf))).toBe(REFUSALS[file])
  })
})

describe('lamps', () => {
  it.each([
    ['lamps-long.csv', 72],
    ['lamps-list.csv', 24],
    ['lamps.json', 24],
    ['lamps.ndjson', 24],
  ])('%s lists the same images as lamps.csv', async (file, count) => {
    const records = await recordsOf(await openFile(file, FEEDS))
    expect(records).toHaveLength(count)
    expect(imagesByCode(records)).toEqual(imagesByCode(await recordsOf(await openFile('lamps.csv', FEEDS))))
  })
})

/** The image URLs of each code, sorted, wherever in a record they are. */
function imagesByCode(records: readonly FeedRecord[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const record of records) {
    const [code = '', ...texts] = 'cells' in record ? record.cells : textsOf(record.value)
    const images = texts.flatMap(text => text.split('|')).filter(text => text.startsWith('https://'))
    found.set(code, [...(found.get(code) ?? []), ...images].sort())
  }
  return found
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) || isJsonObject(value) ? Object.values(value).flatMap(textsOf) : []
}
