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

  it.each([' ', ',', 'a', '|'])('are found quickly in a megabyte of %j', character => {
    const start = performance.now()
    splitCell(character.repeat(1_000_000), ',')
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
