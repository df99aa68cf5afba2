import { RecordList } from '../lib/record-list.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import type { UnchangedStep } from '../model/step.ts'
import { checksum } from './checksum.ts'
import { bytesOf } from './decode.ts'
import type { TargetId } from './identity.ts'
import { headsOf, isPageIntact, pages, resultsOf } from './pages.ts'
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

const LIST = `SELECT run.no AS no, record_list.id AS id, CAST(header AS BLOB) AS header, steps, sum
  FROM run JOIN record_list ON record_list.run = run.no WHERE record_list.print = ? AND ${OF_LAST_RUN}`
const INSERT = 'INSERT INTO record_list (run, print, header, steps, sum) VALUES (?, ?, ?, ?, ?)'
const BLOCK = `SELECT CAST(digests AS BLOB) AS digests, CAST(codes AS BLOB) AS codes, CAST(images AS BLOB) AS images, sum FROM record_block
  WHERE list = ? AND no = ?`
/** Those of other runs for the same targets are of no use any more. */
const OLDER = `SELECT id FROM record_list WHERE run IN
  (SELECT run FROM lane WHERE target IN (SELECT target FROM lane WHERE run = ?))`
const STEPS = `SELECT coalesce(sum(items), 0) AS steps FROM page JOIN content USING (run, target, action, no)
  WHERE run = ? AND action <> 'reject'`
const PLANNED = ['create', 'update', 'unchanged'] as const

/** See `Ledger.lastRecords`. What is damaged, be it the list or the journal of its run, is as good as none: then everything is compared. */
export function lastRecords(database: Sqlite, print: string, targets: readonly TargetId[]): LastRecords | null {
  const ids = sortedIds(targets)
  const row = database.get(LIST, print, ids, ids, ids)
  if (row === undefined) return null
  const run = Number(row.no)
  const header = bytesOf(row.header).toString('utf8')
  const steps = Number(row.steps)
  if (Number(row.sum) !== listSum({ run, print, header, steps })) return null
  if (stepsOf(database, run) !== steps || !targets.every(target => isIntact(database, run, target))) return null
  const list = readList(database, Number(row.id))
  if (list === null) return null
  return { header, list, steps: target => ({ [Symbol.iterator]: () => unchangedSteps(database, run, target) }) }
}

/** Part of the caller's transaction, when everything of the run is settled. What a target did not take as it was is not kept. */
export function writeRecords(database: Sqlite, run: number, { print, header, list }: FeedRecords): void {
  for (const { target } of database.all('SELECT target FROM lane WHERE run = ?', run)) {
    forgetTroubles(database, run, Number(target), list)
  }
  for (const { id } of database.all(OLDER, run)) forgetList(database, Number(id))
  const steps = stepsOf(database, run)
  database.run(INSERT, run, print, header, steps, listSum({ run, print, header, steps }))
  const id = Number(database.get('SELECT id FROM record_list WHERE run = ?', run)?.id)
  for (const [no, { digests, codes, images }] of list.blocks.entries()) {
    const cells = [digests, codes, images].map(bytesIn)
    database.run('INSERT INTO record_block VALUES (?, ?, ?, ?, ?, ?)', id, no, ...cells, blockSum(id, no, cells))
  }
}

/** Part of the caller's transaction, when the run is over: one that repeats another one knows what that one knew. */
export function handOverRecords(database: Sqlite, from: string, run: number): void {
  const sql = `SELECT record_list.id AS id, run.no AS no, CAST(record_list.print AS BLOB) AS print, CAST(header AS BLOB) AS header, steps, sum
    FROM record_list JOIN run ON run.no = record_list.run WHERE run.id = ?`
  const row = database.get(sql, from)
  if (row === undefined) return
  const [print, header] = [bytesOf(row.print).toString('utf8'), bytesOf(row.header).toString('utf8')]
  if (Number(row.sum) !== listSum({ run: Number(row.no), print, header, steps: Number(row.steps) })) return
  const steps = stepsOf(database, run)
  const cells = [run, print, header, steps, listSum({ run, print, header, steps })] as const
  database.run(
    'UPDATE record_list SET run = ?, print = ?, header = ?, steps = ?, sum = ? WHERE id = ?',
    ...cells,
    Number(row.id),
  )
}

/**
 * Part of the caller's transaction: these runs are about to be forgotten, so that an older one would seem to be the last of their
 * targets, which it was not.
 */
export function outdateOlder(database: Sqlite, runs: readonly number[]): void {
  const older = `SELECT older.run FROM lane AS older JOIN lane AS gone ON gone.target = older.target AND older.run < gone.run
    WHERE gone.run IN (SELECT value FROM json_each(?))`
  const gone = JSON.stringify(runs)
  database.run(`UPDATE run SET print = NULL WHERE no IN (${older})`, gone)
  const lists = database.all(`SELECT id FROM record_list WHERE run IN (${older})`, gone)
  for (const { id } of lists) forgetList(database, Number(id))
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
    if (Number(row.sum) !== blockSum(id, no, [digests, codes, images])) return null
    blocks.push({
      digests: new Float64Array(copyOf(digests)),
      codes: new Float64Array(copyOf(codes)),
      images: new Uint16Array(copyOf(images)),
    })
  }
}

function blockSum(id: number, no: number, cells: readonly Uint8Array[]): number {
  return cells.reduce((sum, bytes) => checksum(String(sum), bytes), checksum(`${id}`, `${no}`))
}

function listSum({ run, print, header, steps }: Omit<FeedRecords, 'list'> & { run: number; steps: number }): number {
  return checksum(`${run} ${steps}`, JSON.stringify([print, header]))
}

/** How many steps the journal of the run has, without those that were rejected. */
function stepsOf(database: Sqlite, run: number): number {
  return Number(database.get(STEPS, run)?.steps)
}

/** All that will be read of it is as it was written. */
function isIntact(database: Sqlite, run: number, target: TargetId): boolean {
  return PLANNED.every(action => {
    for (const page of pages(database, run, target, action)) if (!isPageIntact(page)) return false
    return true
  })
}

function bytesIn({ buffer, byteOffset, byteLength }: Float64Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** At an address of its own, as numbers must begin at a multiple of their size. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}
