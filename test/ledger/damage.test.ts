import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { ledgerFile } from '../../src/ledger/open.ts'
import { LedgerError } from '../../src/model/errors.ts'
import { EXIT } from '../../src/model/exit.ts'
import { aHeld, codes } from '../helpers/items.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { contents } from './files.ts'
import { through } from './opening.ts'
import { aBatch, aRemoval, aResult, aRun, CATALOGIX, filled, finish } from './runs.ts'

const newFolder = folders()
const PAGE = 4096
const SECTOR = 512
const CODES = codes(60)

describe.each(DRIVERS)('a damaged ledger through %s', driver => {
  /** A ledger with everything in it that there can be: two finished runs, unknown items, and a run that was killed. */
  const whole = (() => {
    const folder = newFolder()
    const ledger = openLedger(folder, through(driver))
    const id = filled(ledger, CODES)
    const journal = ledger.start(aRun())
    const batch = aBatch(['SOFA-1', 'SOFA-2', 'SOFA-3'])
    journal.plan(id, [batch])
    journal.attempt(id, batch, { at: '2026-01-01T00:00:01Z', http: 200, requestId: 'r-1', reason: null, message: null })
    const results = (['unknown', 'failed', 'skipped'] as const).map(status => aResult({ status }))
    journal.settle(id, batch, results, { holds: [], doubts: [] })
    finish(journal)
    const killed = ledger.start(aRun({ id: 'run-2' }))
    killed.plan(id, [aBatch(CODES.slice(0, 30), { action: 'update' }), aRemoval(CODES.slice(30, 32), 2)])
    killed.begin(id, aBatch(CODES.slice(0, 30), { action: 'update' }))
    ledger.close()
    return readFileSync(ledgerFile(folder))
  })()

  /** Everything that can be asked of a ledger, by what was asked. */
  function read(ledger: Ledger): Map<string, string> {
    const id = Number(ledger.find(CATALOGIX))
    const answers = new Map<string, string>()
    const note = (name: string, answer: unknown) => answers.set(name, JSON.stringify(answer))
    for (const [key, held] of ledger.held(id, CODES)) note(`held ${key}`, held)
    for (const item of ledger.unknowns(id)) note(`unknown ${item.step.item.key}`, item.step)
    for (const { id: name } of ledger.runs()) {
      const run = ledger.openRun(name)
      for (const line of run?.outcomes(id, 'shop') ?? []) note(`outcome of ${line.code} in ${name}`, line)
      for (const { step } of run?.retryable(id) ?? []) note(`retry of ${step.item.key} in ${name}`, step)
      for (const code of ['LAMP-001', 'SOFA-2']) {
        for (const { step } of run?.about({ ...CATALOGIX, id }, code) ?? []) note(`step of ${code} in ${name}`, step)
      }
      for (const attempt of run?.attempts(id) ?? []) note(`attempt ${attempt.n} in ${name}`, null)
    }
    for (const _ of ledger.carried('lamps.csv', id));
    for (const _ of ledger.namedByOthers('sofas.csv', id));
    ledger.lastComplete('lamps.csv')
    return answers
  }

  /** Everything that a run writes. */
  function write(ledger: Ledger): void {
    ledger.recover('2026-01-02T00:00:00Z', () => true)
    const { id } = ledger.register(CATALOGIX)
    for (const held of ledger.held(id, CODES).values()) ledger.isShared(id, held)
    const journal = ledger.start(aRun({ id: 'next run' }))
    journal.plan(id, [aBatch(CODES.slice(0, 30)), aRemoval(CODES.slice(0, 2), 2)])
    for (const batch of [...journal.batches(id), ...journal.removals(id)]) {
      journal.begin(id, batch)
      const results = batch.steps.map(() => aResult())
      journal.settle(id, batch, results, { holds: [], doubts: CODES.slice(0, 3).map(code => aHeld({ code })) })
    }
    for (const _ of journal.outcomes(id, 'catalogix'));
    finish(journal)
  }

  /** Damages a copy, and tells who noticed: `open`, which must leave the file as it is, or a later call. */
  function damage(harm: (bytes: Buffer) => Buffer, use: (ledger: Ledger) => void): 'open' | 'use' | 'nobody' {
    const folder = newFolder()
    writeFileSync(ledgerFile(folder), harm(Buffer.from(whole)))
    const before = contents(folder).get('ledger.db')
    let ledger: Ledger | null = null
    try {
      ledger = openLedger(folder, through(driver))
      use(ledger)
      ledger.close()
      return 'nobody'
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      expect(error.exit).toBe(EXIT.ledger)
      if (ledger === null) expect(contents(folder).get('ledger.db')).toBe(before)
      return ledger === null ? 'open' : 'use'
    }
  }

  it('is refused wherever it was cut off', () => {
    const lengths = Array.from({ length: whole.length / PAGE }, (_, page) => page * PAGE)
    const cuts = lengths.flatMap(length => [length + 1, length + 100, length + PAGE / 2, length + PAGE])
    for (const cut of cuts.filter(length => length < whole.length)) {
      expect([cut, damage(bytes => bytes.subarray(0, cut), read)]).toEqual([cut, 'open'])
    }
  })

  it('says nothing else than it was told, wherever a byte has changed, or is a LedgerError', () => {
    const folder = newFolder()
    writeFileSync(ledgerFile(folder), whole)
    const sound = openLedger(folder, through(driver))
    const truth = read(sound)
    sound.close()
    const flip = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }))
    const noticed = { open: 0, use: 0, nobody: 0 }
    fc.assert(
      fc.property(flip, ([at, change]) => {
        const found = damage(
          bytes => {
            bytes[at] = (bytes[at] ?? 0) ^ change
            return bytes
          },
          ledger => {
            for (const [name, answer] of read(ledger)) {
              if (truth.has(name) || name.startsWith('held')) expect([name, answer]).toEqual([name, truth.get(name)])
            }
          },
        )
        noticed[found]++
      }),
      { numRuns: 300 },
    )
    expect(noticed.open).toBeGreaterThan(0)
  }, 60_000)

  it('is never worse than a LedgerError in use where bytes have changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(changes, changed => {
        damage(bytes => {
          for (const [at, byte] of changed) bytes[at] = byte
          return bytes
        }, write)
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('is never worse than a LedgerError in use where a sector was lost', () => {
    const starts = Array.from({ length: whole.length / SECTOR }, (_, at) => at * SECTOR).filter((_, at) => at % 3 === 0)
    const found = starts.map(start => damage(bytes => bytes.fill(0, start, start + SECTOR), write))
    expect(new Set(found)).toContain('open')
  }, 60_000)
})
