import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../src/model/outcome.ts'
import { Terminal } from './cli/terminal.ts'
import { type BehindOracle, behindOracle } from './oracle/behind.ts'
import { faultNamed } from './oracle/fault.ts'

const MINUTE = 60_000
const LAMP = 'https://images.example.com/lamp.jpg'
const FEED = `sku,image_1\nLAMP-1,${LAMP}\n`

describe.each(['emporix', 'productai'] as const)('an item whose outcome is unknown, at %s,', target => {
  let terminal: Terminal
  let behind: BehindOracle

  beforeEach(async () => {
    terminal = new Terminal()
    behind = await behindOracle(terminal, target, { concurrency: 1, batchSize: 2, retries: 1, maxWait: 5 })
    terminal.file('lamps.csv', FEED)
  })

  afterEach(async () => {
    await behind.close()
    terminal.close()
  })

  /** How often the target holds the lamp. */
  const copies = () => behind.sandbox.state()[target].galleries['LAMP-1']?.filter(url => url === LAMP).length ?? 0
  const told = (outcomes: readonly Outcome[]) =>
    outcomes.map(({ code, status, reason }) => `${code} ${status} ${reason}`)
  const call = (line: string, minutes = 0) => terminal.call(line, { env: behind.env, later: minutes * MINUTE })
  const outcomes = (line: string, minutes = 0) => terminal.outcomes(line, { env: behind.env, later: minutes * MINUTE })

  /** The request that makes the asset is lost on its way; with `next` it arrives in the middle of the next run. */
  async function lose(commit: 'never' | 'next'): Promise<void> {
    const fault = faultNamed(`${commit}:reset`)
    behind.oracle.begin(1, ({ isWrite }) => (isWrite ? fault : null), 30_000)
    const { code } = await call('push lamps.csv --timeout 5')
    expect(code).toBe(1)
    behind.oracle.begin(2, () => null, 30_000)
  }

  it('is not sent again while it may still arrive', async () => {
    await lose('never')
    expect(told(await outcomes('push lamps.csv', 14))).toEqual(['LAMP-1 unknown no-answer'])
    expect(copies()).toBe(0)
  })

  it.each([
    ['push lamps.csv', 5],
    ['reconcile', 5],
    ['reconcile', 16],
  ])('stays unknown for %s when the question about it fails, %i minutes later', async (line, minutes) => {
    await lose('never')
    behind.oracle.begin(2, () => faultNamed('never:500'), 30_000)
    expect(await outcomes(line, minutes)).toMatchObject([{ code: 'LAMP-1', status: 'unknown' }])
    behind.oracle.begin(3, () => null, 30_000)
    expect(told(await outcomes('push lamps.csv', minutes))).toEqual([
      minutes < 15 ? 'LAMP-1 unknown no-answer' : 'LAMP-1 created null',
    ])
  })

  it('is sent again by a push when it cannot arrive any more', async () => {
    await lose('never')
    expect(told(await outcomes('push lamps.csv', 16))).toEqual(['LAMP-1 created null'])
    expect(copies()).toBe(1)
  })

  it('is made once, also when the lost request arrives in the middle of the next push', async () => {
    await lose('next')
    await call('push lamps.csv', 1)
    await behind.oracle.end()
    await call('push lamps.csv', 2)
    expect(copies()).toBe(1)
    expect(told(await outcomes('push lamps.csv', 3))).toEqual(['LAMP-1 unchanged null'])
  })

  it('stays unknown for reconcile while it may still arrive, with exit code 1', async () => {
    await lose('never')
    const { code } = await call('reconcile', 5)
    expect([code, told(await outcomes('reconcile', 6))]).toEqual([1, ['LAMP-1 unknown no-answer']])
    expect(copies()).toBe(0)
  })

  it('is settled by reconcile when the target holds it', async () => {
    await lose('next')
    await behind.oracle.end()
    expect(copies()).toBe(1)
    const [outcome] = await outcomes('reconcile', 1)
    expect(outcome).toMatchObject({ code: 'LAMP-1', status: expect.stringMatching(/^(created|updated)$/) })
    expect(outcome?.remoteId).not.toBeNull()
    expect(told(await outcomes('push lamps.csv', 2))).toEqual(['LAMP-1 unchanged null'])
    expect(await call('reconcile', 3)).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to settle') })
  })

  it('has failed for reconcile when it cannot arrive any more, and the next push sends it', async () => {
    await lose('never')
    expect(told(await outcomes(`reconcile ${target}`, 16))).toEqual(['LAMP-1 failed not-arrived'])
    expect(told(await outcomes('push lamps.csv', 17))).toEqual(['LAMP-1 created null'])
    expect(copies()).toBe(1)
  })

  it('is sent by retry once reconcile has said that it did not arrive', async () => {
    await lose('never')
    await call('reconcile', 16)
    expect(told(await outcomes('retry', 17))).toEqual(['LAMP-1 created null'])
    expect(copies()).toBe(1)
  })

  it('is never sent again by retry', async () => {
    await lose('never')
    const { code, stdout } = await call('retry', 16)
    expect([code, stdout]).toEqual([0, expect.stringContaining('nothing to do')])
    expect(stdout).toContain('1 item is unknown and not sent again; "assetsync reconcile" settles that.')
    expect(copies()).toBe(0)
  })
})
