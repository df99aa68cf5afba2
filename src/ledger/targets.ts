import type { Sqlite } from '../lib/sqlite.ts'
import type { Held } from '../model/item.ts'
import { decode } from './decode.ts'
import type { TargetId, TargetIdentity } from './ledger.ts'

export function findTarget(database: Sqlite, { name, type, origin, account }: TargetIdentity): TargetId | null {
  const where = 'name = ? AND type = ? AND origin = ? AND account = ?'
  const row = database.get(`SELECT id FROM target WHERE ${where}`, name, type, origin, account)
  return row === undefined ? null : Number(row.id)
}

/** Part of the caller's transaction. */
export function registerTarget(database: Sqlite, identity: TargetIdentity): { id: TargetId; renamed: boolean } {
  const known = findTarget(database, identity)
  if (known !== null) return { id: known, renamed: false }
  const { name, type, origin, account } = identity
  const renamed = database.get('SELECT id FROM target WHERE name = ?', name) !== undefined
  database.run('INSERT INTO target (name, type, origin, account) VALUES (?, ?, ?, ?)', name, type, origin, account)
  return { id: Number(database.get('SELECT max(id) AS id FROM target')?.id), renamed }
}

/** The targets that a run planned for. */
export function lanesOf(database: Sqlite, run: number): TargetId[] {
  return database.all('SELECT target FROM lane WHERE run = ?', run).map(row => Number(row.target))
}

/** Who the targets of a run are, in the order in which the ledger came to know them. */
export function targetsOf(database: Sqlite, run: number): (TargetIdentity & { readonly id: TargetId })[] {
  const sql = `SELECT CAST(json_group_array(json_object('id', id, 'name', name, 'type', type, 'origin', origin,
    'account', account)) AS BLOB) AS found
    FROM (SELECT target.* FROM lane JOIN target ON target.id = lane.target WHERE lane.run = ? ORDER BY target.id)`
  return decode(database.get(sql, run)?.found)
}

export function siblingsOf(database: Sqlite, target: TargetId): TargetId[] {
  const sql = `SELECT other.id FROM target AS one JOIN target AS other
    ON other.type = one.type AND other.origin = one.origin AND other.account = one.account AND other.id <> one.id
    WHERE one.id = ?`
  return database.all(sql, target).map(row => Number(row.id))
}

export function isShared(database: Sqlite, target: TargetId, { key, remoteId }: Held): boolean {
  if (remoteId === null) return false
  const all = JSON.stringify([target, ...siblingsOf(database, target)])
  const sql = `SELECT 1 FROM held WHERE target IN (SELECT value FROM json_each(?)) AND remote_id = ?
    AND NOT (target = ? AND key = ?) LIMIT 1`
  return database.get(sql, all, remoteId, target, key) !== undefined
}
