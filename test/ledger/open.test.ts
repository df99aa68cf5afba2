import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { ledgerFile, openDatabase } from '../../src/ledger/open.ts'
import { openSqlite } from '../../src/lib/sqlite.ts'
import { LedgerError } from '../../src/model/errors.ts'
import { EXIT } from '../../src/model/exit.ts'
import { aHeld, codes } from '../helpers/items.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { aBatch, aRemoval, aResult, aRun, CATALOGIX, filled, finish, heldMap, heldOf } from './runs.ts'

const newFolder = folders()

function refusal(work: () => unknown): LedgerError {
  try {
    work()
  } catch (error) {
    if (error instanceof LedgerError) return error
    throw error
  }
  throw new Error('it was not refused')
}

/** Every file of the folder with its bytes. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter(name => lstatSync(join(folder, name)).isFile())
  return new Map(names.map(name => [name, readFileSync(join(folder, name), 'base64')]))
}

describe.each(DRIVERS)('ledger file through %s', driver => {
  /** A folder with a ledger of several pages that was closed. */
  function ledgerFolder(): string {
    const folder = newFolder()
    const ledger = openLedger(folder, driver)
    filled(ledger, codes(60))
    ledger.close()
    return folder
  }

  describe('when there is none', () => {
    it('is made, with its folder, for nobody else to read', () => {
      const folder = join(newFolder(), 'deep', 'state')
      const before = process.umask(0)
      try {
        openLedger(folder, driver).close()
      } finally {
        process.umask(before)
      }
      const modes = [folder, ledgerFile(folder)].map(path => (statSync(path).mode & 0o777).toString(8))
      expect(modes).toEqual(process.platform === 'win32' ? modes : ['700', '600'])
    })

    it('is made as a whole: what a killed run left of one does not matter', () => {
      const folder = newFolder()
      writeFileSync(join(folder, 'ledger.db.new'), 'half')
      writeFileSync(join(folder, 'ledger.db.new-journal'), 'half')
      openLedger(folder, driver).close()
      expect(readdirSync(folder).filter(name => name.includes('.new'))).toEqual([])
      expect(readFileSync(ledgerFile(folder)).readUInt32BE(68)).toBe(0x4153594e)
    })

    it('cannot be made where a file stands in the way', () => {
      const file = join(newFolder(), 'state')
      writeFileSync(file, '')
      const error = refusal(() => openLedger(file, driver))
      expect({ exit: error.exit, message: error.message }).toEqual({
        exit: EXIT.ledger,
        message: expect.stringMatching(/^The ledger in .*state cannot be used: .+\.$/),
      })
    })
  })

  describe('that is no ledger', () => {
    it.each<[string, (file: string) => void, string]>([
      ['is empty', file => writeFileSync(file, ''), 'is empty'],
      ['is a text', file => writeFileSync(file, 'sku,image\n'), 'is not a ledger of assetsync'],
      ['is a long text', file => writeFileSync(file, '<html>'.repeat(9999)), 'is not a ledger of assetsync'],
      [
        'is only the beginning of a database',
        file => writeFileSync(file, 'SQLite format 3\0'),
        'is not a ledger of assetsync',
      ],
      ['belongs to another program', file => otherDatabase(file), 'is not a ledger of assetsync'],
      ['belongs to another program and has a WAL', file => otherDatabase(file, 'WAL'), 'is not a ledger of assetsync'],
      ['is a folder', file => mkdirSync(file), 'is not a regular file'],
    ])('is refused when it %s, and left as it is', (_, make, words) => {
      const folder = newFolder()
      const file = ledgerFile(folder)
      make(file)
      const before = contents(folder)
      const error = refusal(() => openLedger(folder, driver))
      expect({ exit: error.exit, message: error.message }).toEqual({
        exit: EXIT.ledger,
        message: `The ledger ${file} ${words}. It was left as it is.`,
      })
      expect(error.fix).not.toBeNull()
      expect(contents(folder)).toEqual(before)
    })

    it('is refused when it is a link to one', () => {
      const folder = newFolder()
      symlinkSync(ledgerFile(ledgerFolder()), ledgerFile(folder))
      expect(refusal(() => openLedger(folder, driver)).message).toContain('not a regular file')
    })

    function otherDatabase(file: string, mode = 'DELETE'): void {
      const database = openSqlite(file, driver)
      database.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE lamp (code); PRAGMA user_version = 1`)
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      database.close()
    }
  })

  describe('of a newer version', () => {
    it('is refused and left as it is', () => {
      const folder = ledgerFolder()
      const database = openSqlite(ledgerFile(folder), driver)
      database.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)')
      database.close()
      const before = contents(folder)
      const error = refusal(() => openLedger(folder, driver))
      expect({ exit: error.exit, message: error.message, fix: error.fix }).toEqual({
        exit: EXIT.ledger,
        message: `The ledger ${ledgerFile(folder)} was written by a newer assetsync (schema 99). It was left as it is.`,
        fix: 'Update assetsync on this machine.',
      })
      expect(contents(folder)).toEqual(before)
    })

    it('is refused too while its version is only in the WAL', () => {
      const folder = ledgerFolder()
      const database = openSqlite(ledgerFile(folder), driver)
      database.exec('PRAGMA user_version = 99')
      expect(refusal(() => openLedger(folder, driver)).message).toContain('newer assetsync (schema 99)')
      database.close()
    })
  })

  describe('that was written and closed', () => {
    it('is one file that can be moved elsewhere', () => {
      const elsewhere = newFolder()
      copyFileSync(ledgerFile(ledgerFolder()), ledgerFile(elsewhere))
      const ledger = openLedger(elsewhere, driver)
      const id = ledger.find(CATALOGIX)
      expect(id).not.toBeNull()
      expect(ledger.held(Number(id), ['LAMP-001', 'LAMP-060'])).toEqual(heldMap('LAMP-001', 'LAMP-060'))
      ledger.close()
    })

    it('can be opened through every other driver', () => {
      const folder = ledgerFolder()
      for (const other of DRIVERS) {
        const ledger = openLedger(folder, other)
        expect(ledger.lastComplete('lamps.csv')).toBe(60)
        ledger.close()
      }
    })

    it('can be read while a run writes', () => {
      const folder = ledgerFolder()
      const [writer, reader] = [openLedger(folder, driver), openLedger(folder, driver)]
      const id = Number(writer.find(CATALOGIX))
      const journal = writer.start(aRun())
      journal.plan(id, [aBatch(['SOFA-1'])])
      expect(reader.held(id, ['LAMP-001']).size).toBe(1)
      reader.close()
      journal.settle(id, aBatch(['SOFA-1']), [aResult()], { holds: aBatch(['SOFA-1']).steps.map(heldOf), doubts: [] })
      expect(writer.held(id, ['SOFA-1']).size).toBe(1)
      writer.close()
    })

    it('waits for the disk with every commit, so that a power cut takes nothing back', () => {
      const database = openDatabase(newFolder(), driver)
      const settings = ['journal_mode', 'synchronous'].map(
        name => Object.values(database.get(`PRAGMA ${name}`) ?? {})[0],
      )
      expect(settings).toEqual(['wal', 2])
      database.close()
    })
  })

  describe('of a killed run', () => {
    it('has everything that was committed when its files are copied at that moment', () => {
      const folder = ledgerFolder()
      const ledger = openLedger(folder, driver)
      const id = Number(ledger.find(CATALOGIX))
      const journal = ledger.start(aRun())
      const [first, second] = [aBatch(['SOFA-1']), aBatch(['LAMP-001'], { action: 'update', no: 2, from: 1 })]
      journal.plan(id, [first, second])
      journal.begin(id, first)
      journal.settle(id, first, [aResult()], { holds: first.steps.map(heldOf), doubts: [] })
      journal.begin(id, second)

      const copy = newFolder()
      for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name))
      ledger.close()
      const next = openLedger(copy, driver)
      expect(next.recover('2026-01-02T00:00:00Z')).toMatchObject([{ id: 'run-1', interrupted: 1, skipped: 0 }])
      expect([...next.held(id, ['SOFA-1', 'LAMP-001'])].map(([key, { fingerprint }]) => [key, fingerprint])).toEqual(
        expect.arrayContaining([
          ['SOFA-1', 'of SOFA-1'],
          ['LAMP-001', null],
        ]),
      )
      next.close()
    })
  })

  describe('that is damaged', () => {
    /** Everything that runs do with a ledger. */
    function use(ledger: Ledger): void {
      ledger.recover('2026-01-02T00:00:00Z')
      const { id } = ledger.register(CATALOGIX)
      ledger.held(id, codes(60))
      for (const _ of ledger.carried('lamps.csv', id));
      for (const _ of ledger.namedByOthers('sofas.csv', id));
      for (const held of ledger.held(id, codes(3)).values()) ledger.isShared(id, held)
      ledger.lastComplete('lamps.csv')
      const journal = ledger.start(aRun({ id: 'next run' }))
      journal.plan(id, [aBatch(codes(30)), aRemoval(codes(2), 2)])
      for (const batch of [...journal.batches(id), ...journal.removals(id)]) {
        journal.begin(id, batch)
        const results = batch.steps.map(() => aResult())
        journal.settle(id, batch, results, { holds: [], doubts: codes(3).map(code => aHeld({ code })) })
      }
      for (const _ of journal.outcomes(id, 'catalogix'));
      finish(journal)
    }

    /** Damages a copy of one ledger, and tells who noticed: `open`, which must leave the file as it is, or a later call. */
    function damage(harm: (bytes: Buffer) => Buffer): 'open' | 'use' | 'nobody' {
      const folder = newFolder()
      writeFileSync(ledgerFile(folder), harm(Buffer.from(whole)))
      const before = contents(folder).get('ledger.db')
      let ledger: Ledger | null = null
      try {
        ledger = openLedger(folder, driver)
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
    const whole = (() => {
      const folder = ledgerFolder()
      return readFileSync(ledgerFile(folder))
    })()
    const PAGE = 4096
    const SECTOR = 512

    it('is a LedgerError wherever it was cut off', () => {
      const lengths = Array.from({ length: whole.length / PAGE }, (_, page) => page * PAGE)
      const cuts = lengths.flatMap(length => [length + 1, length + 100, length + PAGE / 2, length + PAGE])
      for (const cut of cuts.filter(length => length < whole.length)) {
        expect([cut, damage(bytes => bytes.subarray(0, cut))]).not.toEqual([cut, 'nobody'])
      }
    })

    it('is never worse than a LedgerError where bytes have changed', () => {
      const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      fc.assert(
        fc.property(changes, changed => {
          damage(bytes => {
            for (const [at, byte] of changed) bytes[at] = byte
            return bytes
          })
        }),
        { numRuns: 80 },
      )
    })

    it('is never worse than a LedgerError where a sector was lost', () => {
      const sectors = Array.from({ length: whole.length / SECTOR }, (_, at) => at * SECTOR).filter(
        (_, at) => at % 3 === 0,
      )
      const found = sectors.map(start => damage(bytes => bytes.fill(0, start, start + SECTOR)))
      expect(new Set(found)).toContain('open')
    })
  })
})
