import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { ledgerFile, openDatabase } from '../../src/ledger/open.ts'
import { nextTurn } from '../../src/lib/clock.ts'
import { openSqlite } from '../../src/lib/sqlite.ts'
import { EXIT } from '../../src/model/exit.ts'
import { codes } from '../helpers/items.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { watched } from './faults.ts'
import { asNobody, contents, copyFiles, refusalOf } from './files.ts'
import { through } from './opening.ts'
import { aBatch, aResult, aRun, CATALOGIX, filled, finish, heldMap, heldOf, pass } from './runs.ts'

const newFolder = folders()

describe.each(DRIVERS)('ledger file through %s', driver => {
  /** A folder with a ledger of several pages that was closed. */
  function ledgerFolder(): string {
    const folder = newFolder()
    const ledger = openLedger(folder, through(driver))
    filled(ledger, codes(60))
    ledger.close()
    return folder
  }

  /** Its files without the one that SQLite makes for the processes that have it open. */
  function lasting(folder: string): Map<string, string> {
    return new Map([...contents(folder)].filter(([name]) => !name.endsWith('-shm')))
  }

  describe('when there is none', () => {
    it('is made, with its folder, for nobody else to read', () => {
      const folder = join(newFolder(), 'deep', 'state')
      const before = process.umask(0)
      try {
        openLedger(folder, through(driver)).close()
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
      openLedger(folder, through(driver)).close()
      expect(readdirSync(folder).filter(name => name.includes('.new'))).toEqual([])
      expect(readFileSync(ledgerFile(folder)).readUInt32BE(68)).toBe(0x4153594e)
    })

    it('cannot be made where a file stands in the way', () => {
      const file = join(newFolder(), 'state')
      writeFileSync(file, '')
      const error = refusalOf(() => openLedger(file, through(driver)))
      expect({ exit: error.exit, message: error.message }).toEqual({
        exit: EXIT.ledger,
        message: expect.stringMatching(/^The ledger in .*state cannot be opened \(ENOTDIR: .+\)\.$/),
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
      const error = refusalOf(() => openLedger(folder, through(driver)))
      expect({ exit: error.exit, message: error.message }).toEqual({
        exit: EXIT.ledger,
        message: `The ledger ${file} ${words}. It was left as it is.`,
      })
      expect(error.fix).not.toBeNull()
      expect(contents(folder)).toEqual(before)
    })

    it('is refused when it has lost its version', () => {
      const folder = ledgerFolder()
      const bytes = readFileSync(ledgerFile(folder))
      writeFileSync(ledgerFile(folder), bytes.fill(0, 60, 64))
      expect(refusalOf(() => openLedger(folder, through(driver))).message).toContain('is damaged (it has no version)')
    })

    it('is refused when it is a link to one', () => {
      const folder = newFolder()
      symlinkSync(ledgerFile(ledgerFolder()), ledgerFile(folder))
      expect(refusalOf(() => openLedger(folder, through(driver))).message).toContain('not a regular file')
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
      const error = refusalOf(() => openLedger(folder, through(driver)))
      expect({ exit: error.exit, message: error.message, fix: error.fix }).toEqual({
        exit: EXIT.ledger,
        message: `The ledger ${ledgerFile(folder)} was written by a newer assetsync (schema 99). It was left as it is.`,
        fix: 'Update assetsync on this machine.',
      })
      expect(contents(folder)).toEqual(before)
    })

    it('is refused and left as it is too while its version is only in the WAL', () => {
      const folder = ledgerFolder()
      const database = openSqlite(ledgerFile(folder), driver)
      database.exec('PRAGMA user_version = 99')
      const killed = copyFiles(folder, newFolder())
      database.close()
      const before = contents(killed)
      expect(refusalOf(() => openLedger(killed, through(driver))).message).toContain('newer assetsync (schema 99)')
      expect(lasting(killed)).toEqual(before)
    })
  })

  describe('that was written and closed', () => {
    it('is one file that can be moved elsewhere', () => {
      const elsewhere = newFolder()
      copyFileSync(ledgerFile(ledgerFolder()), ledgerFile(elsewhere))
      const ledger = openLedger(elsewhere, through(driver))
      const id = ledger.find(CATALOGIX)
      expect(id).not.toBeNull()
      expect(ledger.held(Number(id), ['LAMP-001', 'LAMP-060'])).toEqual(heldMap('LAMP-001', 'LAMP-060'))
      ledger.close()
    })

    it('can be opened through every other driver', () => {
      const folder = ledgerFolder()
      for (const other of DRIVERS) {
        const ledger = openLedger(folder, through(other))
        expect(ledger.lastComplete('lamps.csv')?.products).toBe(60)
        ledger.close()
      }
    })

    it('can be read while a run writes', () => {
      const folder = ledgerFolder()
      const [writer, reader] = [openLedger(folder, through(driver)), openLedger(folder, through(driver))]
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
      const database = openDatabase(newFolder(), through(driver))
      const settings = ['journal_mode', 'synchronous'].map(
        name => Object.values(database.get(`PRAGMA ${name}`) ?? {})[0],
      )
      expect(settings).toEqual(['wal', 2])
      database.close()
    })

    it('waits for the disk with what must survive a power cut, and not with what may be sent again', async () => {
      const asked: string[] = []
      const ledger = openLedger(newFolder(), path => watched(openSqlite(path, driver), sql => asked.push(sql)))
      const { id } = ledger.register(CATALOGIX)
      const journal = ledger.start(aRun())
      const batches = [1, 2, 3].map(no => aBatch([`SOFA-${no}`], { no, from: no }))
      const [begun = aBatch([]), first = aBatch([]), second = aBatch([])] = batches
      journal.plan(id, batches)
      journal.begin(id, begun, 'soon')
      asked.length = 0
      journal.begin(id, first, 'soon')
      journal.settle(id, first, [aResult()], { holds: first.steps.map(heldOf), doubts: [] }, 'soon')
      await nextTurn()
      journal.begin(id, second)
      journal.settle(id, second, [aResult()], { holds: second.steps.map(heldOf), doubts: [] })
      finish(journal)
      expect(asked.filter(sql => sql.startsWith('PRAGMA') || sql === 'COMMIT')).toEqual([
        'PRAGMA synchronous = NORMAL',
        'COMMIT',
        'PRAGMA synchronous = FULL',
        'COMMIT',
        'COMMIT',
        'COMMIT',
      ])
      ledger.close()
    })
  })

  describe('of a killed run', () => {
    it('has everything that was committed when its files are copied at that moment', () => {
      const folder = ledgerFolder()
      const ledger = openLedger(folder, through(driver))
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
      const next = openLedger(copy, through(driver))
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

  describe('among files that are not its own', () => {
    /** What a run leaves that is killed when it has settled this code; the ledger held 60 lamps before. */
    function killedRun(folder: string, code: string): string {
      const ledger = openLedger(folder, through(driver))
      const id = Number(ledger.find(CATALOGIX))
      pass(ledger.start(aRun({ id: `run of ${code}` })), id, aBatch([code]))
      const killed = copyFiles(folder, newFolder())
      ledger.close()
      return killed
    }

    it('is not made anew where the last changes of one were left behind', () => {
      const folder = killedRun(ledgerFolder(), 'SOFA-1')
      rmSync(ledgerFile(folder))
      const before = contents(folder)
      const error = refusalOf(() => openLedger(folder, through(driver)))
      expect({ exit: error.exit, message: error.message, fix: error.fix }).toEqual({
        exit: EXIT.ledger,
        message: `The ledger ${ledgerFile(folder)} is missing, but ${ledgerFile(folder)}-wal, which holds its last changes, is there.`,
        fix: 'Restore the ledger from where it went. To start afresh, with unknown contents at all targets, remove that file too.',
      })
      expect(contents(folder)).toEqual(before)
    })

    it('is made anew where nothing but empty or temporary files were left behind', () => {
      const folder = newFolder()
      writeFileSync(join(folder, 'ledger.db-wal'), '')
      writeFileSync(join(folder, 'ledger.db-shm'), Buffer.alloc(32_768, 7))
      const ledger = openLedger(folder, through(driver))
      filled(ledger, ['LAMP-1'])
      ledger.close()
      expect(openHeld(folder)).toEqual(['LAMP-1'])
    })

    it.each<[string, (file: string) => void]>([
      ['a text', file => writeFileSync(file, 'sku,image\n')],
      ['a folder', file => mkdirSync(file)],
      ['something short', file => writeFileSync(file, '7')],
    ])('is refused, and all is left as it is, when %s has the name of its WAL', (_, make) => {
      const folder = ledgerFolder()
      rmSync(`${ledgerFile(folder)}-wal`, { force: true })
      make(`${ledgerFile(folder)}-wal`)
      const before = contents(folder)
      const error = refusalOf(() => openLedger(folder, through(driver)))
      const words = `cannot be opened: ${ledgerFile(folder)}-wal beside it is not its own. It was left as it is.`
      expect({ exit: error.exit, message: error.message }).toEqual({
        exit: EXIT.ledger,
        message: `The ledger ${ledgerFile(folder)} ${words}`,
      })
      expect(contents(folder)).toEqual(before)
    })

    it('can be used when a power cut has left its WAL unwritten', () => {
      const folder = ledgerFolder()
      writeFileSync(`${ledgerFile(folder)}-wal`, Buffer.alloc(8192))
      expect(openHeld(folder)).toEqual(codes(60))
    })

    it('can be used whatever is in the -shm file', () => {
      const folder = killedRun(ledgerFolder(), 'SOFA-1')
      writeFileSync(`${ledgerFile(folder)}-shm`, Buffer.alloc(32_768, 7))
      expect(openHeld(folder)).toEqual([...codes(60), 'SOFA-1'])
    })

    it('is as it was when the run began, when the WAL of a killed run is gone', () => {
      const folder = killedRun(ledgerFolder(), 'SOFA-1')
      rmSync(`${ledgerFile(folder)}-wal`)
      expect(openHeld(folder)).toEqual(codes(60))
    })

    it('is refused, and left as it is, when it was put back beside the WAL of a later run', () => {
      const folder = ledgerFolder()
      const backup = readFileSync(ledgerFile(folder))
      killedRun(folder, 'SOFA-1')
      const killed = killedRun(folder, 'SOFA-2')
      writeFileSync(ledgerFile(killed), backup)
      const before = contents(killed)
      const error = refusalOf(() => openLedger(killed, through(driver)))
      const words = `does not go with ${ledgerFile(killed)}-wal beside it: one of them is from another time. It was left as it is.`
      expect({ exit: error.exit, message: error.message, fix: error.fix }).toEqual({
        exit: EXIT.ledger,
        message: `The ledger ${ledgerFile(killed)} ${words}`,
        fix: expect.stringContaining('removing ledger.db-wal'),
      })
      expect(lasting(killed)).toEqual(before)
      const mended = copyFiles(killed, newFolder())
      rmSync(`${ledgerFile(mended)}-wal`)
      expect(openHeld(mended)).toEqual(codes(60))
    })

    it('is refused when the WAL beside it is that of another ledger', () => {
      const [one, other] = [copyFiles(ledgerFolder(), newFolder()), killedRun(ledgerFolder(), 'SOFA-1')]
      copyFileSync(`${ledgerFile(other)}-wal`, `${ledgerFile(one)}-wal`)
      expect(refusalOf(() => openLedger(one, through(driver))).message).toContain('does not go with')
    })

    /** The codes that are held, of all that these tests know. */
    function openHeld(folder: string): string[] {
      const ledger = openLedger(folder, through(driver))
      const id = Number(ledger.find(CATALOGIX))
      const held = [...ledger.held(id, [...codes(60), 'LAMP-1', 'SOFA-1', 'SOFA-2']).keys()]
      ledger.close()
      return held.toSorted()
    }
  })

  describe('that this user may not write', () => {
    it.each([
      ['folder', 'has no ledger', () => newFolder()],
      ['folder', 'has a ledger', () => ledgerFolder()],
    ])('is refused when the %s %s', (_, __, make) => {
      const folder = make()
      chmodSync(folder, 0o555)
      const before = contents(folder)
      const error = asNobody(() => refusalOf(() => openLedger(folder, through(driver))))
      expect({ exit: error.exit, message: error.message, fix: error.fix }).toEqual({
        exit: EXIT.ledger,
        message: expect.stringMatching(/^The ledger in .+ cannot be written \(.+\)\.$/),
        fix: 'Give this user write access to the folder and the files in it, or name another folder with --state.',
      })
      expect(contents(folder)).toEqual(before)
      chmodSync(folder, 0o700)
    })
  })
})
