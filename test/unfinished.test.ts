import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../src/model/outcome.ts'
import { Terminal } from './cli/terminal.ts'
import { type BehindOracle, behindOracle } from './oracle/behind.ts'
import { faultNamed } from './oracle/fault.ts'

const LAMP = 'https://images.example.com/lamp'
const FEED = `sku,image_1,image_2\nLAMP-1,${LAMP}-1.jpg,${LAMP}-2.jpg\n`

describe('a product of Akeneo whose assets are written but which has no link to them', () => {
  let terminal: Terminal
  let behind: BehindOracle

  beforeEach(async () => {
    terminal = new Terminal()
    behind = await behindOracle(terminal, 'akeneo', { concurrency: 1, batchSize: 2, retries: 0, maxWait: 0 })
    terminal.file('lamps.csv', FEED)
  })

  afterEach(async () => {
    await behind.close()
    terminal.close()
  })

  const told = (outcomes: readonly Outcome[]) => outcomes.map(({ key, status, reason }) => `${key} ${status} ${reason}`)
  const shown = () => behind.sandbox.state().akeneo.galleries['LAMP-1'] ?? []

  /** The answer to the request that links the product cannot be read, and it did nothing; there is no time for another. */
  async function loseLink(): Promise<void> {
    const isLink = (path: string, method: string) => method === 'PATCH' && path.endsWith('/products')
    behind.oracle.begin(1, ({ path, method }) => (isLink(path, method) ? faultNamed('never:garbage') : null), 30_000)
    const { code } = await terminal.call('push lamps.csv', { env: behind.env })
    expect(code).toBe(1)
    behind.oracle.begin(2, () => null, 30_000)
  }

  it('has failed, so that nobody takes it for done', async () => {
    await loseLink()
    expect(shown()).toEqual([])
    const { stdout } = await terminal.call('report --format ndjson', { env: behind.env })
    const outcomes: Outcome[] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(told(outcomes)).toEqual(['LAMP_1_1 failed link-pending', 'LAMP_1_2 created null'])
  })

  it.each(['push lamps.csv', 'retry'])('gets its link from the next %s', async line => {
    await loseLink()
    const outcomes = await terminal.outcomes(line, { env: behind.env })
    expect(told(outcomes)).toContain('LAMP_1_1 updated null')
    expect(shown()).toEqual([`${LAMP}-1.jpg`, `${LAMP}-2.jpg`])
  })
})
