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
  'bare-ampersand.xml': 'bare-ampersand.xml:10:24: a bare &',
  'control-character.xml': 'control-character.xml:10:18: not XML: disallowed character "\\u{b}"',
  'entity-bomb.xml': 'entity-bomb.xml:3:3: the DOCTYPE declares entities, which are not expanded',
  'external-entity.xml': 'external-entity.xml:2:17: the DOCTYPE declares entities, which are not expanded',
  'html-entity.xml': 'html-entity.xml:10:18: &nbsp; is not defined in XML',
  'login-page.xml': 'login-page.xml is a web page, perhaps a login page, not a feed',
  'mismatched-tag.xml': 'mismatched-tag.xml:10:34: not XML: <title> is closed by another tag',
  'no-items.xml':
    'no-items.xml has no records: there is no <item> or <entry>; the document has rss, rss.channel, rss.channel.title',
  'trailing-text.xml': 'trailing-text.xml:9:6: more text after the end of the XML document',
  'truncated.xml': 'truncated.xml:14:11: the XML document is cut off after 2 records',
  'unknown-encoding.xml': 'unknown-encoding.xml is in "cp850" by its XML declaration, which cannot be read',
  'unknown-records.xml':
    'unknown-records.xml has no records: there is no <item> or <entry>; the document has products, products.product, products.product.id, products.product.title',
  'bad-line.ndjson': "bad-line.ndjson:2: not JSON: Expected ',' or '}' after property value in JSON at position 29",
  'blank.csv': 'blank.csv is empty',
  'empty-array.json': 'empty-array.json has no records: the array at "products" is empty',
  'empty.csv': 'empty.csv is empty',
  'header-only.csv': 'header-only.csv has a header but no records',
  'invalid-utf8.csv': 'invalid-utf8.csv:4, byte 362: 0x92 is not valid UTF-8',
  'mixed-encodings.csv': 'mixed-encodings.csv:4, byte 358: "’" is in UTF-8, but line 3, byte 329 is not',
  'more-after-the-end.csv.gz': 'more-after-the-end.csv.gz, byte 880: more bytes after the end of the gzip data',
  'only-comments.csv': 'only-comments.csv has no header: its first 2 rows are comments',
  'cyrillic.csv': 'cyrillic.csv:3, byte 322: 0xcb is not valid UTF-8',
  'cut-off.csv': 'cut-off.csv:4, byte 571: the file is cut off: its last row has 4 of 8 columns and no line end',
  'utf-16-cut-off.csv': 'utf-16-cut-off.csv:3, byte 1141: the text ends inside a character of utf-16le',
  'login-page.csv': 'login-page.csv is a web page, perhaps a login page, not a feed',
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
    ['lamps-excel.csv', 24],
    ['lamps-titled.csv', 24],
    ['lamps-utf-16.tsv', 24],
    ['lamps.json', 24],
    ['lamps.ndjson', 24],
    ['lamps.xml', 24],
    ['lamps-atom.xml', 24],
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
