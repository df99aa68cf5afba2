import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../src/model/outcome.ts'
import { Terminal } from './cli/terminal.ts'
import { type BehindOracle, behindOracle } from './oracle/behind.ts'
import { faultNamed } from './oracle/fault.ts'

const MINUTE = 60_000
const PRUNE = 'push lamps.csv --prune --max-delete 50%'
const WAITS = 'LAMP-1 failed not-replaced'

describe.each(['emporix', 'productai'] as const)(
  '--prune at %s, when nobody knows whether the new image is there',
  target => {
    let terminal: Terminal
    let behind: BehindOracle

    beforeEach(async () => {
      terminal = new Terminal()
      behind = await behindOracle(terminal, target, { concurrency: 1, batchSize: 2, retries: 1, maxWait: 5 })
      feed('old')
      behind.oracle.begin(1, () => null, 30_000)
      await terminal.call('push lamps.csv', { env: behind.env })
      feed('new')
    })

    afterEach(async () => {
      await behind.close()
      terminal.close()
    })

    const feed = (first: string) =>
      terminal.file('lamps.csv', `sku,image_1\nLAMP-1,${urlOf(first)}\nLAMP-2,${urlOf('second')}\n`)
    const urlOf = (name: string) => `https://images.example.com/${name}.jpg`
    const shown = () => behind.sandbox.state()[target].galleries['LAMP-1']
    const call = (line: string, minutes = 0) => terminal.call(line, { env: behind.env, later: minutes * MINUTE })
    const told = async (line: string, minutes = 0) => {
      const outcomes: Outcome[] = await terminal.outcomes(line, { env: behind.env, later: minutes * MINUTE })
      return outcomes
        .filter(({ status }) => status !== 'unchanged')
        .map(({ code, status, reason }) => `${code} ${status}${reason === null ? '' : ` ${reason}`}`)
    }

    /** The request that makes the new asset is lost on its way, in a push that is to remove the old one. */
    async function lose(): Promise<string[]> {
      behind.oracle.begin(2, ({ isWrite }) => (isWrite ? faultNamed('never:reset') : null), 30_000)
      const outcomes = await told(`${PRUNE} --timeout 5`)
      behind.oracle.begin(3, () => null, 30_000)
      return outcomes
    }

    it('leaves the old one until a push finds out', async () => {
      expect(await lose()).toEqual([expect.stringMatching(/^LAMP-1 unknown /), WAITS])
      expect(await told(PRUNE, 5)).toEqual(['LAMP-1 unknown no-answer', WAITS])
      expect(shown()).toEqual([urlOf('old')])
      expect(await told(PRUNE, 16)).toEqual(['LAMP-1 created', 'LAMP-1 deleted'])
      expect(shown()).toEqual([urlOf('new')])
    })

    it('leaves the old one in a retry, which sends nothing that is unknown, and says so with exit code 1', async () => {
      await lose()
      for (const minutes of [1, 16]) expect(await told('retry --max-delete 50%', minutes)).toEqual([WAITS])
      expect((await call('retry --max-delete 50%', 17)).code).toBe(1)
      expect(shown()).toEqual([urlOf('old')])
    })

    it('removes the old one with the retry that brings the new one after reconcile has said that it is not there', async () => {
      await lose()
      await call('retry --max-delete 50%', 1)
      expect(await told('reconcile', 16)).toEqual(['LAMP-1 failed not-arrived'])
      expect(await told('retry --max-delete 50%', 17)).toEqual(['LAMP-1 created', 'LAMP-1 deleted'])
      expect(shown()).toEqual([urlOf('new')])
    })
  },
)
