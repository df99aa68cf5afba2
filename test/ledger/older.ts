import { checksum } from '../../src/ledger/checksum.ts'
import { ledgerFile } from '../../src/ledger/open.ts'
import { type PageId, placeOf, resultsOf, stepsAt } from '../../src/ledger/pages.ts'
import { openSqlite, type Sqlite, type SqliteDriver } from '../../src/lib/sqlite.ts'
import { ACTIONS } from '../../src/model/step.ts'

/** Steps and results as plain lists in JSON, before they were packed. */
const PLAIN = `
  CREATE TABLE plain (
    run INTEGER NOT NULL REFERENCES run (no), target INTEGER NOT NULL REFERENCES target (id), action TEXT NOT NULL,
    no INTEGER NOT NULL, steps TEXT NOT NULL, steps_sum INTEGER, PRIMARY KEY (run, target, action, no)) WITHOUT ROWID`
const HELD_BY_KEY = `
  CREATE TABLE held_in_order (
    target INTEGER NOT NULL REFERENCES target (id), key TEXT NOT NULL, code TEXT NOT NULL, fingerprint TEXT, gallery TEXT NOT NULL,
    tail TEXT, remote_id TEXT, sum INTEGER, PRIMARY KEY (target, key)) WITHOUT ROWID;
  INSERT INTO held_in_order SELECT target, key, code, fingerprint, gallery, tail, remote_id, sum FROM held;
  DROP TABLE held; ALTER TABLE held_in_order RENAME TO held;
  CREATE INDEX held_remote ON held (target, remote_id) WHERE remote_id IS NOT NULL;`

/** What each version did not have yet that the next one had, the newest first. */
const WITHOUT: readonly ((database: Sqlite) => void)[] = [
  database => database.exec('DROP TABLE spared; ALTER TABLE lane DROP COLUMN complete'),
  database => database.exec('DROP TABLE record_block; DROP TABLE record_list'),
  database => {
    database.exec(PLAIN)
    for (const id of pageIds(database)) unpack(database, id)
    database.exec(`DROP TABLE content; ALTER TABLE plain RENAME TO content; ${HELD_BY_KEY}`)
  },
  database =>
    database.exec(`
      ALTER TABLE run DROP COLUMN print;
      ALTER TABLE page ADD COLUMN steps TEXT NOT NULL DEFAULT '';
      ALTER TABLE page ADD COLUMN steps_sum INTEGER;
      UPDATE page SET (steps, steps_sum) = (SELECT steps, steps_sum FROM content
        WHERE (content.run, content.target, content.action, content.no) = (page.run, page.target, page.action, page.no));
      DROP TABLE content;`),
  database =>
    database.exec(`
      DROP TABLE attempt; DROP TABLE unknown; DROP TABLE history; DROP TABLE mark;
      ALTER TABLE run DROP COLUMN open_end;
      ALTER TABLE held DROP COLUMN sum;
      ALTER TABLE page DROP COLUMN steps_sum;
      ALTER TABLE page DROP COLUMN results_sum;`),
]

/** Makes the ledger in this folder, which is closed, one of an older version. */
export function toVersion(version: 1 | 2 | 3 | 4 | 5, folder: string, driver: SqliteDriver): void {
  const database = openSqlite(ledgerFile(folder), driver)
  for (const takeAway of WITHOUT.slice(0, WITHOUT.length + 1 - version)) takeAway(database)
  database.exec(`PRAGMA user_version = ${version}; PRAGMA wal_checkpoint(TRUNCATE)`)
  database.close()
}

function pageIds(database: Sqlite): PageId[] {
  const rows = database.all('SELECT run, target, json_array(action) AS action, no FROM page')
  return rows.flatMap(row => {
    const action = ACTIONS.find(each => JSON.stringify([each]) === row.action)
    return action === undefined ? [] : [[Number(row.run), Number(row.target), action, Number(row.no)]]
  })
}

function unpack(database: Sqlite, id: PageId): void {
  const steps = JSON.stringify(stepsAt(database, id))
  database.run('INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?)', ...id, steps, checksum(placeOf(id), steps))
  const sql = 'SELECT CAST(results AS BLOB) AS results, results_sum FROM page'
  const where = 'WHERE run = ? AND target = ? AND action = ? AND no = ?'
  const row = database.get(`${sql} ${where}`, ...id)
  if (row === undefined || row.results === null) return
  const results = JSON.stringify(resultsOf({ id, row }))
  const sealed = [results, checksum(placeOf(id), results)]
  database.run(`UPDATE page SET results = ?, results_sum = ? ${where}`, ...sealed, ...id)
}
