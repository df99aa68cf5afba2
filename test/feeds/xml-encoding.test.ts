import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { read, readObjects, refusal } from './reading.ts'

const document = (declaration: string, text = 'Été') => `${declaration}\n<rss><item><title>${text}</title></item></rss>`
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`

describe('encoding of an xml feed', () => {
  it.each([
    ['ISO-8859-1', Buffer.from(document(declared('ISO-8859-1')), 'latin1'), 'Été'],
    ['windows-1252', Buffer.from(document(declared('windows-1252'), '\x8010'), 'latin1'), '€10'],
    ['Windows-1251', Buffer.from(document(declared('Windows-1251'), '\xcb\xe0\xec\xef\xe0'), 'latin1'), 'Лампа'],
    ['Shift_JIS', Buffer.from(document(declared('Shift_JIS'), '\x93d\x8bC'), 'latin1'), '電気'],
    ['utf8', Buffer.from(document(declared('utf8'))), 'Été'],
  ])('is the one that its declaration names: %s', async (_, bytes, title) => {
    for (const content of [bytes, gzipSync(bytes)]) {
      expect((await readObjects(content)).records).toEqual([{ place: 'stdin:2', value: { title } }])
      expect((await read(content, {}, 1)).records).toHaveLength(1)
    }
  })

  it('is said when it is not UTF-8', async () => {
    const { notes } = await readObjects(Buffer.from(document(declared('ISO-8859-1')), 'latin1'))
    expect(notes).toEqual(['encoding windows-1252', 'records at "rss.item"'])
  })

  it('is found without a declaration too, and said', async () => {
    const { notes, records } = await readObjects(Buffer.from(document('<?xml version="1.0"?>'), 'latin1'))
    expect({ notes, records }).toEqual({
      notes: ['encoding windows-1252: line 2 is not UTF-8', 'records at "rss.item"'],
      records: [{ place: 'stdin:2', value: { title: 'Été' } }],
    })
  })

  it.each([
    "<?xml version='1.0' encoding='iso-8859-1' standalone='yes' ?>",
    '\n <?xml\n version = "1.0"\n encoding = "latin1"?>',
  ])('is found in %j', async declaration => {
    const { records } = await readObjects(Buffer.from(document(declaration), 'latin1'))
    expect(records.map(({ value }) => value)).toEqual([{ title: 'Été' }])
  })

  it('is what the option says, and what a byte order mark says, before the declaration', async () => {
    const wrong = document(declared('ISO-8859-1'))
    const byOption = await readObjects(wrong, { encoding: 'utf-8' })
    const byMark = await readObjects(Buffer.from(`\ufeff${wrong}`))
    expect([byOption, byMark].map(({ records }) => records[0]?.value)).toEqual([{ title: 'Été' }, { title: 'Été' }])
  })

  it('is not UTF-16 when the declaration can be read byte by byte', async () => {
    const { records } = await readObjects(document(declared('UTF-16')))
    expect(records.map(({ value }) => value)).toEqual([{ title: 'Été' }])
  })

  it('is not looked for in the text', async () => {
    const text = document('<?xml version="1.0"?>', 'encoding="iso-8859-1" é')
    expect((await readObjects(text)).records.map(({ value }) => value)).toEqual([{ title: 'encoding="iso-8859-1" é' }])
  })

  it('that nobody knows is refused', async () => {
    expect(await refusal(read(document(declared('cp850'))))).toBe(
      'stdin is in "cp850" by its XML declaration, which cannot be read',
    )
  })
})
