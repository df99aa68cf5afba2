import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocks } from '../../src/lib/blocks.ts'

describe('blocks of text', () => {
  it('hold everything, in order, in few pieces', () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => `LAMP-${at} created\n`)
    const joined = [...blocks(lines)]
    expect(joined.join('')).toBe(lines.join(''))
    expect(joined.length).toBeLessThan(5)
  })

  it('are none when there is nothing to write', () => {
    expect([...blocks([])]).toEqual([])
    expect([...blocks(['', ''])]).toEqual([])
  })

  it('change nothing, whatever the sizes are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 12 }), sizes => {
        const pieces = sizes.map((size, at) => String(at % 10).repeat(size))
        expect([...blocks(pieces)].join('')).toBe(pieces.join(''))
      }),
      { numRuns: 30 },
    )
  })
})
