import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../src/ledger/index.ts'
import type { Journal, Ledger } from '../src/ledger/ledger.ts'
import { lockLedger } from '../src/ledger/lock.ts'
import { systemClock } from '../src/lib/clock.ts'
import { countItems, noTotals, type Outcome, STATUSES, type Status, type Totals } from '../src/model/outcome.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, Terminal } from './cli/terminal.ts'
import { restarted } from './helpers/sandbox.ts'
import { aBatch, aResult, aRun } from './ledger/runs.ts'

let terminal: Terminal
let sandbox: Sandbox

beforeEach(async () => {
  terminal = new Terminal()
  sandbox = await startSandbox({ folder: terminal.folder })
  configure()
})

afterEach(async () => {
  await sandbox.close()
  terminal.close()
})

function configure(): void {
  const rate = 'off'
  const { catalogix, mediapocket } = sandbox.targets
  terminal.file('.assetsyncrc', {
    targets: { dam: { type: 'mediapocket', ...mediapocket, rate }, catalogix: { ...catalogix, rate } },
  })
}

/** The same shop at the same address, behaving otherwise. */
async function behaving(options: SandboxOptions = {}): Promise<void> {
  sandbox = await restarted(sandbox, terminal.folder, options)
}

const state = () => join(terminal.folder, '.assetsync')
const withPoison = (count: number) => catalogOf(count, 1).replaceAll('CHR-00002', 'poison-2')

/** Ten chairs of which one is refused by Catalogix, whose first answer says to slow down. */
async function troubledPush(line = 'push chairs.csv'): Promise<string> {
  await behaving({
    faults: [
      { target: 'catalogix', fault: '429', times: 1 },
      { target: 'catalogix', fault: 'partial' },
    ],
  })
  terminal.file('chairs.csv', withPoison(4))
  const { code, stdout } = await terminal.call(`${line} --format json --report run.ndjson --report run.csv`)
  expect(code).toBe(1)
  await behaving()
  return stdout
}

/** A run that nobody ended: one batch was settled, one was being sent, one was waiting. */
function openRun(ledger: Ledger, id = '20260101-000000-aaaa'): Journal {
  const journal = ledger.start(aRun({ id, source: 'chairs.csv' }))
  for (const { name, type } of [
    { name: 'catalogix', type: 'catalogix' },
    { name: 'studio', type: 'productai' },
  ]) {
    const target = ledger.register({ name, type, origin: 'https://api.example.com', account: '1' }).id
    const batches = [aBatch(['A-1', 'A-2']), aBatch(['B-1'], { no: 2, from: 2 }), aBatch(['C-1'], { no: 3, from: 3 })]
    journal.plan(target, batches)
    const [settled = aBatch([]), sent = aBatch([])] = batches
    journal.begin(target, settled)
    const at = '2026-01-01T00:00:05.000Z'
    journal.attempt(target, settled, { at, http: 200, requestId: 'r', reason: null, message: null })
    journal.settle(target, settled, [aResult(), aResult()], { holds: [], doubts: [] })
    journal.begin(target, sent)
  }
  return journal
}

function killedRun(id?: string): void {
  const ledger = openLedger(state())
  openRun(ledger, id)
  ledger.close()
}

const totals = (counts: Partial<Totals>): Totals => ({ ...noTotals(), ...counts })
const counted = (items: readonly Outcome[], target: string) =>
  Object.fromEntries(
    STATUSES.map((status: Status) => [
      status,
      items.filter(item => item.target === target && item.status === status).length,
    ]),
  )

