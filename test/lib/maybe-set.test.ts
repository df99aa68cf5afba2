import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MaybeSet } from '../../src/lib/maybe-set.ts'

const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^SKU\d{1,4}$/)), { maxLength: 200 })

describe('maybe set', () => {
  it('says whether a text was there before', () => {
    const set = new MaybeSet()
    expect(['LAMP-1', 'LAMP-2', 'LAMP-1', 'lamp-1', '', ''].map(text => set.add(text))).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
    ])
    expect(set.size).toBe(4)
  })

  it('never takes a text that was added for a new one', () => {
    fc.assert(
      fc.property(texts, added => {
        const set = new MaybeSet()
        const seen = new Set<string>()
        for (const text of added) {
          if (seen.has(text)) expect(set.add(text)).toBe(true)
          else set.add(text)
          seen.add(text)
        }
        expect([...seen].every(text => set.has(text))).toBe(true)
      }),
    )
  })

  it('grows far beyond its first size without forgetting or confusing', () => {
    const set = new MaybeSet()
    const codes = Array.from({ length: 100_000 }, (_, at) => `SKU${at}`)
    expect(codes.filter(code => set.add(code))).toEqual([])
    expect(codes.filter(code => !set.has(code))).toEqual([])
    expect(codes.filter(code => set.has(`${code}-XL`))).toEqual([])
    expect(set.size).toBe(codes.length)
  })

  it('tells codes apart that plain objects trip over', () => {
    const set = new MaybeSet()
    const codes = ['__proto__', 'constructor', 'toString', '007', '07', '7', '0', '00', '1E5', '100000']
    expect(codes.filter(code => set.add(code))).toEqual([])
  })
})
