import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { lockLedger } from '../../src/ledger/lock.ts'
import { openDatabase } from '../../src/ledger/open.ts'
import { preferredDriver } from '../../src/lib/sqlite.ts'
import { EXIT } from '../../src/model/exit.ts'
import { ManualClock } from '../helpers/clock.ts'
import { codes } from '../helpers/items.ts'
import { folders } from '../lib/folder.ts'
import { copyFiles } from './files.ts'
import { toVersion } from './older.ts'
import { BATCHES, codesOf } from './pushing.ts'
import { CATALOGIX, filled, heldMap } from './runs.ts'

const newFolder = folders()

/** The ledger in processes of its own, which can be killed. */
describe('ledger of a process that is killed', () => {
  const program = mkdtempSync(join(tmpdir(), 'assetsync-test-'))
  const started: ChildProcessWithoutNullStreams[] = []

  beforeAll(async () => {
    const ssr = resolve('test/ledger/victim.ts')
    await build({ configFile: false, logLevel: 'silent', build: { ssr, outDir: program }, ssr: { noExternal: true } })
  })
  afterEach(async () => {
    await Promise.all(started.splice(0).map(kill))
  })
  afterAll(() => rmSync(program, { recursive: true, force: true }))

  /** The program lies elsewhere, and still has to find the SQLite package. */
  function start(...words: readonly string[]): ChildProcessWithoutNullStreams {
    const env = { ...process.env, NODE_PATH: resolve('node_modules') }
    const [file = ''] = readdirSync(program)
    const child = spawn(process.execPath, ['--no-warnings', join(program, file), ...words], { env })
    started.push(child)
    return child
  }

  async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** The lines it says until it is gone; `heard` is called with each. */
  async function listen(child: ChildProcessWithoutNullStreams, heard: (count: number) => void): Promise<string[]> {
    const lines: string[] = []
    const ended = once(child, 'close')
    for await (const line of createInterface({ input: child.stdout })) heard(lines.push(line))
    await ended
    return lines
  }

  async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
    const [data] = await once(child.stdout, 'data')
    return String(data).trim()
  }

  it('knows every batch whole that was settled, wherever the process was killed', async () => {
    const folder = newFolder()
    /** The run that each batch may be from: one that told so, or a later one that was killed before it could. */
    const expected = new Map<number, Set<string>>()
    const counts = fc.sample(fc.integer({ min: 1, max: BATCHES - 1 }), { numRuns: 15, seed: 5 })
    for (const [at, count] of counts.entries()) {
      const run = `run-${at}`
      const child = start('push', folder, run)
      const told = await listen(child, heard => {
        if (heard === count) child.kill('SIGKILL')
      })
      expect(told.length).toBeGreaterThanOrEqual(count)
      const ledger = openLedger(folder)
      // What it said may be heard so late that it had come to its end before it was killed.
      const hasEnded = ledger.openRun(run)?.entry.finishedAt !== null
      if (child.signalCode !== 'SIGKILL') expect(hasEnded).toBe(true)
      expect(ledger.recover('2026-01-02T00:00:00Z')).toHaveLength(hasEnded ? 0 : 1)
      const id = Number(ledger.find(CATALOGIX))
      for (let no = 1; no <= BATCHES; no++) {
        const held = ledger.held(id, codesOf(no))
        const prints = new Set([...held.values()].map(({ fingerprint }) => fingerprint))
        const isTold = told.includes(String(no))
        const allowed = isTold ? new Set([run]) : new Set([...(expected.get(no) ?? []), run])
        expect([no, prints.size <= 1, [0, codesOf(no).length].includes(held.size)]).toEqual([no, true, true])
        for (const print of prints) if (print !== null) expect(allowed).toContain(print)
        if (isTold) expect(prints).toEqual(new Set([run]))
        expected.set(no, allowed)
      }
      ledger.close()
    }
    const database = openDatabase(folder)
    expect(database.get('PRAGMA integrity_check')?.integrity_check).toBe('ok')
    database.close()
  }, 60_000)

  it('is of one version or the other, and can be used, wherever the process was killed in between', async () => {
    const whole = newFolder()
    const ledger = openLedger(whole)
    filled(ledger, codes(60))
    ledger.close()
    toVersion(1, whole, preferredDriver())
    let kills = 0
    for (let n = 1; ; n++) {
      const folder = copyFiles(whole, newFolder())
      const child = start('open', folder, String(n))
      const said = await listen(child, () => undefined)
      if (said.includes('opened')) break
      expect(child.signalCode).toBe('SIGKILL')
      const next = openLedger(folder)
      expect(next.held(Number(next.find(CATALOGIX)), codes(60))).toEqual(heldMap(...codes(60)))
      next.close()
      expect(readdirSync(folder).filter(name => name.endsWith('.new'))).toEqual([])
      kills++
    }
    expect(kills).toBeGreaterThan(5)
  }, 60_000)

  it('is locked for exactly one of several that come at the same moment, and free when that one is killed', async () => {
    const folder = newFolder()
    for (let round = 0; round < 3; round++) {
      const children = Array.from({ length: 4 }, (_, at) => start('lock', folder, `feed-${at}.csv`))
      await Promise.all(children.map(firstLine))
      const answers = children.map(firstLine)
      for (const child of children) child.stdin.write('go\n')
      const said = await Promise.all(answers)
      const winner = said.indexOf('held')
      expect(said.filter(line => line === 'held')).toHaveLength(1)
      for (const line of said.filter((_, at) => at !== winner)) {
        expect(JSON.parse(line)).toEqual({
          exit: EXIT.locked,
          message: expect.stringMatching(/^Another run holds the ledger(: process .+)?\.$/),
        })
      }

      const pid = children[winner]?.pid
      const options = { wait: 0, clock: new ManualClock(), stop: new AbortController().signal }
      const holder = { pid: 1, command: 'assetsync push', since: '2026-01-01T00:00:00Z' }
      await expect(lockLedger(folder, { ...options, holder })).rejects.toMatchObject({
        exit: EXIT.locked,
        message: `Another run holds the ledger: process ${pid} on ${hostname()}, "assetsync push feed-${winner}.csv", since 2026-01-01T00:00:00Z.`,
      })
      await Promise.all(children.map(kill))
      const lock = await lockLedger(folder, { ...options, holder })
      lock.release()
    }
  }, 60_000)
})
