import { describe, expect, it } from 'vitest'
import { readTable } from './reading.ts'

const found = async (text: string, code: string | null = null) => (await readTable(text, { code })).notes

describe('delimiter', () => {
  it.each([
    ['a list in a cell', 'sku,images\nLMP-1,https://a.example/1.jpg|https://a.example/2.jpg\n', ','],
    ['prices with a comma', 'sku;name;price\nLMP-1;Lamp;19,90\nLMP-2;Lamp, black;24,90\n', ';'],
    ['a comma in the header too', 'sku;price, EUR\nLMP-1;19,90\n', ';'],
    ['commas in every URL', 'sku\timage\nLMP-1\thttps://a.example/w_1,h_1/1.jpg\n', 'tab'],
    ['every cell in quotes', '"sku";"name"\n"LMP-1";"Lamp, black"\n', ';'],
    ['semicolons in quoted HTML', 'sku,html\nLMP-1,"<p style=""a:1;b:2"">&nbsp;&nbsp;</p>"\n', ','],
    ['a comment full of commas and bars', '# a | b, c, d;# e | f, g\nsku;name\nLMP-1;Lamp\n', ';'],
    ['short rows', 'sku,name,image_1,image_2\nLMP-1,Lamp,https://a.example/1.jpg\n', ','],
    ['one bad row', 'sku,name,price\nLMP-1,Lamp,1,\nLMP-2,Lamp,2\n', ','],
    ['no records but many columns', `sku|name|image\n\nLMP-1|Lamp|`, '|'],
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
