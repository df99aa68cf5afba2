import type { Sqlite, SqlValue } from '../lib/sqlite.ts'
import type { Held, HeldPrint } from '../model/item.ts'
import { rowChecksum } from './checksum.ts'
import { decode } from './decode.ts'
import type { Knowledge, TargetId } from './ledger.ts'
import { damaged } from './unusable.ts'

const KEYS_PER_QUERY = 500

/** All rows in one list of lists: fetching them one by one costs several times as much. */
const SELECT = `SELECT CAST(json_group_array(json_array(sum, key, code, fingerprint, gallery, tail, remote_id)) AS BLOB) AS found
  FROM held WHERE target = ? AND key IN (SELECT value FROM json_each(?))`
const PRINTS = `SELECT CAST(json_group_array(json_array(key, code, fingerprint, remote_id)) AS BLOB) AS found
  FROM held WHERE target = ? AND key IN (SELECT value FROM json_each(?))`
/** Rows written by one statement: half of the time goes into calling, and more at once save little. */
const ROWS_AT_ONCE = 25
const upsert = (rows: number) => `INSERT INTO held (target, key, code, fingerprint, gallery, tail, remote_id, sum)
  VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
  ON CONFLICT (target, key) DO UPDATE SET code = excluded.code,
  fingerprint = excluded.fingerprint, gallery = excluded.gallery, tail = excluded.tail, remote_id = excluded.remote_id,
  sum = excluded.sum`
const UPSERT_ONE = upsert(1)
const UPSERT_MANY = upsert(ROWS_AT_ONCE)

type Row = readonly [
  sum: number | null,
  key: string,
  code: string,
  fingerprint: string | null,
  gallery: string,
  tail: string | null,
  remoteId: string | null,
]

type PrintRow = readonly [key: string, code: string, fingerprint: string | null, remoteId: string | null]

export function readHeld(database: Sqlite, target: TargetId, keys: readonly string[]): Map<string, Held> {
  const found = new Map<string, Held>()
  for (const row of select<Row>(database, SELECT, target, keys)) {
    const held = heldIn(row)
    const [sum] = row
    if (sum !== null && sum !== sumOf(target, held)) throw damaged('what it says of an item has changed')
    found.set(held.key, held)
  }
  return found
}

export function readPrints(database: Sqlite, target: TargetId, keys: readonly string[]): Map<string, HeldPrint> {
  const found = new Map<string, HeldPrint>()
  for (const [key, code, fingerprint, remoteId] of select<PrintRow>(database, PRINTS, target, keys)) {
    found.set(key, { code, fingerprint, remoteId })
  }
  return found
}

function* select<T>(database: Sqlite, sql: string, target: TargetId, keys: readonly string[]): Generator<T> {
  for (let start = 0; start < keys.length; start += KEYS_PER_QUERY) {
    const wanted = JSON.stringify(keys.slice(start, start + KEYS_PER_QUERY))
    yield* decode<T[]>(database.get(sql, target, wanted)?.found)
  }
}

function heldIn([, key, code, fingerprint, gallery, tail, remoteId]: Row): Held {
  return { key, code, fingerprint, gallery: parsed(gallery), tail: tail === null ? [] : parsed(tail), remoteId }
}

function parsed<T>(text: string): T {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged('a text in it cannot be read any more', error)
  }
}

/** Part of the caller's transaction. */
export function writeHeld(database: Sqlite, target: TargetId, { holds, doubts, gone = [] }: Knowledge): void {
  for (const key of gone) database.run('DELETE FROM held WHERE target = ? AND key = ?', target, key)
  const all = [...holds, ...doubts]
  const whole = all.length - (all.length % ROWS_AT_ONCE)
  for (let start = 0; start < whole; start += ROWS_AT_ONCE) {
    database.run(UPSERT_MANY, ...valuesOf(target, all.slice(start, start + ROWS_AT_ONCE)))
  }
  for (const held of all.slice(whole)) database.run(UPSERT_ONE, ...valuesOf(target, [held]))
}

/** The values of these rows, one after the other. */
function valuesOf(target: TargetId, rows: readonly Held[]): SqlValue[] {
  const values: SqlValue[] = []
  for (const held of rows) {
    const { key, code, fingerprint, gallery, tail, remoteId } = held
    const tailText = tail.length === 0 ? null : JSON.stringify(tail)
    values.push(target, key, code, fingerprint, JSON.stringify(gallery), tailText, remoteId, sumOf(target, held))
  }
  return values
}

function sumOf(target: TargetId, { key, code, fingerprint, gallery, tail, remoteId }: Held): number {
  const ranked = tail.flatMap(({ rank, url }) => [rank, url])
  return rowChecksum([target, key, code, fingerprint, remoteId, ...gallery, ...ranked])
}
