import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactor } from '../../src/lib/redact.ts'

const TOKEN = 'k3y/with+all"kinds\\of=(things)?'

describe('redaction of secrets', () => {
  it.each([
    ['as it is', TOKEN],
    ['URL-encoded', encodeURIComponent(TOKEN)],
    ['URL-encoded with small letters', encodeURIComponent(TOKEN).replace(/%../g, code => code.toLowerCase())],
    ['as a form field', new URLSearchParams([['', TOKEN]]).toString().slice(1)],
    ['JSON-escaped', JSON.stringify(TOKEN).slice(1, -1)],
    ['in base64', Buffer.from(TOKEN).toString('base64')],
    ['in base64 without padding', Buffer.from(TOKEN).toString('base64').replace(/=+$/, '')],
    ['in URL-safe base64', Buffer.from(TOKEN).toString('base64url')],
  ])('hides a secret %s', (_, form) => {
    expect(redactor([TOKEN])(`401 for "${form}" and again ${form}.`)).toBe('401 for "***" and again ***.')
  })

  it('hides the longer of two secrets whole when one begins with the other', () => {
    expect(redactor(['lamp-key', 'lamp-key-long'])('lamp-key-long lamp-key')).toBe('*** ***')
  })

  it('leaves texts alone that hold no secret', () => {
    expect(redactor(['lamp-key'])('Lamp-Key, lamp key')).toBe('Lamp-Key, lamp key')
    expect(redactor([])('anything')).toBe('anything')
  })

  it('does not chop texts up for secrets that are too short to be any', () => {
    expect(redactor(['', 'a', 'abc'])('abc abc')).toBe('abc abc')
  })

  it('takes characters of patterns as they are', () => {
    expect(redactor(['$&.*+?^$|()[]{}'])('a $&.*+?^$|()[]{} b')).toBe('a *** b')
  })

  it('lets no secret of any characters through', () => {
    const secrets = fc.string({ unit: 'binary', minLength: 8, maxLength: 40 }).filter(text => !text.includes('***'))
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        expect(redactor([secret])(before + secret + after)).not.toContain(secret)
      }),
    )
  })
})
