import { describe, expect, it } from 'vitest'
import type { Reading } from '../../src/catalog/mapping.ts'
import { Originals } from '../../src/catalog/originals.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { aReading } from './feeds.ts'
import { watchTemporaryFiles } from './temporary-files.ts'

function keepRow(originals: Originals, place: string, cells: string[], facts: Partial<Reading> = {}): void {
  const codes = [cells[0] === '' ? [] : [cells[0] ?? '']]
  originals.add({ place, cells }, aReading({ place, codes, ...facts }))
}

function keepObject(originals: Originals, place: string, value: JsonObject, codes: string[]): void {
  originals.add({ place, value }, aReading({ place, codes: [codes] }))
}

/** The places of the records that are handed back for these codes and places. */
function handedBack(originals: Originals, codes: readonly string[], places: readonly string[] = []): string[] {
  return [...originals.of({ codes: new Set(codes), places: new Set(places) })].map(({ place }) => place)
}

describe('originals', () => {
  const leftovers = watchTemporaryFiles()

  it('are given back as they were written, with the file they are from', () => {
    const originals = new Originals()
    originals.begin()
    keepRow(originals, 'one.csv:2', ['L-1', ' a.jpg', ''])
    originals.begin()
    keepObject(originals, 'two.json#0', { sku: 'L-1', images: [{ src: 'b.jpg' }] }, ['L-1'])
    expect([...originals.of({ codes: new Set(['L-1']), places: new Set() })]).toEqual([
      { file: 0, place: 'one.csv:2', codes: ['L-1'], cells: ['L-1', ' a.jpg', ''], value: null },
      {
        file: 1,
        place: 'two.json#0',
        codes: ['L-1'],
        cells: null,
        value: { sku: 'L-1', images: [{ src: 'b.jpg' }] },
      },
    ])
    originals.close()
  })

  it('of a refused product are all its records, also those without a fault, in the order of the feed', () => {
    const originals = new Originals()
    originals.begin()
    keepRow(originals, 'lamps.csv:2', ['L-1', 'a.jpg'])
    keepRow(originals, 'lamps.csv:3', ['L-2', 'b.jpg'])
    keepRow(originals, 'lamps.csv:4', ['L-1', 'x'])
    expect(handedBack(originals, ['L-1'])).toEqual(['lamps.csv:2', 'lamps.csv:4'])
    expect(handedBack(originals, ['L-3', '__proto__'])).toEqual([])
    originals.close()
  })

  it('that were refused for themselves are found by their place', () => {
    const originals = new Originals()
    originals.begin()
    keepRow(originals, 'lamps.csv:2', ['', 'a.jpg'])
    keepRow(originals, 'lamps.csv:3', ['', 'b.jpg'])
    expect(handedBack(originals, [], ['lamps.csv:3'])).toEqual(['lamps.csv:3'])
    originals.close()
  })

  it('of one code of a group are all records of the group, which make its gallery', () => {
    const originals = new Originals()
    originals.begin()
    keepRow(originals, 'lamps.csv:2', ['', 'a.jpg'], { group: 'lamp' })
    keepRow(originals, 'lamps.csv:3', ['S-1', 'b.jpg'], { group: 'sofa' })
    keepRow(originals, 'lamps.csv:4', ['L-1', 'x'], { group: 'lamp' })
    keepRow(originals, 'lamps.csv:5', ['L-2', 'c.jpg'], { group: 'lamp' })
    keepRow(originals, 'lamps.csv:6', ['D-1', 'd.jpg'])
    const lamp = ['lamps.csv:2', 'lamps.csv:4', 'lamps.csv:5']
    expect(handedBack(originals, ['L-1'])).toEqual(lamp)
    expect(handedBack(originals, [], ['lamps.csv:2'])).toEqual(lamp)
    originals.close()
  })

  it('are found by a code that stands in for another one', () => {
    const originals = new Originals()
    originals.begin()
    keepRow(originals, 'lamps.csv:2', ['', 'lamp', 'x'], { codes: [[], ['lamp']] })
    expect(handedBack(originals, ['lamp'])).toEqual(['lamps.csv:2'])
    originals.close()
  })

  it('leave nothing on disk when they are closed', () => {
    const originals = new Originals()
    originals.begin()
    keepRow(originals, 'lamps.csv:2', ['L-1', 'a.jpg'])
    expect(handedBack(originals, ['L-1'])).toHaveLength(1)
    originals.close()
    originals.close()
    expect(leftovers()).toEqual([])
  })
})
