import { describe, expect, it } from 'vitest'
import { type Behaviour, play, type Scenario } from './simulation.ts'

const PER_SECOND = 100
const REQUESTS = 1000
const SEEDS = [1, 2, 3, 4, 5]
/** So much longer than somebody who knows the limit may it take who has to find it out. */
const LONGEST = 1.3

/** What a refusal says of when to come back. */
const ANSWERS: readonly (readonly [string, Pick<Behaviour, 'retryAfter' | 'form'>])[] = [
  ['names no time', { retryAfter: null }],
  ['asks for no wait', { retryAfter: 0 }],
  ['names a second', { retryAfter: 1 }],
  ['names a date (IMF-fixdate)', { retryAfter: 1, form: 'imf' }],
  ['names a date (RFC 850)', { retryAfter: 1, form: 'rfc850' }],
  ['names a date (asctime)', { retryAfter: 1, form: 'asctime' }],
]
/** How many the client may have under way, and how long an answer takes: all of them are more than the limit bears. */
const CLIENTS = [
  [4, 20],
  [16, 50],
  [32, 100],
] as const

describe.each([PER_SECOND, PER_SECOND / 10])('a bucket of %i that is refilled by 100 a second', burst => {
  const limit = (REQUESTS - burst) / PER_SECOND

  describe.each(ANSWERS)('whose refusal %s', (_, answer) => {
    it.each(CLIENTS)(
      'is met by %i at once with answers of %i ms: never early, and nearly as fast as it allows',
      async (concurrency, delay) => {
        const scenario: Scenario = {
          about: 'a limit that nobody told us of',
          requests: REQUESTS,
          client: { concurrency, rate: null },
          server: { delay, bucket: { perSecond: PER_SECOND, burst }, ...answer },
        }
        for (const seed of SEEDS) {
          const { seconds, answered, early } = await play(scenario, seed)
          expect({ seed, answered, early }).toEqual({ seed, answered: REQUESTS, early: 0 })
          expect(seconds / limit).toBeLessThanOrEqual(LONGEST)
        }
      },
    )
  })
})
