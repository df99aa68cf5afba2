import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tables } from './contract.ts'
import { writeCsv } from './dialect.ts'
import { readTable } from './reading.ts'

const found = async (text: string, code: string | null = null) => (await readTable(text, { code })).notes

const WIDE = Array.from({ length: 20 }, (_, at) => `column_${at}`).join(';')
const WORDY = Array.from({ length: 20 }, (_, at) => `red, green, blue, ${at}`).join(';')
const PROSE = 'brass, linen, oak, steel, glass, wool, cotton, paper, felt, cork, jute, silk'

describe('delimiter', () => {
  it('is found in any table when cells that hold one are quoted', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(',', ';', '\t', '|', '^', '~'), async (table, delimiter) => {
        const { text } = writeCsv(table, { delimiter, lineEnd: '\n', quoting: 'needed' })
        const { records } = await readTable(text)
        expect(records.map(record => record.cells)).toEqual(table.rows)
      }),
    )
  })

  it.each([
    ['a list in a cell', 'sku,images\nLMP-1,https://a.example/1.jpg|https://a.example/2.jpg\n', ','],
    ['a list in most cells', 'sku,images,tags\nLMP-1,a.jpg;b.jpg,x;y\nLMP-2,c.jpg;d.jpg,z;y\n', ','],
    ['a long list in a cell', `sku;images\n${'LMP-1;a.jpg|b.jpg|c.jpg|d.jpg|e.jpg\n'.repeat(9)}`, ';'],
    ['prices with a comma', 'sku;name;price\nLMP-1;Lamp;19,90\nLMP-2;Lamp, black;24,90\n', ';'],
    ['a comma in the header too', 'sku;price, EUR\nLMP-1;19,90\n', ';'],
    ['commas in every URL', 'sku\timage\nLMP-1\thttps://a.example/w_1,h_1/1.jpg\n', 'tab'],
    ['20 columns full of commas', `${WIDE}\n${`${WORDY}\n`.repeat(5)}`, ';'],
    ['few columns and long lists in prose', `sku;name;text\n${`LMP-1;Lamp;${PROSE}\n`.repeat(9)}`, ';'],
    ['a title, few columns and prose', `Lamps\n\nsku;name;text\n${`LMP-1;Lamp;${PROSE}\n`.repeat(9)}`, ';'],
    ['a title with a comma', `Lamps, prices of 2024\n\nsku;name;price\n${'LMP-1;Lamp;19,90\n'.repeat(9)}`, ';'],
    ['every cell in quotes', '"sku";"name"\n"LMP-1";"Lamp, black"\n', ';'],
    ['blanks around quotes', '"sku" ; "name, size"\n"LMP-1" ; "Lamp, black"\n', ';'],
    ['cells that hold all of them', 'sku,text\nLMP-1,"a;b|c\td,e"\nLMP-2,"a;b|c\td,e;f|g\th,i"\n', ','],
    ['semicolons in quoted HTML', 'sku,html\nLMP-1,"<p style=""a:1;b:2"">&nbsp;&nbsp;</p>"\n', ','],
    ['a comment full of commas and bars', '# a | b, c, d;# e | f, g\nsku;name\nLMP-1;Lamp\n', ';'],
    ['short rows', 'sku,name,image_1,image_2\nLMP-1,Lamp,https://a.example/1.jpg\n', ','],
    ['rows with only a code', `sku,name,image_1,image_2\nLMP-1,Lamp,a.jpg,b.jpg\n${'LMP-2\n'.repeat(9)}`, ','],
    ['one bad row', 'sku,name,price\nLMP-1,Lamp,1,\nLMP-2,Lamp,2\n', ','],
    ['no records but many columns', `sku|name|image\n\nLMP-1|Lamp|`, '|'],
    ['one column', 'sku\nLMP-1\nLMP-2\n', ','],
    ['carets', 'sku^name\nLMP-1^Lamp\nLMP-2^Lamp, black\n', '^'],
    ['tildes', 'sku~name~price\nLMP-1~Lamp~19,90\n', '~'],
    ['a tilde in the header', 'sku~code,name\nLMP-1~1,Lamp\nLMP-2,Lamp\n', ','],
  ])('is found in a feed with %s', async (_, text, delimiter) => {
    expect(await found(text)).toContain(`delimiter ${delimiter}`)
  })

  it('is the one by which the code column exists', async () => {
    const text = 'sku;a,b,c\nLMP-1;1,2,3\n'
    expect([await found(text), await found(text, 'sku')]).toEqual([['delimiter ,'], ['delimiter ;']])
  })

  it('is found in the first 64 KB of a long feed', async () => {
    const { records } = await readTable(`sku;name\n${'LMP-1;"Lamp\nblack, white"\n'.repeat(10_000)}`)
    expect(records.at(-1)).toEqual({ place: 'stdin:20000', cells: ['LMP-1', 'Lamp\nblack, white'] })
  })
})
