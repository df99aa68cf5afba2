import { describe, expect, it } from 'vitest'
import { type Group, type Part, ungroup } from '../../src/catalog/group.ts'
import { url } from './feeds.ts'

/** Records of a group: "L-1:a+b" has the code L-1 and two images, ":c" no code, "L-1 L-2:d" two codes. */
function aGroup(images: Group['images'], ...words: string[]): Group {
  return { seq: 0, key: 'lamp', source: 'lamps.csv:2', images, fix: 'Fill in "SKU".', parts: words.map(partOf) }
}

function partOf(words: string, at: number): Part {
  const [codes = '', names = ''] = words.split(':')
  return {
    codes: codes.split(' ').filter(code => code !== ''),
    badCode: null,
    source: `lamps.csv:${at + 2}`,
    images: names === '' ? [] : names.split('+').map(name => ({ url: url(name), position: null, record: at })),
    fields: {},
    bad: null,
    listed: 0,
    conflicts: [],
  }
}

/** "L-1: a b", or the rejection. */
function products(group: Group) {
  let seq = 100
  return ungroup(group, () => seq++).map(made => {
    if ('reason' in made) return made
    return `${made.seq} ${made.code}: ${made.images.map(image => image.url.slice(url('').indexOf('.jpg'), -4)).join(' ')}`
  })
}

describe('group of records', () => {
  it('with shared images gives all of them to every code', () => {
    expect(products(aGroup('shared', 'L-1:a', ':b', 'L-2:c', 'L-3:'))).toEqual([
      '100 L-1: a b c',
      '101 L-2: a b c',
      '102 L-3: a b c',
    ])
  })

  it('with images of their own gives each code its own, and what follows it without a code', () => {
    expect(products(aGroup('own', 'L-1:a', ':b', 'L-2:c', ':d', 'L-3:'))).toEqual([
      '100 L-1: a b',
      '101 L-2: c d',
      '102 L-3: ',
    ])
  })

  it('gives every code what comes before the first one', () => {
    expect(products(aGroup('own', ':a', ':b', 'L-1:c', 'L-2:'))).toEqual(['100 L-1: a b c', '101 L-2: a b'])
  })

  it('makes one product of a code that comes back', () => {
    expect(products(aGroup('own', 'L-1:a', 'L-2:b', 'L-1:c', ':d'))).toEqual(['100 L-1: a c d', '101 L-2: b'])
  })

  it('takes several codes of one record', () => {
    expect(products(aGroup('own', 'L-1 L-2:a', ':b', 'L-2:c'))).toEqual(['100 L-1: a b', '101 L-2: a b c'])
  })

  it('gives no two codes the same list', () => {
    const made = ungroup(aGroup('shared', 'L-1:a', 'L-2:b'), () => 0)
    const lists = made.map(each => ('images' in each ? each.images : []))
    expect(lists[0]).not.toBe(lists[1])
    expect(lists[0]).toEqual(lists[1])
  })

  it('takes further fields from the record of the code, and fills the blanks from the others, without a warning', () => {
    const group = aGroup('own', ':a', 'L-1:b', 'L-2:c')
    const fields = [
      { size: '', name: 'Lamp' },
      { size: 'S', name: '' },
      { size: 'L', name: '' },
    ]
    const parts = group.parts.map((part, at) => ({ ...part, fields: fields[at] ?? {} }))
    expect(ungroup({ ...group, parts }, () => 0)).toMatchObject([
      { code: 'L-1', source: 'lamps.csv:3', fields: { size: 'S', name: 'Lamp' }, conflicts: [] },
      { code: 'L-2', source: 'lamps.csv:4', fields: { size: 'L', name: 'Lamp' }, conflicts: [] },
    ])
  })

  it('hands on what is wrong with an image to the codes that it belongs to', () => {
    const group = aGroup('own', 'L-1:a', 'L-2:b')
    const bad = { message: '"x" is not a complete URL.', fix: 'Name its base.', source: 'lamps.csv:3' }
    const parts = group.parts.map((part, at) => (at === 1 ? { ...part, bad } : part))
    expect(ungroup({ ...group, parts }, () => 0)).toMatchObject([{ bad: null }, { bad }])
    expect(ungroup({ ...group, images: 'shared', parts }, () => 0)).toMatchObject([{ bad }, { bad }])
  })

  it.each([
    ['one record', [':a'], 'The record of "lamp" has no product code.'],
    ['several records', [':a', ':b'], 'None of the 2 records of "lamp" has a product code.'],
  ])('is refused once when it has no code: %s', (_, words, message) => {
    expect(products(aGroup('shared', ...words))).toEqual([
      {
        seq: 100,
        reason: 'code-missing',
        message,
        fix: 'Fill in "SKU".',
        code: null,
        source: 'lamps.csv:2',
      },
    ])
  })

  it('refuses a bad code alone: the others keep the images beside it', () => {
    const refused = {
      seq: 101,
      reason: 'code-invalid',
      message: 'The code "1.23E+12" is a number that a spreadsheet has shortened; its digits are lost.',
      fix: 'Format the column as text, not as a number, and export again.',
      code: '1.23E+12',
      source: 'lamps.csv:3',
    }
    expect(products(aGroup('shared', 'L-1:a', '1.23E+12:b', ':c'))).toEqual(['100 L-1: a b c', refused])
    expect(products(aGroup('own', 'L-1:a', '1.23E+12:b', ':c'))).toEqual(['100 L-1: a', refused])
  })

  it('refuses a code that was bad already when it was read', () => {
    const group = aGroup('own', 'L-1:a', '9007199254740992:b')
    const badCode = { message: 'The code 9007199254740992 is not exact.', fix: 'Write it as text.' }
    const parts = group.parts.map((part, at) => (at === 1 ? { ...part, badCode } : part))
    expect(ungroup({ ...group, parts }, () => 0)).toMatchObject([
      { code: 'L-1' },
      { code: '9007199254740992', reason: 'code-invalid', ...badCode },
    ])
  })
})
