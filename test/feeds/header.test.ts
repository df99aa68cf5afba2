import { describe, expect, it } from 'vitest'
import { readTable, refusal } from './reading.ts'

const RECORDS = 'LMP-1,Desk lamp,https://a.example/1.jpg\nLMP-2,Floor lamp,https://a.example/2.jpg\n'

async function found(text: string, code: string | null = null) {
  const { columns, notes, records } = await readTable(text, { code })
  return { columns, records: records.length, notes: notes.filter(note => !note.startsWith('delimiter')) }
}

describe('header', () => {
  it('is the first row of a plain table, even with a blank line below it', async () => {
    expect(await found(`sku,name,image\n\n${RECORDS}`)).toEqual({
      columns: ['sku', 'name', 'image'],
      records: 2,
      notes: [],
    })
  })

  it.each([
    ['a comment', '# exported by admin\n', 2, 1],
    ['a comment with delimiters in it', '# exported 2024-01-01, by admin\n', 2, 1],
    ['a comment as wide as the table', '# exported 2024-01-01, by admin, all lamps\n', 2, 1],
    ['a comment wider than the table', '# lamps, all of them, by admin, for the shop, 2024\n', 2, 1],
    ['comments, blank lines and a web address', '# lamps, 2024\n\n#\n# see https://a.example, page 2, below\n\n', 6, 3],
    ['a comment without a blank', '#exported,by admin\n#,\n', 3, 2],
    ['a row that explains the columns', '# Required | the code,# Optional | a name,# Required\n', 2, 1],
    ['an empty comment of a spreadsheet', '#,,\n', 2, 1],
    ['a title', 'Product export 2024\n\n', 3, 1],
    ['a title of a spreadsheet', 'Product export 2024,,\n,,\n', 3, 1],
    ['titles and a comment', 'Lampenladen\nAll lamps\n# by admin, today\n\n', 5, 3],
  ])('is found below %s', async (_, above, line, passed) => {
    expect(await found(`${above}sku,name,image\n${RECORDS}`)).toEqual({
      columns: ['sku', 'name', 'image'],
      records: 2,
      notes: [`header on line ${line}, ${passed} ${passed === 1 ? 'row' : 'rows'} above it passed over`],
    })
  })

  it.each([
    ['#,SKU,Image', '1,LMP-1,a.jpg\n2,LMP-2,b.jpg\n'],
    ['#SKU,Image', 'LMP-1,https://a.example/1.jpg\n'],
    ['#SKU,Name,Image', 'LMP-1,Desk lamp,\nLMP-2,Floor lamp,b.jpg\n'],
    ['# of lamps,SKU,Image', '4,LMP-1,a.jpg\n'],
    ['#SKU,Image', '#1,https://a.example/1.jpg\n#2,https://a.example/2.jpg\n'],
    ['#sku,#image', 'LMP-1,https://a.example/1.jpg\n'],
  ])('may start with #: %s', async (header, records) => {
    expect(await found(`${header}\n${records}`)).toMatchObject({ columns: header.split(','), notes: [] })
    expect(await found(`# exported by admin, today\nLamps\n\n${header}\n${records}`)).toMatchObject({
      columns: header.split(','),
      notes: ['header on line 4, 2 rows above it passed over'],
    })
  })

  it('is the row that holds the code column, whatever it and the rows above look like', async () => {
    const text =
      'TemplateType=lamps,Version=2024.1,\nSKU,Product name,Picture\n#item_sku,#item_name,#image\nLMP-1,Lamp,a.jpg\n'
    expect(await found(text, '#item_sku')).toEqual({
      columns: ['#item_sku', '#item_name', '#image'],
      records: 1,
      notes: ['header on line 3, 2 rows above it passed over'],
    })
  })

  it('is the first row when the code column is nowhere', async () => {
    expect(await found(`sku,name,image\n${RECORDS}`, 'code')).toMatchObject({ columns: ['sku', 'name', 'image'] })
  })

  it('is never followed by comments: what starts with # below it is a record', async () => {
    const { records } = await readTable('# the code,# a name\nsku,name\n#1,# of lamps\n# the end\nLMP-1,Lamp\n')
    expect(records.map(record => record.cells)).toEqual([['#1', '# of lamps'], ['# the end'], ['LMP-1', 'Lamp']])
  })

  it.each([
    ['a single column', 'sku\nLMP-1\nLMP-2, black\nLMP-3\n'],
    ['one column above records with more', 'sku\nLMP-1,https://a.example/1.jpg\nLMP-2,https://a.example/2.jpg\n'],
  ])('is not looked for below %s', async (_, text) => {
    expect(await refusal(readTable(text))).toMatch(/: expected 1 column, found 2$/)
  })

  it('is found below more comments than the first look at a feed takes in', async () => {
    const comments = '# a line of the license, one of many; all of them long | and full of signs\n'.repeat(3000)
    expect(await found(`${comments}sku,name,image\n${RECORDS}`)).toMatchObject({
      columns: ['sku', 'name', 'image'],
      notes: ['header on line 3001, 3000 rows above it passed over'],
    })
  })

  it('is found when it is longer than the first look', async () => {
    const columns = Array.from({ length: 2000 }, (_, at) => `image column number ${at}, of many columns`)
    const { columns: names } = await readTable(`Lamps\n${columns.join(';')}\nLMP-1;a.jpg\n`)
    expect(names).toEqual(columns)
  })

  it('is missing when there are only comments', async () => {
    expect(await refusal(readTable('# lamps, 2024\n# by admin\n'))).toBe(
      'stdin has no header: its first 2 rows are comments',
    )
  })
})
