import { type openSqlite, type Sqlite, toRead } from '../lib/sqlite.ts'
import { decode } from './decode.ts'
import { isOfOnePiece } from './lineage.ts'
import { refusal, refuseVersion } from './refuse.ts'
import { RESTORE } from './unusable.ts'

/**
 * Has SQLite look at the ledger and at what is only in its WAL so far, without writing, and refuses one that is newer, damaged
 * or put together from two. What decides what is sent and removed is checked to the last page, which takes 0.1 s per 100 MB of
 * it; damage to the rest is noticed where it is read.
 */
export function inspect(file: string, open: typeof openSqlite): void {
  const database = open(toRead(file))
  try {
    // Another process may be about to close it.
    database.exec('PRAGMA busy_timeout = 5000')
    refuseVersion(file, Number(database.get('PRAGMA user_version')?.user_version))
    refuseDamaged(file, database)
    if (!isOfOnePiece(database)) {
      throw refusal(file, `does not go with ${file}-wal beside it: one of them is from another time`, RESTORE)
    }
  } finally {
    database.close()
  }
}

function refuseDamaged(file: string, database: Sqlite): void {
  const sql = `SELECT CAST(json_group_array(integrity_check) AS BLOB) AS found FROM pragma_integrity_check('held')`
  const [first] = decode<string[]>(database.get(sql)?.found)
  if (first !== 'ok') throw refusal(file, `is damaged (${first})`, RESTORE)
}
