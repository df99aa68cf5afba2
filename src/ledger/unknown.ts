import type { Sqlite } from '../lib/sqlite.ts'
import type { Result } from '../model/outcome.ts'
import type { DeleteStep, SendStep } from '../model/step.ts'
import { checksum } from './checksum.ts'
import { decode } from './decode.ts'
import type { TargetId } from './identity.ts'
import type { UnknownItem } from './ledger.ts'
import { damaged } from './unusable.ts'

const SENT = `INSERT OR REPLACE INTO unknown (target, key, run, at, step, message, sum)
  SELECT ?, ?, id, ?, ?, ?, ? FROM run WHERE no = ?`
/** The item was only looked for, or not even that, so the last attempt at it is the one before. */
const LOOKED_FOR = SENT.replace('OR REPLACE', 'OR IGNORE')
/** Nearly always there is none. */
const ANY = 'SELECT 1 FROM unknown WHERE target = ? LIMIT 1'
const FORGET = 'DELETE FROM unknown WHERE target = ? AND key IN (SELECT value FROM json_each(?))'
const ITEMS_AT_ONCE = 100
const KEYS_PER_QUERY = 500
const END = 'UPDATE unknown SET at = ? WHERE at IS NULL AND run = (SELECT id FROM run WHERE no = ?)'
const AT = 'coalesce(at, (SELECT started_at FROM run WHERE id = unknown.run))'
const FIELDS = `'key', key, 'step', json(step), 'run', run, 'attemptedAt', ${AT}, 'message', message, 'sum', sum`
const NEXT = `SELECT CAST(json_group_array(json(item)) AS BLOB) AS found FROM (SELECT json_object(${FIELDS}) AS item
  FROM unknown WHERE target = ? AND key > ? ORDER BY key LIMIT ${ITEMS_AT_ONCE})`
const AMONG = `SELECT CAST(json_group_array(json(item)) AS BLOB) AS found FROM (SELECT json_object(${FIELDS}) AS item
  FROM unknown WHERE target = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY key)`

/** One batch, as it was settled. */
export interface SettledBatch {
  /** Number of the run in the ledger. */
  readonly run: number
  readonly steps: readonly (SendStep | DeleteStep)[]
  readonly results: readonly Result[]
  /** Keys of which it is certain otherwise. */
  readonly settled: readonly string[]
  /** When its last request was started; null: not noted. */
  readonly at: string | null
}

/** Part of the caller's transaction. */
export function writeUnknown(
  database: Sqlite,
  target: TargetId,
  { run, steps, results, settled, at }: SettledBatch,
): void {
  if (database.get(ANY, target) !== undefined) {
    const known = steps.filter((step, index) => isKnown(step, results[index])).map(({ item }) => item.key)
    database.run(FORGET, target, JSON.stringify([...known, ...settled]))
  }
  for (const [index, step] of steps.entries()) {
    const result = results[index]
    if (result?.status !== 'unknown') continue
    const text = JSON.stringify(step)
    const sum = checksum(placeOf(target, step.item.key), text)
    const isSent = step.item.mayArrive !== true && result.attempts > 0
    database.run(isSent ? SENT : LOOKED_FOR, target, step.item.key, at, text, result.message, sum, run)
  }
}

/**
 * Does the outcome end what was unknown of the item before? A failure does when it was sent again, which nobody does while the
 * request before may still arrive.
 */
function isKnown({ action, item }: SendStep | DeleteStep, result: Result | undefined): boolean {
  switch (result?.status) {
    case 'created':
    case 'updated':
    case 'accepted':
    case 'deleted':
      return true
    case 'failed':
      return result.attempts > 0 && action !== 'delete' && item.mayArrive !== true
    default:
      return false
  }
}

/** Part of the transaction that ends a run: none of its requests was started later. */
export function endUnknown(database: Sqlite, run: number, at: string): void {
  database.run(END, at, run)
}

/** All of a target, by key. */
export function* readUnknown(database: Sqlite, target: TargetId): Generator<UnknownItem> {
  for (let last: string | undefined = ''; last !== undefined; ) {
    const rows: Row[] = decode(database.get(NEXT, target, last)?.found)
    for (const row of rows) yield itemOf(row, target)
    last = rows.at(-1)?.key
  }
}

export function* unknownAmong(database: Sqlite, target: TargetId, keys: readonly string[]): Generator<UnknownItem> {
  for (let start = 0; start < keys.length; start += KEYS_PER_QUERY) {
    const wanted = JSON.stringify(keys.slice(start, start + KEYS_PER_QUERY))
    for (const row of decode<Row[]>(database.get(AMONG, target, wanted)?.found)) yield itemOf(row, target)
  }
}

interface Row extends UnknownItem {
  readonly key: string
  readonly sum: number | null
}

function itemOf({ key, sum, ...item }: Row, target: TargetId): UnknownItem {
  const fits = sum === null || sum === checksum(placeOf(target, key), JSON.stringify(item.step))
  if (!fits) throw damaged('what was sent of an item has changed')
  return item
}

function placeOf(target: TargetId, key: string): string {
  return `unknown\0${target}\0${key}`
}