describe('assetsync runs', () => {
  it('says that there is none yet, and makes nothing', async () => {
    const before = readdirSync(terminal.folder)
    const { code, stdout, stderr } = await terminal.call('runs')
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `No run is kept in ${state()}: nothing was pushed from here yet.\n`,
      stderr: '',
    })
    expect(readdirSync(terminal.folder)).toEqual(before)
  })

  it('lists what was run, the newest first, with what became of the items', async () => {
    const { run: first } = JSON.parse(await troubledPush())
    const { run: second } = await terminal.report('retry')
    const { runs, exitCode } = await terminal.report('runs')
    expect(exitCode).toBe(0)
    expect(runs).toEqual([
      {
        ...{ id: second.id, command: 'retry', source: 'chairs.csv', state: 'finished' },
        ...{ startedAt: second.startedAt, finishedAt: second.finishedAt, durationMs: expect.any(Number) },
        ...{ exitCode: 0, items: 1, totals: totals({ created: 1 }), version: second.version },
        targets: [
          { name: 'dam', type: 'mediapocket', items: 0, totals: totals({}) },
          { name: 'catalogix', type: 'catalogix', items: 1, totals: totals({ created: 1 }) },
        ],
      },
      {
        ...{ id: first.id, command: 'push', source: 'chairs.csv', state: 'finished' },
        ...{ startedAt: first.startedAt, finishedAt: first.finishedAt, durationMs: expect.any(Number) },
        ...{ exitCode: 1, items: 8, totals: totals({ created: 7, failed: 1 }), version: first.version },
        targets: [
          { name: 'dam', type: 'mediapocket', items: 4, totals: totals({ created: 4 }) },
          { name: 'catalogix', type: 'catalogix', items: 4, totals: totals({ created: 3, failed: 1 }) },
        ],
      },
    ])
  })

  it('tells people how each run ended, and what to type next', async () => {
    const { run: first } = JSON.parse(await troubledPush())
    const { code, stdout } = await terminal.call('runs')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^✗ \S+ {2}push {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}just now {4}\d/)
    expect(stdout).toContain('chairs.csv  created 7  failed 1  exit 1: some items failed')
    expect(stdout).toContain(`Next: assetsync report ${first.id}`)
  })

  it('has one line per run for programs', async () => {
    await troubledPush()
    await terminal.call('retry')
    const { stdout } = await terminal.call('runs --format ndjson')
    const commands = stdout.split('\n').map(line => (line === '' ? null : JSON.parse(line).command))
    expect(commands).toEqual(['retry', 'push', null])
  })

  it('needs no config that works, as the ledger says it all', async () => {
    await troubledPush()
    terminal.file('.assetsyncrc', { targets: { catalogix: { token: '$' + '{NOWHERE}' }, other: { type: 'none' } } })
    expect((await terminal.report('runs')).runs).toHaveLength(1)
    expect((await terminal.call('report')).code).toBe(0)
  })

  it('looks without making or changing a file', async () => {
    await troubledPush()
    // The connection of the push, which was in this process, may go a little later, and these two files with it.
    const files = () =>
      readdirSync(state())
        .filter(name => !/-(wal|shm)$/.test(name))
        .toSorted()
    const content = () => readFileSync(join(state(), 'ledger.db'))
    const before = { files: files(), content: content() }
    for (const line of ['runs', 'report', 'explain CHR-00001', 'runs --sandbox', 'explain CHR-00001 --sandbox']) {
      await terminal.call(line)
    }
    expect({ files: files(), content: content() }).toEqual(before)
  })

  it('counts what a killed run did, and says that it was killed', async () => {
    killedRun()
    const [run] = (await terminal.report('runs')).runs
    expect(run).toMatchObject({
      ...{ id: '20260101-000000-aaaa', state: 'killed', finishedAt: null, durationMs: null, exitCode: null },
      ...{ items: 8, totals: totals({ created: 4, failed: 1, unknown: 1, skipped: 2 }) },
    })
    expect((await terminal.call('runs')).stdout).toContain('killed before its end')
  })

  it('shows a run that is under way, without waiting for it', async () => {
    const holder = { pid: 1, command: 'assetsync push', since: '2026-01-01T00:00:00.000Z' }
    const stop = new AbortController().signal
    const lock = await lockLedger(state(), { holder, wait: 0, clock: systemClock, stop })
    const ledger = openLedger(state())
    const early = await terminal.report('runs')
    expect(early).toMatchObject({ runs: [], notices: [expect.stringContaining('assetsync push is getting ready')] })
    openRun(ledger)
    const { runs, notices } = await terminal.report('runs')
    expect([runs[0], notices]).toMatchObject([
      { state: 'under-way', exitCode: null, items: 8, totals: totals({ created: 4 }) },
      [],
    ])
    expect(countItems(runs[0].totals)).toBe(4)
    expect((await terminal.call('runs')).stdout).toContain('created 4  under way, 4 items to go')
    expect(await terminal.call('report')).toMatchObject({ code: 6, stdout: '' })
    expect(await terminal.call('report 20260101')).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('is still going on'),
    })
    ledger.close()
    lock.release()
  })

  it.each([
    ['runs --format csv', 'The formats for it are: table, json, ndjson.'],
    ['runs --format jsn', 'Did you mean json?'],
    ['explain A --format ndjson', 'The formats for it are: table, json.'],
    ['runs --limit 3', '--limit'],
    ['runs now', 'runs'],
  ])('refuses %s', async (line, words) => {
    const { code, stdout, stderr } = await terminal.call(line)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
  })

  it('refuses a ledger that cannot be used', async () => {
    terminal.file('.assetsync/ledger.db', 'not a database')
    for (const line of ['runs', 'report', 'explain A']) expect((await terminal.call(line)).code).toBe(7)
  })
})

