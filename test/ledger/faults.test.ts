import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { openSqlite } from '../../src/lib/sqlite.ts'
import { LedgerError } from '../../src/model/errors.ts'
import { EXIT } from '../../src/model/exit.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { FULL, failAt, IO_ERROR, watched } from './faults.ts'
import { copyFiles, refusalOf } from './files.ts'
import { knowledgeIn, live, prepare } from './life.ts'
import { through } from './opening.ts'
import { aBatch, aRemoval, aResult, aRun, CATALOGIX, finish } from './runs.ts'

const newFolder = folders()

describe.each(DRIVERS)('a disk that fails, through %s', driver => {
  function prepared(): string {
    const folder = newFolder()
    const ledger = openLedger(folder, through(driver))
    prepare(ledger)
    ledger.close()
    return folder
  }

  /** What a new process finds when the files are left as they are now. */
  function found(folder: string): string {
    const ledger = openLedger(copyFiles(folder, newFolder()), through(driver))
    try {
      return JSON.stringify(knowledgeIn(ledger))
    } finally {
      ledger.close()
    }
  }

  /** What is found after each step of a life in which nothing fails; at 0, before the first. */
  function allSteps(whole: string): string[] {
    const folder = copyFiles(whole, newFolder())
    const ledger = openLedger(folder, through(driver))
    const steps = [found(folder)]
    for (const _ of live(ledger)) steps.push(found(folder))
    ledger.close()
    return steps
  }

  it.each([
    ['is full', FULL, 'no room to grow'],
    ['cannot be written', IO_ERROR, 'cannot be read or written'],
  ])(
    'leaves all of a batch or nothing of it, wherever it %s',
    (_, fault, words) => {
      const whole = prepared()
      const steps = allSteps(whole)
      for (let n = 1; ; n++) {
        const folder = copyFiles(whole, newFolder())
        const { before, hasFailed } = failAt(n, fault)
        let done = 0
        let error: unknown = null
        try {
          const ledger = openLedger(folder, path => watched(openSqlite(path, driver), before))
          for (done of live(ledger));
          ledger.close()
        } catch (thrown) {
          error = thrown
        }
        if (!hasFailed()) return
        expect(error).toBeInstanceOf(LedgerError)
        expect(error).toMatchObject({ exit: EXIT.ledger, message: expect.stringContaining(words) })
        const after = found(folder)
        expect([n, [steps[done], steps[done + 1]].includes(after)]).toEqual([n, true])
      }
    },
    120_000,
  )

  it('leaves all of a batch or nothing of it when SQLite itself finds no room, at every size', () => {
    const whole = prepared()
    const steps = allSteps(whole)
    const pages = Number(openSqlite(`${whole}/ledger.db`, driver).get('PRAGMA page_count')?.page_count)
    for (let room = 0; ; room++) {
      const folder = copyFiles(whole, newFolder())
      let done = 0
      try {
        const ledger = openLedger(folder, path => {
          const database = openSqlite(path, driver)
          database.exec(`PRAGMA max_page_count = ${pages + room}`)
          return database
        })
        for (done of live(ledger));
        expect(room).toBeGreaterThan(0)
        return
      } catch (error) {
        expect(error).toMatchObject({ exit: EXIT.ledger, message: expect.stringContaining('no room to grow') })
      }
      expect([steps[done], steps[done + 1]]).toContain(found(folder))
    }
  })

  describe('says what that means', () => {
    /** A run that has planned a batch and a removal, in a ledger that is full from then on. */
    function full() {
      let isFull = false
      const before = (sql: string) => {
        if (isFull && sql === 'COMMIT') throw FULL
      }
      const ledger = openLedger(newFolder(), path => watched(openSqlite(path, driver), before))
      const { id } = ledger.register(CATALOGIX)
      const journal = ledger.start(aRun())
      const batch = aBatch(['LAMP-1', 'LAMP-2'], { no: 7 })
      journal.plan(id, [batch, aRemoval(['LAMP-3'], 8)])
      isFull = true
      return { ledger, id, journal, batch }
    }

    function wordsOf(work: () => unknown): string {
      const error = refusalOf(work)
      expect({ exit: error.exit, fix: error.fix }).toEqual({
        exit: EXIT.ledger,
        fix: 'Free some disk space and run again.',
      })
      return error.message.replace(/^The ledger in .+ has no room to grow \(database or disk is full\)\. /, '')
    }

    it('before a batch leaves', () => {
      const { journal, id, batch } = full()
      expect(wordsOf(() => journal.begin(id, batch))).toBe('Nothing was sent of batch 7 (2 items).')
    })

    it('after its answer', () => {
      const { journal, id, batch } = full()
      const settle = (attempts: number) =>
        journal.settle(id, batch, Array(2).fill(aResult({ attempts })), { holds: [], doubts: [] })
      expect([wordsOf(() => settle(1)), wordsOf(() => settle(0))]).toEqual([
        'Batch 7 (2 items) was sent, but what became of it could not be recorded: the next run looks at it again.',
        'Batch 7 (2 items) was not sent.',
      ])
    })

    it('before anything was sent, in the middle of an item, and at the end', () => {
      const { ledger, journal, id } = full()
      expect([
        wordsOf(() => ledger.recover('2026-01-02T00:00:00Z')),
        wordsOf(() => ledger.start(aRun({ id: 'run-2' }))),
        wordsOf(() => journal.plan(id, [aBatch(['LAMP-4'], { no: 9 })])),
        wordsOf(() => ledger.note(id, { key: 'LAMP-1', code: 'LAMP-1' }, 'remote-1')),
        wordsOf(() => finish(journal)),
      ]).toEqual([
        'Nothing was sent.',
        'Nothing was sent.',
        'Nothing was sent.',
        'The id "remote-1" of "LAMP-1" could not be recorded: the next run looks for it.',
        'What became of the items is recorded, only the end of the run is not.',
      ])
    })

    it('when there is no room for a new ledger, of which then nothing is left', () => {
      const folder = newFolder()
      const before = (sql: string) => {
        if (sql.includes('CREATE TABLE')) throw FULL
      }
      const error = refusalOf(() => openLedger(folder, path => watched(openSqlite(path, driver), before)))
      expect(error).toMatchObject({ exit: EXIT.ledger, message: expect.stringContaining('no room to grow') })
      const ledger = openLedger(folder, through(driver))
      expect(ledger.runs()).toEqual([])
      ledger.close()
    })
  })
})
