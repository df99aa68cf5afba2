import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCell } from '../../src/catalog/cell.ts'

describe('images of a cell', () => {
  it.each([
    ['a.jpg', null, ['a.jpg']],
    ['  a.jpg\n', null, ['a.jpg']],
    ['a.jpg|b.jpg', null, ['a.jpg|b.jpg']],
    ['', null, []],
    [' \t\u00a0', null, []],
    ['a.jpg|b.jpg', '|', ['a.jpg', 'b.jpg']],
    ['|a.jpg | | b.jpg|', '|', ['a.jpg', 'b.jpg']],
    ['a.jpg, b.jpg,c.jpg', ', ', ['a.jpg', 'b.jpg,c.jpg']],
    ['a.jpg\nb.jpg', '\n', ['a.jpg', 'b.jpg']],
    ['a.jpg.*b.jpg', '.*', ['a.jpg', 'b.jpg']],
    ['|||', '|', []],
  ])('%j, divided by %j, are %j', (cell, separator, expected) => {
    expect(splitCell(cell, separator)).toEqual(expected)
  })

  it.each([' ', '\n', '\t', '  '])('lie between any blanks and line ends when the separator is %j', separator => {
    expect(splitCell(' a.jpg  b.jpg\r\nc.jpg\td.jpg ', separator)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'])
  })

  it.each([
    [
      'parameters in a folder',
      'https://res.example/w_400,h_300/lamp.jpg,https://res.example/2.jpg',
      ['https://res.example/w_400,h_300/lamp.jpg', 'https://res.example/2.jpg'],
    ],
    [
      'parameters in every URL',
      'https://res.example/w_4,h_3/1.jpg, https://res.example/w_4,h_3,c_fit/2.jpg',
      ['https://res.example/w_4,h_3/1.jpg', 'https://res.example/w_4,h_3,c_fit/2.jpg'],
    ],
    [
      'parameters at the end',
      'https://res.example/1?size=4,3,https://res.example/2?size=4,3',
      ['https://res.example/1?size=4,3', 'https://res.example/2?size=4,3'],
    ],
    ['one URL alone', 'https://res.example/w_400,h_300/lamp.jpg', ['https://res.example/w_400,h_300/lamp.jpg']],
    [
      'no scheme after the comma',
      'https://res.example/w_4,h_3/1.jpg,//res.example/2.jpg',
      ['https://res.example/w_4,h_3/1.jpg', '//res.example/2.jpg'],
    ],
  ])('may hold the separator themselves: %s', (_, cell, expected) => {
    expect(splitCell(cell, ',')).toEqual(expected)
  })

  it.each([
    ['a relative path after a complete name', 'https://cdn.example.com/1.jpg,2.jpg', ['2.jpg']],
    ['a piece after a blank', 'https://cdn.example.com/1, large', ['large']],
    ['a piece before a blank', 'https://cdn.example.com/1 ,large', ['large']],
    ['another scheme', 'https://cdn.example.com/1,ftp://cdn.example.com/2', ['ftp://cdn.example.com/2']],
    ['a picture in the feed itself', 'https://cdn.example.com/1,data:image/png;base64', ['data:image/png;base64']],
  ])('stay apart where they are no part of a URL, to be judged on their own: %s', (_, cell, rest) => {
    expect(splitCell(cell, ',').slice(1)).toEqual(rest)
  })

  it('are not put together where the list does not begin with a URL, nor at a separator with a blank', () => {
    expect(splitCell('l/1,l/2,l/3', ',')).toEqual(['l/1', 'l/2', 'l/3'])
    expect(splitCell('https://cdn.example.com/1, large', ', ')).toEqual(['https://cdn.example.com/1', 'large'])
    expect(splitCell('https://cdn.example.com/1 large', ' ')).toEqual(['https://cdn.example.com/1', 'large'])
  })

  it('are found again in any list of complete URLs, whatever they hold', () => {
    const address = fc
      .array(fc.stringMatching(/^[a-z0-9_,;|]{1,6}$/), { minLength: 1, maxLength: 4 })
      .map(parts => `https://res.example/${parts.join('/')}/lamp.jpg`)
    const separators = fc.constantFrom(',', ';', '|', ', ', ' ', '\n')
    fc.assert(
      fc.property(fc.array(address, { maxLength: 5 }), separators, (urls, separator) => {
        fc.pre(!urls.some(url => /[,;|]{2}/.test(url)))
        expect(splitCell(urls.join(separator), separator)).toEqual(urls)
      }),
    )
  })

  it.each([
    [' ', ' '.repeat(1_000_000)],
    [',', ','.repeat(1_000_000)],
    ['a', 'a'.repeat(1_000_000)],
    ['|', '|'.repeat(1_000_000)],
    ['pieces of one URL', `https://res.example/${',w_1'.repeat(250_000)}`],
    ['pieces after half a megabyte of blanks', `${' '.repeat(500_000)}https://res.example/${',w'.repeat(250_000)}`],
    ['URLs', 'https://res.example/1.jpg,'.repeat(40_000)],
  ])('are found quickly in a megabyte of %j', (_, cell) => {
    const start = performance.now()
    splitCell(cell, ',')
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
