import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Grouped, grouped } from '../../src/ledger/grouped.ts'
import { nextTurn } from '../../src/lib/clock.ts'
import { openSqlite, type Sqlite } from '../../src/lib/sqlite.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { FULL, watched } from './faults.ts'

const newFolder = folders()

describe.each(DRIVERS)('writing that may wait a moment, through %s', driver => {
  let database: Grouped
  let reader: Sqlite
  let asked: string[]
  let marks: number
  let isClosed: boolean
  /** What fails, and how often. */
  let failing: string[]

  beforeEach(() => {
    const path = join(newFolder(), 'lamps.db')
    asked = []
    marks = 0
    isClosed = false
    failing = []
    const plain = openSqlite(path, driver)
    plain.exec('PRAGMA journal_mode = WAL; CREATE TABLE lamp (code TEXT PRIMARY KEY)')
    const before = (sql: string) => {
      asked.push(sql)
      const at = failing.findIndex(each => sql.startsWith(each))
      if (at === -1) return
      failing.splice(at, 1)
      throw FULL
    }
    database = grouped(watched(plain, before), () => {
      marks++
    })
    reader = openSqlite(path, driver)
  })

  afterEach(() => {
    reader.close()
    if (!isClosed) database.close()
  })

  const add = (code: string) => database.run('INSERT INTO lamp VALUES (?)', code)
  const seen = (by: Sqlite) => Number(by.get('SELECT count(*) AS lamps FROM lamp')?.lamps)
  const commits = () => asked.filter(sql => sql === 'COMMIT').length

  it('is seen at once here, and by others when the turn is over', async () => {
    database.soon(() => add('LAMP-1'))
    expect([seen(database), seen(reader)]).toEqual([1, 0])
    await nextTurn()
    expect([seen(database), seen(reader)]).toEqual([1, 1])
  })

  it('is committed with everything else of its turn, and marked once', async () => {
    for (const code of ['LAMP-1', 'LAMP-2', 'LAMP-3']) {
      database.soon(() => add(code))
      await Promise.resolve() // answers that arrive in one turn
    }
    await nextTurn()
    expect([seen(reader), commits(), marks]).toEqual([3, 1, 1])
    database.soon(() => add('LAMP-4'))
    await nextTurn()
    expect([seen(reader), commits(), marks]).toEqual([4, 2, 2])
  })

  it('is committed before anything that cannot wait, which waits for the disk as ever', () => {
    database.soon(() => add('LAMP-1'))
    database.transaction(() => add('LAMP-2'))
    expect(asked.filter(sql => /PRAGMA|BEGIN|COMMIT/.test(sql))).toEqual([
      'PRAGMA synchronous = NORMAL',
      'BEGIN IMMEDIATE',
      'COMMIT',
      'PRAGMA synchronous = FULL',
      'BEGIN',
      'COMMIT',
    ])
    expect([seen(reader), marks]).toEqual([2, 2])
  })

  it('is committed when the database is closed', () => {
    database.soon(() => add('LAMP-1'))
    database.close()
    isClosed = true
    expect(seen(reader)).toBe(1)
  })

  it('is undone with the others of its turn when one of them fails', async () => {
    database.soon(() => add('LAMP-1'))
    const twice = () => {
      add('LAMP-2')
      add('LAMP-2')
    }
    expect(() => database.soon(twice)).toThrow(/UNIQUE/i)
    await nextTurn()
    expect(seen(reader)).toBe(0)
    database.soon(() => add('LAMP-3'))
    await nextTurn()
    expect(seen(reader)).toBe(1)
  })

  it('is missing when the commit fails, which whoever writes next is told, and everybody after', async () => {
    failing = ['COMMIT']
    database.soon(() => add('LAMP-1'))
    await nextTurn()
    await nextTurn()
    expect(seen(reader)).toBe(0)
    expect(() => database.soon(() => add('LAMP-2'))).toThrow(FULL)
    expect(() => database.transaction(() => add('LAMP-3'))).toThrow(FULL)
    expect(seen(reader)).toBe(0)
  })

  it('does not keep from being recorded what has happened elsewhere', async () => {
    failing = ['COMMIT']
    database.soon(() => add('LAMP-1'))
    await nextTurn()
    await nextTurn()
    database.record(() => add('LAMP-2'))
    expect([seen(reader), marks]).toEqual([1, 2])
    expect(() => database.transaction(() => add('LAMP-3'))).toThrow(FULL)

    failing = []
    asked.length = 0
    database.record(() => add('LAMP-4'))
    expect(asked.filter(sql => sql.startsWith('PRAGMA'))).toEqual([]) // it waits for the disk
    expect(seen(reader)).toBe(2)
  })

  it('is committed before what has happened is recorded, or lost without harming that', async () => {
    database.soon(() => add('LAMP-1'))
    database.record(() => add('LAMP-2'))
    expect(seen(reader)).toBe(2)
    failing = ['COMMIT']
    database.soon(() => add('LAMP-3'))
    database.record(() => add('LAMP-4'))
    expect(seen(reader)).toBe(3)
    expect(() => database.soon(() => add('LAMP-5'))).toThrow(FULL)
  })

  it('says at once when it cannot even begin', () => {
    failing = ['BEGIN']
    expect(() => database.soon(() => add('LAMP-1'))).toThrow(FULL)
  })
})
