import { describe, expect, it } from 'vitest'
import { secret, secretNames, z } from '../../src/lib/schema.ts'

describe('secrets in options', () => {
  const options = z.strictObject({
    token: secret('Bearer token'),
    key: secret('Key').optional(),
    password: secret('Password').nullable().default(null),
    channel: z.string().meta({ description: 'Channel' }),
  })

  it('are found by name, optional ones and those with a default included', () => {
    expect(secretNames(options)).toEqual(['token', 'key', 'password'])
  })

  it('are none in something else', () => {
    expect(secretNames(z.string())).toEqual([])
  })

  it.each(['two words', 'line\r\nX-Evil: 1', 'Schlüssel', '', 'nul\u0000'])(
    'refuse %j, which could break a header',
    text => {
      expect(secret('Token').safeParse(text).success).toBe(false)
    },
  )

  it('take every other printable character', () => {
    expect(secret('Token').parse('aZ09!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')).toBeTypeOf('string')
  })
})
