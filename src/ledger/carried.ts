import { chunks } from '../lib/chunks.ts'
import { MaybeSet } from '../lib/maybe-set.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import { checksum } from './checksum.ts'
import { decode } from './decode.ts'
import { readPrints } from './held.ts'
import type { TargetId } from './identity.ts'
import { lines } from './outcomes.ts'
import { pack } from './packed.ts'
import type { Carried } from './past.ts'

interface Named {
  readonly key: string | null
  readonly code: string | null
}

/** Runs of a source that planned for a target and have ended, from the last one that was complete there on. */
const SINCE_COMPLETE = `WITH ended AS (SELECT run.no, lane.complete FROM run JOIN lane ON lane.run = run.no
    WHERE run.source = ? AND lane.target = ? AND run.finished_at IS NOT NULL)
  SELECT no FROM ended WHERE no >= coalesce((SELECT max(no) FROM ended WHERE complete = 1), 0) ORDER BY no`
const SOURCE = 'SELECT CAST(json_array(source) AS BLOB) AS found FROM run WHERE no = ?'
const NEXT_SPARED = 'SELECT coalesce(max(no), 0) + 1 AS no FROM spared WHERE run = ? AND target = ?'
/** Keys looked up at a time. */
const KEYS_AT_ONCE = 500
const SPARED = 'SELECT no, CAST(items AS BLOB) AS items, sum FROM spared WHERE run = ? AND target = ? ORDER BY no'

/** See `Ledger.carried`; `but`: a run that is left out. Among several runs one may be left out that seems to have come already, once in very many. */
export function* carried(database: Sqlite, source: string, target: TargetId, but = 0): Generator<Carried> {
  const told = new MaybeSet()
  for (const { no } of database.all(SINCE_COMPLETE, source, target)) {
    if (Number(no) === but) continue
    for (const { key, code } of named(database, Number(no), target)) {
      if (key !== null && code !== null && !told.add(key)) yield { key, code }
    }
    for (const item of spared(database, Number(no), target)) if (!told.add(item.key)) yield item
  }
}

/** Everything that any kept run of another source named at this target. */
export function* namedByOthers(database: Sqlite, source: string, target: TargetId): Generator<Named> {
  const sql = 'SELECT lane.run FROM lane JOIN run ON run.no = lane.run WHERE lane.target = ? AND run.source <> ?'
  for (const row of database.all(sql, target, source)) yield* named(database, Number(row.run), target)
}

/**
 * Part of the caller's transaction: the run is about to count as complete at this target. What the source has there and this run
 * neither names nor has removed is spared: somebody may need it, now.
 */
export function spareRest(database: Sqlite, run: number, target: TargetId): void {
  const namedNow = new MaybeSet()
  for (const { key } of named(database, run, target)) if (key !== null) namedNow.add(key)
  for (const items of chunks(carriedBefore(database, run, target), KEYS_AT_ONCE)) {
    const left = items.filter(({ key }) => !namedNow.has(key))
    const held = readPrints(database, target, keysOf(left))
    const spares = left.filter(({ key }) => held.has(key))
    if (spares.length > 0) writeSpared(database, run, target, spares)
  }
}

function carriedBefore(database: Sqlite, run: number, target: TargetId): Iterable<Carried> {
  return carried(database, sourceOf(database, run), target, run)
}

function writeSpared(database: Sqlite, run: number, target: TargetId, items: readonly Carried[]): void {
  const next = database.get(NEXT_SPARED, run, target)
  const no = Number(next?.no)
  const cell = pack(items.map(({ key, code }) => [key, code]))
  database.run(
    'INSERT INTO spared VALUES (?, ?, ?, ?, ?)',
    run,
    target,
    no,
    cell,
    checksum(placeOf(run, target, no), cell),
  )
}

function sourceOf(database: Sqlite, run: number): string {
  return decode<string[]>(database.get(SOURCE, run)?.found)[0] ?? ''
}

function keysOf(items: readonly Carried[]): string[] {
  return items.map(({ key }) => key)
}

/**
 * Part of the caller's transaction: the run is about to count as complete at this target, without having looked for what is to be
 * removed there. What was spared so far is not forgotten by that, unless the run has named it.
 */
export function keepSpared(database: Sqlite, run: number, target: TargetId): void {
  const source = sourceOf(database, run)
  const kept = new Map<string, Carried>()
  for (const { no } of database.all(SINCE_COMPLETE, source, target)) {
    for (const item of spared(database, Number(no), target)) kept.set(item.key, item)
  }
  if (kept.size === 0) return
  for (const { key } of named(database, run, target)) kept.delete(key ?? '')
  if (kept.size > 0) writeSpared(database, run, target, [...kept.values()])
}

function* spared(database: Sqlite, run: number, target: TargetId): Generator<Carried> {
  for (const row of database.all(SPARED, run, target)) {
    const seal = { sum: row.sum, place: placeOf(run, target, Number(row.no)) }
    for (const [key, code] of decode<[string, string][]>(row.items, seal)) yield { key, code }
  }
}

/** Keys of what a run carried (what it was to remove and did not is carried on), and codes. */
function* named(database: Sqlite, run: number, target: TargetId): Generator<Named> {
  for (const { head, result } of lines(database, run, target)) {
    if (result?.status !== 'deleted') yield { key: head.key, code: head.code }
  }
}

function placeOf(run: number, target: TargetId, no: number): string {
  return `spared ${run} ${target} ${no}`
}
