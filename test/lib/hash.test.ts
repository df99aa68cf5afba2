import { describe, expect, it } from 'vitest'
import { digest, digest53, random, randomHex, uuid } from '../../src/lib/hash.ts'

describe('digest', () => {
  it('is the first 128 bits of SHA-256, the same on every machine', () => {
    expect(digest('abc')).toBe('ungWv48Bz-pBQUDeXa4iIw')
    expect(digest('')).toBe('47DEQpj8HBSa-_TImW-5JA')
  })

  it('has 22 URL-safe characters and differs for texts that differ', () => {
    const texts = ['007', '7', 'Été', 'Ete\u0301', '__proto__', ' ']
    const digests = texts.map(digest)
    expect(new Set(digests).size).toBe(texts.length)
    for (const each of digests) expect(each).toMatch(/^[\w-]{22}$/)
  })
})

describe('digest of bytes', () => {
  it('is the first 53 bits of SHA-256, counted from the low end of each byte', () => {
    // SHA-256 of "abc" begins with ba 78 16 bf 8f 01 cf.
    expect(digest53(Buffer.from('abc'))).toBe(0x0f018f * 2 ** 32 + 0xbf1678ba)
  })

  it('is a whole number that differs for bytes that differ', () => {
    const digests = ['', ' ', 'a,b', 'a,B', 'Été'].map(text => digest53(Buffer.from(text)))
    expect(new Set(digests).size).toBe(5)
    expect(digests.every(each => Number.isSafeInteger(each) && each > 0)).toBe(true)
  })
})

describe('randomness', () => {
  it('is never the same twice and has the form that was asked for', () => {
    expect(uuid()).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(randomHex(8)).toMatch(/^[\da-f]{16}$/)
    expect(new Set([uuid(), uuid(), randomHex(8), randomHex(8)]).size).toBe(4)
    expect(Math.floor(random())).toBe(0)
  })
})
