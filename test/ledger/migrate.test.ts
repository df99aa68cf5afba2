import { copyFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { ledgerFile } from '../../src/ledger/open.ts'
import { openSqlite } from '../../src/lib/sqlite.ts'
import { EXIT } from '../../src/model/exit.ts'
import type { Page } from '../../src/model/step.ts'
import { codes } from '../helpers/items.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { FULL, failAt, watched } from './faults.ts'
import { contents, copyFiles, refusalOf } from './files.ts'
import { toVersion } from './older.ts'
import { through } from './opening.ts'
import { aBatch, aRemoval, aResult, aRun, CATALOGIX, filled, finish, heldMap, heldOf } from './runs.ts'

const newFolder = folders()

describe.each(DRIVERS)('ledger of version 1 through %s', driver => {
  const open = (folder: string) => openLedger(folder, through(driver))

  /** A finished run, in which one item was left unknown, and a killed one that had begun a batch. */
  function versionOne(): string {
    const folder = newFolder()
    const ledger = open(folder)
    const id = filled(ledger, codes(60))
    const batch = aBatch(['LAMP-001', 'SOFA-1', 'SOFA-2'])
    const journal = ledger.start(aRun())
    journal.plan(id, [batch])
    const unknown = aResult({ status: 'unknown', message: 'It may have arrived.' })
    const holds = batch.steps.slice(0, 1).map(heldOf)
    journal.settle(id, batch, [unknown, unknown, aResult({ status: 'failed' })], { holds, doubts: [] })
    finish(journal)
    const killed = ledger.start(aRun({ id: 'run-2' }))
    killed.plan(id, [aBatch(['LAMP-002'], { action: 'update' })])
    killed.begin(id, aBatch(['LAMP-002'], { action: 'update' }))
    ledger.close()
    toVersion(1, folder, driver)
    return folder
  }

  function tablesOf(file: string): unknown[] {
    const database = openSqlite(file, driver)
    const found = database.all('SELECT name, sql FROM sqlite_schema ORDER BY name').map(row => ({ ...row }))
    const version = database.get('PRAGMA user_version')?.user_version
    database.close()
    return [version, ...found]
  }

  /** Everything that the first version knew, through the eyes of this one. */
  function checkContents(folder: string): void {
    const ledger = open(folder)
    const id = Number(ledger.find(CATALOGIX))
    expect(ledger.held(id, codes(60))).toEqual(heldMap(...codes(60)))
    expect(ledger.lastComplete('lamps.csv')).toEqual({ products: 1, openEnd: null })
    expect(ledger.runs().map(run => [run.id, run.exitCode])).toEqual([
      ['run-2', null],
      ['run-1', 0],
      ['first run of lamps.csv', 0],
    ])
    expect([...(ledger.openRun('run-1')?.outcomes(id, 'shop') ?? [])].map(({ status }) => status)).toEqual([
      'unknown',
      'unknown',
      'failed',
    ])
    expect(ledger.warnings).toEqual([])
    ledger.close()
  }

  it.each([2, 3, 4, 5] as const)('is brought up to date from version %i as well', version => {
    const folder = newFolder()
    const ledger = open(folder)
    const id = filled(ledger, codes(3))
    const journal = ledger.start(aRun())
    const failing = aBatch(['SOFA-1', 'SOFA-2'])
    const facts = { seq: 3, source: 'lamps.csv:4', images: 2, remoteId: 'r-1', dropped: 'One image was left out.' }
    const unchanged: Page = {
      action: 'unchanged',
      no: 1,
      steps: [{ action: 'unchanged', key: 'LAMP-001', code: 'LAMP-001', ...facts }],
    }
    journal.plan(id, [failing, unchanged, aRemoval(['LAMP-003'], 2)])
    const failed = aResult({ status: 'failed', reason: 'http-422', message: 'No such image.' })
    journal.settle(id, failing, [aResult(), failed], { holds: [], doubts: [] })
    finish(journal)
    const outcomes = [...journal.outcomes(id, 'shop')]
    ledger.close()
    toVersion(version, folder, driver)

    const again = open(folder)
    expect(again.held(id, codes(3))).toEqual(heldMap(...codes(3)))
    expect([...(again.openRun('run-1')?.outcomes(id, 'shop') ?? [])]).toEqual(outcomes)
    expect([...(again.openRun('run-1')?.retryable(id) ?? [])]).toEqual([{ step: failing.steps[1], result: failed }])
    finish(again.start(aRun({ id: 'run-2' })), { print: 'p' })
    expect(again.warnings).toEqual([])
    again.close()
  })

  it('is brought up to date with everything that it knew', () => {
    const folder = versionOne()
    checkContents(folder)
    const ledger = open(folder)
    const id = Number(ledger.find(CATALOGIX))
    expect(ledger.recover('2026-01-02T00:00:00Z')).toMatchObject([{ id: 'run-2', interrupted: 1 }])
    expect(ledger.held(id, ['LAMP-002']).get('LAMP-002')?.fingerprint).toBeNull()
    ledger.close()
  })

  it('is then the same as a new one', () => {
    const [old, fresh] = [versionOne(), newFolder()]
    for (const folder of [old, fresh]) open(folder).close()
    const words = (tables: unknown[]) => JSON.stringify(tables).replaceAll(/\s+|\\n/g, '')
    expect(words(tablesOf(ledgerFile(old)))).toBe(words(tablesOf(ledgerFile(fresh))))
  })

  it('tells what was left unknown and has not been settled since', () => {
    const ledger = open(versionOne())
    const id = Number(ledger.find(CATALOGIX))
    expect([...ledger.unknowns(id)]).toEqual([
      {
        step: aBatch(['LAMP-001', 'SOFA-1']).steps[1],
        run: 'run-1',
        attemptedAt: '2026-01-01T00:01:00Z',
        message: 'It may have arrived.',
      },
    ])
    ledger.close()
  })

  it('tells of an item that several runs left unknown what the last one sent', () => {
    const folder = newFolder()
    const ledger = open(folder)
    const { id } = ledger.register(CATALOGIX)
    for (const run of ['run-1', 'run-2']) {
      const journal = ledger.start(aRun({ id: run }))
      journal.plan(id, [aBatch(['SOFA-1'])])
      journal.settle(id, aBatch(['SOFA-1']), [aResult({ status: 'unknown' })], { holds: [], doubts: [] })
      finish(journal)
    }
    ledger.close()
    toVersion(1, folder, driver)
    const next = open(folder)
    expect([...next.unknowns(id)].map(({ run }) => run)).toEqual(['run-2'])
    next.close()
  })

  it('stays beside it as it was, one copy of it, for nobody else to read', () => {
    const folder = versionOne()
    const old = tablesOf(ledgerFile(folder))
    const backup = join(folder, 'ledger.db.v1-backup')
    writeFileSync(backup, 'an older one')
    writeFileSync(`${backup}.0123.new`, 'of a killed process')
    open(folder).close()
    expect(readdirSync(folder).filter(name => name.includes('backup'))).toEqual(['ledger.db.v1-backup'])
    if (process.platform !== 'win32') expect((statSync(backup).mode & 0o777).toString(8)).toBe('600')

    const restored = newFolder()
    copyFileSync(backup, ledgerFile(restored))
    expect(tablesOf(ledgerFile(restored))).toEqual(old)
    checkContents(restored)
  })

  it('is not copied again once it is up to date', () => {
    const folder = versionOne()
    open(folder).close()
    rmSync(join(folder, 'ledger.db.v1-backup'))
    open(folder).close()
    expect(readdirSync(folder)).not.toContain('ledger.db.v1-backup')
  })

  it('is brought up to date with what is only in its WAL', () => {
    const folder = versionOne()
    const database = openSqlite(ledgerFile(folder), driver)
    database.exec(`UPDATE run SET products = 12 WHERE id = 'run-1'`)
    const killed = copyFiles(folder, newFolder())
    database.close()
    const ledger = open(killed)
    expect(ledger.lastComplete('lamps.csv')?.products).toBe(12)
    ledger.close()
  })

  it('is as it was, and can be tried again, wherever that fails', () => {
    const whole = versionOne()
    for (let n = 1; ; n++) {
      const folder = copyFiles(whole, newFolder())
      const fault = failAt(n, FULL)
      const error = (() => {
        try {
          openLedger(folder, path => watched(openSqlite(path, driver), fault.before)).close()
          return null
        } catch (thrown) {
          return thrown
        }
      })()
      if (!fault.hasFailed()) break
      if (error !== null)
        expect(error).toMatchObject({ exit: EXIT.ledger, message: expect.stringContaining('no room') })
      expect(readdirSync(folder).filter(name => name.includes('.new'))).toEqual([])
      checkContents(copyFiles(folder, newFolder()))
    }
  })

  it('needs room for the copy, else it is left as it is', () => {
    const folder = versionOne()
    const before = contents(folder).get('ledger.db')
    const failToCopy = (sql: string) => {
      if (sql.startsWith('VACUUM')) throw FULL
    }
    const error = refusalOf(() => openLedger(folder, path => watched(openSqlite(path, driver), failToCopy)))
    expect({ exit: error.exit, fix: error.fix }).toEqual({
      exit: EXIT.ledger,
      fix: 'Free some disk space and run again.',
    })
    expect(contents(folder).get('ledger.db')).toBe(before)
    expect(readdirSync(folder).filter(name => name.includes('backup'))).toEqual([])
  })

  it('is brought up to date once when two processes come at the same time', () => {
    const folder = versionOne()
    let isFirst = true
    const ledger = openLedger(folder, path =>
      watched(openSqlite(path, driver), sql => {
        if (!sql.startsWith('VACUUM') || !isFirst) return
        isFirst = false
        open(folder).close()
      }),
    )
    expect(ledger.lastComplete('lamps.csv')?.products).toBe(1)
    ledger.close()
    expect(readdirSync(folder).filter(name => name.includes('backup'))).toEqual(['ledger.db.v1-backup'])
    checkContents(folder)
  })
})
