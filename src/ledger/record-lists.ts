import { RecordList } from '../lib/record-list.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import type { UnchangedStep } from '../model/step.ts'
import { checksum } from './checksum.ts'
import { bytesOf, decode } from './decode.ts'
import type { TargetId } from './identity.ts'
import { headsOf, pages, resultsOf } from './pages.ts'
import { isWell, OF_LAST_RUN, sortedIds } from './same.ts'
import { unchangedSteps } from './unchanged.ts'

/** What a run knew of the records of its feed. */
export interface FeedRecords {
  /** What its plan followed from, besides the ledger and the feed. */
  readonly print: string
  /** What the bytes of a record mean by. */
  readonly header: string
  /** By `seq`: records that came to nothing but one product. */
  readonly list: RecordList
}

/** What the last run knew of the records of its feed, and what came of them. */
export interface LastRecords extends Pick<FeedRecords, 'header' | 'list'> {
  /** What that run sent to the target, or found there already, as steps of a run in which it is unchanged. In the order of the feed. */
  steps(target: TargetId): Iterable<UnchangedStep>
}

const LIST = `SELECT run.no AS no, CAST(json_array(record_list.id, header) AS BLOB) AS found
  FROM run JOIN record_list ON record_list.run = run.no WHERE record_list.print = ? AND ${OF_LAST_RUN}`
const BLOCK = `SELECT CAST(digests AS BLOB) AS digests, CAST(codes AS BLOB) AS codes, CAST(images AS BLOB) AS images, sum FROM record_block
  WHERE list = ? AND no = ?`
/** Those of other runs for the same targets are of no use any more. */
const OLDER = `SELECT id FROM record_list WHERE run IN
  (SELECT run FROM lane WHERE target IN (SELECT target FROM lane WHERE run = ?))`

/** See `Ledger.lastRecords`. A list that is damaged is as good as none. */
export function lastRecords(database: Sqlite, print: string, targets: readonly TargetId[]): LastRecords | null {
  const ids = sortedIds(targets)
  const row = database.get(LIST, print, ids, ids, ids)
  if (row === undefined) return null
  const [id, header] = decode<[number, string]>(row.found)
  const list = readList(database, id)
  if (list === null) return null
  const run = Number(row.no)
  return { header, list, steps: target => ({ [Symbol.iterator]: () => unchangedSteps(database, run, target) }) }
}

/** Part of the caller's transaction, when everything of the run is settled. What a target did not take as it was is not kept. */
export function writeRecords(database: Sqlite, run: number, { print, header, list }: FeedRecords): void {
  for (const { target } of database.all('SELECT target FROM lane WHERE run = ?', run)) {
    forgetTroubles(database, run, Number(target), list)
  }
  for (const { id } of database.all(OLDER, run)) forgetList(database, Number(id))
  database.run('INSERT INTO record_list (run, print, header) VALUES (?, ?, ?)', run, print, header)
  const id = Number(database.get('SELECT id FROM record_list WHERE run = ?', run)?.id)
  for (const [no, { digests, codes, images }] of list.blocks.entries()) {
    const cells = [digests, codes, images].map(bytesIn)
    database.run('INSERT INTO record_block VALUES (?, ?, ?, ?, ?, ?)', id, no, ...cells, sumOf(id, no, cells))
  }
}

/** Part of the caller's transaction: a run that repeats another one knows what that one knew. */
export function handOverRecords(database: Sqlite, from: number, run: number): void {
  database.run('UPDATE record_list SET run = ? WHERE run = ?', run, from)
}

/** Part of the caller's transaction. */
export function forgetRecords(database: Sqlite, runs: readonly number[]): void {
  const sql = 'SELECT id FROM record_list WHERE run IN (SELECT value FROM json_each(?))'
  for (const { id } of database.all(sql, JSON.stringify(runs))) forgetList(database, Number(id))
}

function forgetList(database: Sqlite, id: number): void {
  database.run('DELETE FROM record_block WHERE list = ?', id)
  database.run('DELETE FROM record_list WHERE id = ?', id)
}

/** Records of which something was rejected at this target, or not taken as it was. */
function forgetTroubles(database: Sqlite, run: number, target: TargetId, list: RecordList): void {
  for (const action of ['create', 'update', 'reject'] as const) {
    for (const page of pages(database, run, target, action)) {
      const results = resultsOf(page)
      if (results.length > 0 && results.every(isWell)) continue
      for (const [at, { seq }] of headsOf(page).entries()) {
        const result = results[at]
        if (result === undefined || !isWell(result)) list.forget(Math.floor(seq))
      }
    }
  }
}

function readList(database: Sqlite, id: number): RecordList | null {
  const blocks = []
  for (let no = 0; ; no++) {
    const row = database.get(BLOCK, id, no)
    if (row === undefined) return new RecordList(blocks)
    const [digests, codes, images] = [bytesOf(row.digests), bytesOf(row.codes), bytesOf(row.images)]
    if (Number(row.sum) !== sumOf(id, no, [digests, codes, images])) return null
    blocks.push({
      digests: new Float64Array(copyOf(digests)),
      codes: new Float64Array(copyOf(codes)),
      images: new Uint16Array(copyOf(images)),
    })
  }
}

function sumOf(id: number, no: number, cells: readonly Uint8Array[]): number {
  return cells.reduce((sum, bytes) => checksum(String(sum), bytes), checksum(`${id}`, `${no}`))
}

function bytesIn({ buffer, byteOffset, byteLength }: Float64Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** At an address of its own, as numbers must begin at a multiple of their size. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}
