import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Spool } from '../../src/lib/spool.ts'
import { folders } from './folder.ts'

const newFolder = folders()
/** The spool reads and writes in blocks of this size. */
const BLOCK = 256 * 1024

describe('spool', () => {
  it('gives back what was appended, in order, as often as wanted', () => {
    const spool = new Spool<unknown>(newFolder())
    const values = [{ code: '007' }, null, 0, '', ['Leuchte „Été“', '電気\n💡'], { ['__proto__']: 'own' }]
    for (const value of values) spool.append(value)
    expect([...spool.read()]).toEqual(values)
    expect([...spool.read()]).toEqual(values)
    spool.close()
  })

  it('gives nothing when nothing was appended', () => {
    const spool = new Spool<string>(newFolder())
    expect([...spool.read()]).toEqual([])
    spool.close()
  })

  it.each([BLOCK - 4, BLOCK - 3, BLOCK - 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7])(
    'keeps values whole when one of %i characters meets the border of a block',
    length => {
      const spool = new Spool<string>(newFolder())
      const values = ['before', 'x'.repeat(length), 'after', `é${'💡'.repeat(length >> 2)}`, 'end']
      for (const value of values) spool.append(value)
      expect([...spool.read()]).toEqual(values)
      spool.close()
    },
  )

  it('keeps many values of any size and any characters', () => {
    const sizes = fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 5 }), fc.nat(90_000)), { maxLength: 20 })
    fc.assert(
      fc.property(sizes, drawn => {
        const spool = new Spool<string>(newFolder())
        const values = drawn.map(([text, size]) => text + 'ü'.repeat(size))
        for (const value of values) spool.append(value)
        expect([...spool.read()]).toEqual(values)
        spool.close()
      }),
      { numRuns: 30 },
    )
  })

  it('can be appended to between and during readings', () => {
    const spool = new Spool<number>(newFolder())
    spool.append(1)
    expect([...spool.read()]).toEqual([1])
    spool.append(2)
    const reading = spool.read()
    expect(reading.next().value).toBe(1)
    spool.append(3)
    expect([...reading]).toEqual([2])
    expect([...spool.read()]).toEqual([1, 2, 3])
    spool.close()
  })

  it('can be read by two at the same time', () => {
    const spool = new Spool<string>(newFolder())
    const values = Array.from({ length: 5000 }, (_, at) => `${at} ${'x'.repeat(100)}`)
    for (const value of values) spool.append(value)
    const [first, second] = [spool.read(), spool.read()]
    expect(values.every(value => first.next().value === value && second.next().value === value)).toBe(true)
    spool.close()
  })

  it('leaves nothing behind when it is closed, twice included', () => {
    const folder = newFolder()
    const spool = new Spool<string>(folder)
    spool.append('x'.repeat(BLOCK))
    spool.close()
    spool.close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('refuses to be used after it was closed, whoever has its file number by then', () => {
    const spool = new Spool<string>(newFolder())
    spool.append('lamp')
    spool.close()
    const other = new Spool<string>(newFolder())
    other.append('sofa')
    expect(() => [...spool.read()]).toThrow('closed')
    expect([...other.read()]).toEqual(['sofa'])
    other.close()
  })
})
