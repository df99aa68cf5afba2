import { describe, expect, it } from 'vitest'
import { CodeChoice } from '../../src/catalog/code-choice.ts'
import type { Reading } from '../../src/catalog/mapping.ts'
import { aReading } from './feeds.ts'
import { watchTemporaryFiles } from './temporary-files.ts'

/** Readings of a file with the columns SKU, Handle and ID: "L-1 lamp 7", a dash for a blank. */
function records(...lines: string[]) {
  return lines.map((line, at) =>
    aReading({
      place: `lamps.csv:${at + 2}`,
      codes: line.split(' ').map(text => (text === '-' ? [] : [text])),
    }),
  )
}

/** The codes that count: those that each record makes known, and those that the end of the file does. */
function chosen(codes: readonly string[], ...lines: string[]) {
  const choice = new CodeChoice({ codes, kind: 'column' })
  const counting = (readings: Iterable<Reading>) =>
    [...readings].map(reading => reading.codes[choice.level]?.[0] ?? '-').join(' ')
  const taken = records(...lines).map(record => counting(choice.take(record)))
  return { taken, rest: counting(choice.end()), note: choice.note }
}

describe('choice of the code', () => {
  const leftovers = watchTemporaryFiles()

  it('is made at once where there is only one column', () => {
    expect(chosen(['SKU'], '-', 'L-1')).toEqual({ taken: ['-', 'L-1'], rest: '', note: 'code column: SKU' })
  })

  it('is made at once when the first record has the preferred one', () => {
    expect(chosen(['SKU', 'Handle'], 'L-1 lamp', '- lamp', 'L-2 sofa')).toEqual({
      taken: ['L-1', '-', 'L-2'],
      rest: '',
      note: 'code column: SKU',
    })
  })

  it('waits for the first record that has the preferred one, and loses none', () => {
    expect(chosen(['SKU', 'Handle'], '- lamp', '- sofa', 'L-3 desk', '- rug')).toEqual({
      taken: ['', '', '- - L-3', '-'],
      rest: '',
      note: 'code column: SKU',
    })
  })

  it('falls back when the preferred one is blank in every record, and says so', () => {
    expect(chosen(['SKU', 'Handle'], '- lamp', '- -', '- sofa')).toEqual({
      taken: ['', '', ''],
      rest: 'lamp - sofa',
      note: 'code column: Handle ("SKU" is blank in every record)',
    })
  })

  it('falls back further when that one is blank as well', () => {
    expect(chosen(['SKU', 'Handle', 'ID'], '- - 7', '- - 8')).toMatchObject({
      rest: '7 8',
      note: 'code column: ID ("SKU" and "Handle" are blank in every record)',
    })
  })

  it('goes by preference, not by which one comes first', () => {
    expect(chosen(['SKU', 'Handle', 'ID'], '- - 7', '- lamp -')).toMatchObject({ rest: '- lamp' })
  })

  it('stays with the preferred one when all are blank', () => {
    expect(chosen(['SKU', 'Handle'], '- -', '- -')).toEqual({
      taken: ['', ''],
      rest: '- -',
      note: 'code column: SKU',
    })
  })

  it('names paths as paths', () => {
    expect(new CodeChoice({ codes: ['variants[].sku'], kind: 'path' }).note).toBe('code path: variants[].sku')
  })

  it('leaves nothing on disk when it is closed before it was made', () => {
    const choice = new CodeChoice({ codes: ['SKU', 'Handle'], kind: 'column' })
    for (const record of records('- lamp', '- sofa')) expect([...choice.take(record)]).toEqual([])
    choice.close()
    expect(leftovers()).toEqual([])
  })
})
