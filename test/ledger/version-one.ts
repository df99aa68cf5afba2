import { ledgerFile } from '../../src/ledger/open.ts'
import { openSqlite, type SqliteDriver } from '../../src/lib/sqlite.ts'

/** What assetsync 0.1 did not have. */
const WITHOUT = `
  ALTER TABLE page ADD COLUMN steps TEXT NOT NULL DEFAULT '';
  UPDATE page SET steps = (SELECT steps FROM content
    WHERE (content.run, content.target, content.action, content.no) = (page.run, page.target, page.action, page.no));
  DROP TABLE content;
  DROP TABLE attempt; DROP TABLE unknown; DROP TABLE history; DROP TABLE mark;
  ALTER TABLE run DROP COLUMN open_end; ALTER TABLE run DROP COLUMN print;
  ALTER TABLE held DROP COLUMN sum;
  ALTER TABLE page DROP COLUMN results_sum;
  PRAGMA user_version = 1;`

/** Makes the ledger in this folder, which is closed, one of the first version. */
export function toVersionOne(folder: string, driver: SqliteDriver): void {
  const database = openSqlite(ledgerFile(folder), driver)
  database.exec(WITHOUT)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}
