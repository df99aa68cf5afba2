import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { randomHex } from '../lib/hash.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import { syncFolder } from './folder.ts'
import { SCHEMA, SCHEMA_VERSION } from './schema.ts'

/**
 * Brings an older ledger to the version of now: all of it or nothing. The ledger as it was stays beside it as
 * `ledger.db.v1-backup`, for an older assetsync and for second thoughts; a later one of the same name replaces it.
 */
export function migrate(database: Sqlite, file: string): void {
  const version = versionOf(database)
  if (version === SCHEMA_VERSION) return
  const backup = `${file}.v${version}-backup`
  const draft = `${backup}.${randomHex(4)}.new`
  try {
    copyTo(draft, database)
    database.transaction(() => {
      // Another process, such as `plan`, may have been quicker.
      if (versionOf(database) !== version) return
      upgrade(database, version)
      renameSync(draft, backup)
      removeDrafts(backup)
      syncFolder(dirname(file))
    })
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Part of the caller's transaction. */
export function upgrade(database: Sqlite, version: number): void {
  for (const step of SCHEMA.slice(version)) database.exec(step)
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
}

function versionOf(database: Sqlite): number {
  return Number(database.get('PRAGMA user_version')?.user_version)
}

/** With what is only in the WAL so far. SQLite fills an empty file, and leaves it to the system when that is on disk. */
function copyTo(copy: string, database: Sqlite): void {
  const fd = openSync(copy, 'wx', 0o600)
  try {
    database.run('VACUUM INTO ?', copy)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** What killed processes left. One that is still at it will find that there is nothing left to do. */
function removeDrafts(backup: string): void {
  const folder = dirname(backup)
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${basename(backup)}.`)) rmSync(join(folder, name), { force: true })
  }
}
