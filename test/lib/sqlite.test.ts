import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failureOf, openSqlite, type Sqlite, toRead } from '../../src/lib/sqlite.ts'
import { DRIVERS } from './drivers.ts'
import { folders } from './folder.ts'

const newFolder = folders()

function lamps(database: Sqlite): Sqlite {
  database.exec('CREATE TABLE lamp (code TEXT PRIMARY KEY, price, picture) WITHOUT ROWID')
  return database
}

function errorOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe.each(DRIVERS)('SQLite through %s', driver => {
  const open = () => lamps(openSqlite(':memory:', driver))

  it('gives rows back as they were written', () => {
    const database = open()
    database.run('INSERT INTO lamp VALUES (?, ?, ?)', '007', 1.5, '')
    database.run('INSERT INTO lamp VALUES (?, ?, ?)', '__proto__', 9007199254740991, null)
    expect(database.all('SELECT * FROM lamp ORDER BY code').map(row => ({ ...row }))).toEqual([
      { code: '007', price: 1.5, picture: '' },
      { code: '__proto__', price: 9007199254740991, picture: null },
    ])
    database.close()
  })

  it('gives the columns that were asked for and nothing else, for one row as for all', () => {
    const database = open()
    database.run('INSERT INTO lamp (code) VALUES (?)', 'A1')
    expect({ ...database.get('SELECT code FROM lamp') }).toEqual({ code: 'A1' })
    expect(database.all('SELECT code FROM lamp').map(row => ({ ...row }))).toEqual([{ code: 'A1' }])
    database.close()
  })

  it('gives undefined for no row and an empty list for no rows', () => {
    const database = open()
    expect(database.get('SELECT * FROM lamp WHERE code = ?', 'A1')).toBeUndefined()
    expect(database.all('SELECT * FROM lamp')).toEqual([])
    database.close()
  })

  it('takes a single value of every kind', () => {
    const database = open()
    database.run('INSERT INTO lamp (code) VALUES (?)', 'A1')
    const written = ['x', 0, 1.5, -1, null].map(value => {
      database.run('UPDATE lamp SET price = ?', value)
      return database.get('SELECT price FROM lamp')?.price
    })
    expect(written).toEqual(['x', 0, 1.5, -1, null])
    database.close()
  })

  it('compares texts letter by letter', () => {
    const database = open()
    const codes = ['007', '07', '7', 'A1', 'a1', 'Ä1', ' A1', 'Été', 'Ete\u0301', '💡', '', "'; DROP TABLE lamp; --"]
    for (const code of codes) database.run('INSERT INTO lamp (code) VALUES (?)', code)
    expect(codes.map(code => database.all('SELECT code FROM lamp WHERE code = ?', code).length)).toEqual(
      codes.map(() => 1),
    )
    database.close()
  })

  it('gives many rows, also when their number is a round one', () => {
    const database = open()
    for (let count = 0; count < 200; count++) database.run('INSERT INTO lamp (code) VALUES (?)', `LAMP-${count}`)
    for (const limit of [99, 100, 101, 200]) {
      expect(database.all('SELECT code FROM lamp LIMIT ?', limit)).toHaveLength(limit)
    }
    database.close()
  })

  it('keeps all of a transaction or nothing of it', () => {
    const database = open()
    const insert = (code: string) => database.run('INSERT INTO lamp (code) VALUES (?)', code)
    const count = () => database.get('SELECT count(*) AS count FROM lamp')?.count
    expect(
      database.transaction(() => {
        insert('A1')
        return 'done'
      }),
    ).toBe('done')
    expect(() =>
      database.transaction(() => {
        insert('A2')
        throw new Error('half way')
      }),
    ).toThrow('half way')
    expect(() =>
      database.transaction(() => {
        insert('A3')
        insert('A1')
      }),
    ).toThrow('UNIQUE')
    expect(count()).toBe(1)
    database.transaction(() => insert('A4'))
    expect(count()).toBe(2)
    database.close()
  })

  it('tells the first error when SQLite has rolled back by itself', () => {
    const database = openSqlite(join(newFolder(), 'lamps.db'), driver)
    lamps(database).exec('PRAGMA max_page_count = 4')
    const fill = () => database.run('INSERT INTO lamp VALUES (?, ?, ?)', 'A1', 'x'.repeat(100_000), null)
    expect(() => database.transaction(fill)).toThrow('full')
    expect(database.all('SELECT * FROM lamp')).toEqual([])
    database.close()
  })

  it('says when another connection holds the lock', () => {
    const file = join(newFolder(), 'lamps.db')
    const [first, second] = [openSqlite(file, driver), openSqlite(file, driver)]
    first.exec('BEGIN EXCLUSIVE')
    expect(failureOf(errorOf(() => second.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')))).toBe('busy')
    first.exec('ROLLBACK')
    second.exec('BEGIN EXCLUSIVE; ROLLBACK')
    expect(failureOf(errorOf(() => second.exec('SELEC')))).toBe(null)
    first.close()
    second.close()
  })

  it('says so too when a reader stands in the way of a change to what it has read', () => {
    const file = join(newFolder(), 'lamps.db')
    const [first, second] = [lamps(openSqlite(file, driver)), openSqlite(file, driver)]
    first.exec('PRAGMA journal_mode = WAL')
    second.exec('PRAGMA busy_timeout = 0; BEGIN; SELECT * FROM lamp')
    second.all('SELECT * FROM lamp')
    first.run('INSERT INTO lamp (code) VALUES (?)', 'A1')
    expect(failureOf(errorOf(() => second.run('INSERT INTO lamp (code) VALUES (?)', 'A2')))).toBe('busy')
    first.close()
    second.close()
  })

  it('says what stands behind other errors', () => {
    const folder = newFolder()
    const file = join(folder, 'lamps.db')
    const database = openSqlite(file, driver)
    lamps(database).exec('PRAGMA max_page_count = 4')
    const text = join(folder, 'lamps.txt')
    writeFileSync(text, 'sku,image\n'.repeat(99))
    const open = (path: string) => openSqlite(path, driver)
    const causes = {
      full: () => database.run('INSERT INTO lamp VALUES (?, ?, ?)', 'A1', 'x'.repeat(100_000), null),
      damaged: () => open(text).all('SELECT * FROM lamp'),
      readonly: () => open(toRead(file)).exec('CREATE TABLE sofa (code)'),
      unopenable: () => open(join(folder, 'no such folder', 'lamps.db')).all('SELECT 1'),
    }
    const found = Object.entries(causes).map(([name, cause]) => [name, failureOf(errorOf(cause))])
    expect(found).toEqual(Object.keys(causes).map(name => [name, name]))
    database.close()
  })

  it('reads a file with what is only in its WAL, and leaves both as they are, also when it is closed', () => {
    const file = join(newFolder(), 'lamps #1.db')
    const writer = lamps(openSqlite(file, driver))
    writer.exec('PRAGMA journal_mode = WAL')
    writer.run('INSERT INTO lamp (code) VALUES (?)', 'A1')
    const copy = join(newFolder(), 'lamps 100%.db')
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix)
    writer.close()
    const bytes = () => ['', '-wal'].map(suffix => readFileSync(copy + suffix, 'base64'))
    const before = bytes()
    const reader = openSqlite(toRead(copy), driver)
    expect(reader.get('SELECT code FROM lamp')?.code).toBe('A1')
    reader.close()
    expect(bytes()).toEqual(before)
  })

  it('can be read by the other driver', () => {
    const file = join(newFolder(), 'lamps.db')
    const written = lamps(openSqlite(file, driver))
    written.run('INSERT INTO lamp (code) VALUES (?)', 'A1')
    written.close()
    for (const other of DRIVERS) {
      const database = openSqlite(file, other)
      expect(database.get('SELECT code FROM lamp')?.code).toBe('A1')
      database.close()
    }
  })
})

describe('a failure', () => {
  it.each([
    [{ code: 'SQLITE_BUSY', rawCode: 5 }, 'busy'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 5 }, 'busy'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 517 }, 'busy'],
    [{ code: 'UNKNOWN_SQLITE_ERROR_1544', rawCode: 1544 }, 'readonly'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 11 }, 'damaged'],
    [{ code: 'SQLITE_NOTADB', rawCode: 26 }, 'damaged'],
    [{ code: 'SQLITE_IOERR', rawCode: 778 }, 'io'],
    [{ code: 'SQLITE_ERROR', rawCode: 1 }, null],
    [new Error('ConnectionFailed("Unable to open connection to local database lamps.db: 14")'), 'unopenable'],
    [new Error('x: 14'), null],
    [null, null],
    ['SQLITE_BUSY', null],
  ])('of %j is %j', (error, expected) => {
    expect(failureOf(error)).toBe(expected)
  })
})
