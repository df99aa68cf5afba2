import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { openFile, read, recordsOf, refusal } from './reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'feeds-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function formatOf(content: string | Uint8Array, file: string, records: string | null = null): Promise<string> {
  writeFileSync(join(folder, file), content)
  const feed = await openFile(file, folder, { records })
  await recordsOf(feed)
  return feed.format
}

const OBJECT = '{"sku":"LMP-1","images":["https://a.example/1.jpg"]}'

describe('format', () => {
  it.each([
    ['csv', 'sku,name\nLMP-1,Lamp\n', 'lamps.json'],
    ['csv', '"sku";"name"\nLMP-1;Lamp\n', 'lamps.txt'],
    ['json', ' \n[{"sku":"LMP-1"}]', 'lamps.csv'],
    ['json', '{\n"products":[{"sku":"LMP-1"}]}', 'lamps.csv'],
    ['json', '{"products":[{"sku":"LMP-1"}]}\n\n', 'lamps.txt'],
    ['ndjson', `${OBJECT}\n${OBJECT}\n`, 'lamps.json'],
    ['ndjson', `\n\n${OBJECT}\n\n${OBJECT}`, 'lamps.txt'],
    ['ndjson', `${OBJECT}\r\n`, 'lamps.txt'],
    ['ndjson', '{"sku":"LMP-1","images":[{"src":"https://a.example/1.jpg"}]}', 'lamps.ndjson'],
    ['ndjson', gzipSync('{"sku":"LMP-1","images":[{"src":"x"}]}'), 'lamps.JSONL.gz'],
    ['json', '{"sku":"LMP-1","images":[{"src":"https://a.example/1.jpg"}]}', 'lamps.txt'],
    ['json', '[{"sku":"LMP-1"}]', 'lamps.ndjson'],
    ['csv', 'PKZ,name\nLMP-1,Lamp\n', 'lamps.csv'],
    ['xml', '<?xml version="1.0"?><rss><item/></rss>', 'lamps.csv'],
    ['xml', '\n<!-- <html> --><feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>', 'lamps.txt'],
    ['xml', '<rss><item><text><![CDATA[<!DOCTYPE html><html>]]></text></item></rss>', 'lamps.html'],
    ['xml', gzipSync('<rss><item/></rss>'), 'lamps.xml.gz'],
  ])('is %s by content: %s', async (format, content, file) => {
    expect(await formatOf(content, file)).toBe(format)
  })

  it.each([65_534, 65_535, 65_536, 100_000, 1024 * 1024])(
    'is ndjson when the first line has %i bytes',
    async length => {
      const empty = '{"sku":"LMP-1","images":[{"src":""}]}'
      const line = empty.replace('""', `"${'x'.repeat(length - empty.length)}"`)
      expect(await formatOf(`${line}\n${line}\n`, 'long.txt')).toBe('ndjson')
      expect(await formatOf(`${line}\n`, 'long.txt')).toBe('json')
    },
  )

  it('is one document when the path of the records is given and there is one line only', async () => {
    expect(await formatOf('{"data":{"products":[{"sku":"LMP-1"}]}}', 'path.txt', 'data.products')).toBe('json')
    expect(await refusal(formatOf(OBJECT, 'path.txt', 'data.products'))).toBe(
      'path.txt has no array at "data.products"; the document has "sku", "images"',
    )
  })

  it.each(['', '.', 'data..products', 'data.'])('cannot be told by %j as the path of the records', async records => {
    await expect(read(OBJECT, { records })).rejects.toThrow(`"${records}" is no path to records`)
  })

  it.each([
    '<!DOCTYPE html><html>',
    '\n<HTML lang="de">',
    '<!-- cached -->\n<!-- at 6:00 --><html>',
    '<?xml version="1.0"?>\n<!doctype  html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html/>',
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
  ])('is refused when it is a web page: %j', async text => {
    expect(await refusal(read(text))).toBe('stdin is a web page, perhaps a login page, not a feed')
  })

  it.each([
    ['PK\x03\x04', 'stdin is an XLSX workbook or a ZIP archive, not a text file'],
    ['PK\x05\x06', 'stdin is an XLSX workbook or a ZIP archive, not a text file'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'stdin is an XLS workbook, not a text file'],
  ])('is refused when it is an archive or a workbook: %j', async (start, message) => {
    expect(await refusal(read(Buffer.from(`${start}\0\0\0\0`, 'latin1')))).toBe(message)
  })
})
