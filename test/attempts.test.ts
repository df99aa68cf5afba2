import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLedger } from '../src/ledger/index.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, Terminal } from './cli/terminal.ts'

let terminal: Terminal
let sandbox: Sandbox

beforeEach(async () => {
  terminal = new Terminal()
  sandbox = await startSandbox({ faults: [{ target: 'catalogix', fault: '502', times: 1 }] })
  terminal.configure(sandbox.targets.catalogix, {})
})

afterEach(async () => {
  await sandbox.close()
  terminal.close()
})

it('keeps every request of a run with its answer, by batch, in the order of time', async () => {
  terminal.file('chairs.csv', catalogOf(150))
  const { targets } = await terminal.report('push chairs.csv --concurrency 1')
  const ledger = openLedger(join(terminal.folder, '.assetsync'))
  const past = ledger.openRun(null)
  const attempts = past?.targets.flatMap(({ id }) => [...past.attempts(id)]) ?? []
  ledger.close()
  expect(attempts.map(({ batch, n, http, reason }) => [batch, n, http, reason])).toEqual([
    [1, 1, 502, 'target-unavailable'],
    [1, 2, 200, null],
    [2, 1, 200, null],
  ])
  expect(attempts).toHaveLength(targets[0].requests)
  expect(attempts.every(({ at }) => Math.abs(Date.parse(at) - Date.now()) < 60_000)).toBe(true)
})