describe('assetsync report', () => {
  it('gives byte for byte what the run itself gave', async () => {
    const told = await troubledPush()
    expect((await terminal.call('report --format json')).stdout).toBe(told)
    expect((await terminal.call('report --format ndjson')).stdout).toBe(terminal.read('run.ndjson'))
    expect((await terminal.call('report --format csv')).stdout).toBe(terminal.read('run.csv'))
    await terminal.call('report --report again.ndjson --report again.csv --report again.json')
    for (const name of ['ndjson', 'csv']) expect(terminal.read(`again.${name}`)).toBe(terminal.read(`run.${name}`))
    expect(terminal.read('again.json')).toBe(told)
  })

  it('still does so when other runs came after it', async () => {
    const told = await troubledPush()
    const { run } = JSON.parse(told)
    const again = (await terminal.call('retry --format json')).stdout
    terminal.file('chairs.csv', catalogOf(3))
    await terminal.call('push chairs.csv --prune --max-delete 100%')
    expect((await terminal.call(`report ${run.id} --format json`)).stdout).toBe(told)
    expect((await terminal.call(`report ${JSON.parse(again).run.id} --format json`)).stdout).toBe(again)
  })

  it('ends with 0 when it could be made, however the run ended', async () => {
    await troubledPush()
    const { code, stdout } = await terminal.call('report')
    expect(code).toBe(0)
    expect(stdout).toContain('catalogix  created 3  failed 1')
    expect((await terminal.report('report')).exitCode).toBe(1)
  })

  it('takes the beginning of an id, as retry does', async () => {
    const { run } = JSON.parse(await troubledPush())
    expect((await terminal.report(`report ${run.id.slice(0, -1)}`)).run).toEqual(run)
    expect((await terminal.report(`retry ${run.id.slice(0, -1)}`)).items).toHaveLength(1)
  })

  it('names the runs that could be meant', async () => {
    expect(await terminal.call('report')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('push a feed first'),
    })
    killedRun('20260101-000000-aaaa')
    killedRun('20260101-000000-bbbb')
    const several = 'Several runs begin with "20260101".\nName one of 20260101-000000-bbbb, 20260101-000000-aaaa.'
    const near = 'Did you mean 20260101-000000-aaaa? The last runs are 20260101-000000-bbbb, 20260101-000000-aaaa.'
    for (const command of ['report', 'retry']) {
      const calls = ['20260101', '20260101-000000-aaab', '0101', ''].map(id => terminal.call([command, id]))
      const [first, second, third, fourth] = await Promise.all(calls)
      expect(first).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(several) })
      expect(second).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(near) })
      expect(third).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no run "0101".') })
      expect(fourth).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no run "".') })
    }
  })

  it('tells what the journal of a killed run knows, before and after another run has found it', async () => {
    killedRun()
    const before = await terminal.report('report')
    expect(before).toMatchObject({
      run: { id: '20260101-000000-aaaa', finishedAt: '2026-01-01T00:00:05.000Z' },
      notices: [
        'The run was killed, so this was counted from its journal. Not known are the records of its feed (chairs.csv), its retries and the bytes it sent. Its last request stands for its end.',
      ],
      exitCode: 137,
    })
    const told = (items: readonly Outcome[]) => items.map(({ target, code, status }) => `${target} ${code} ${status}`)
    expect(told(before.items)).toEqual([
      ...['catalogix A-1 created', 'catalogix A-2 created', 'catalogix B-1 failed', 'catalogix C-1 skipped'],
      ...['studio A-1 created', 'studio A-2 created', 'studio B-1 unknown', 'studio C-1 skipped'],
    ])
    for (const target of before.targets) {
      expect(target.totals).toEqual(counted(before.items, target.name))
      expect(target.items).toBe(4)
      expect(target.requests).toBe(1)
    }
    terminal.file('chairs.csv', catalogOf(1))
    await terminal.call('push chairs.csv')
    const after = await terminal.report('report 20260101')
    expect(told(after.items)).toEqual(told(before.items))
    expect(after.targets).toEqual(before.targets)
    expect((await terminal.report('report')).run.command).toBe('push')
  })

  it('does not write over the config or into the ledger', async () => {
    await troubledPush()
    terminal.file('.assetsyncrc.json', terminal.read('.assetsyncrc'))
    for (const path of ['.assetsync/run.json', '.assetsyncrc.json']) {
      const { code, stdout } = await terminal.call(`report -c .assetsyncrc.json --report ${path}`)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    }
  })

  it('finds the runs of the sandbox, and those of another ledger', async () => {
    terminal.file('chairs.csv', catalogOf(2))
    const there = await terminal.call('push chairs.csv --sandbox --state kept --target catalogix --format json')
    expect((await terminal.call('report --format json')).code).toBe(2)
    expect((await terminal.call('report --sandbox --state kept --format json')).stdout).toBe(there.stdout)
    expect((await terminal.call('runs --sandbox --state kept')).stdout).toContain('--sandbox --state kept')
  })
})
