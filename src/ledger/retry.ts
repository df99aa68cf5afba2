import type { Sqlite } from '../lib/sqlite.ts'
import { type Action, isDelete, isSend, type Step } from '../model/step.ts'
import type { TargetId } from './identity.ts'
import { type Line, lines } from './outcomes.ts'
import { stepsAt } from './pages.ts'
import type { Left } from './past.ts'
import { unknownAmong } from './unknown.ts'

/** Items that are compared with later runs at a time, so that a run that did nothing at all fits into memory. */
const ITEMS_AT_ONCE = 20_000

const LATER = `SELECT run.no, command = 'push' AS is_push FROM lane JOIN run ON run.no = lane.run
  WHERE lane.target = ? AND run.no > ? ORDER BY run.no DESC`
const COMPLETE_SINCE = `SELECT 1 FROM lane JOIN run ON run.no = lane.run WHERE run.no > ? AND lane.target = ? AND lane.complete = 1
  AND run.source = (SELECT source FROM run WHERE no = ?) LIMIT 1`

/** What failed or was skipped in a run, and is not out of date: what a later feed says of an item is newer. */
export function* retryable(database: Sqlite, run: number, target: TargetId): Generator<Left> {
  const later = database.all(LATER, target, run)
  // Whatever a complete run of the source did not name, the source has no more, and what is to be removed that run has looked at.
  if (database.get(COMPLETE_SINCE, run, target, run) !== undefined) return
  for (const open of chunks(openOf(database, run, target))) {
    for (const { step } of unknownAmong(database, target, [...open.keys()])) open.delete(step.item.key)
    for (const { no, is_push } of later) supersede(open, lines(database, Number(no), target), Number(is_push) === 1)
    yield* open.values()
  }
}

/**
 * What the later run named takes its place. A push names all of a product: where each image of one has a key of its own, those that
 * it does not name are not wanted any more, and what was to be removed of it is for the next push with --prune to find out. A retry
 * names only what was left.
 */
function supersede(open: Map<string, Left>, later: Iterable<Line>, isPush: boolean): void {
  const keys = new Map<string, string[]>()
  for (const [key, { step }] of open) {
    if (isPush) keys.set(step.item.code, [...(keys.get(step.item.code) ?? []), key])
  }
  for (const { head } of later) {
    open.delete(head.key ?? '')
    for (const key of keys.get(head.code ?? '') ?? []) open.delete(key)
  }
}

function* openOf(database: Sqlite, run: number, target: TargetId): Generator<Left> {
  const open = new Map<Action, { readonly no: number; readonly steps: readonly Step[] }>()
  for (const { head, no, at, result } of lines(database, run, target)) {
    if (result === null || (result.status !== 'failed' && result.status !== 'skipped')) continue
    const { action } = head
    if (open.get(action)?.no !== no) open.set(action, { no, steps: stepsAt(database, [run, target, action, no]) })
    const step = open.get(action)?.steps[at]
    if (step !== undefined && (isSend(step) || isDelete(step))) yield { step, result }
  }
}

function* chunks(all: Iterable<Left>): Generator<Map<string, Left>> {
  let chunk = new Map<string, Left>()
  for (const open of all) {
    chunk.set(open.step.item.key, open)
    if (chunk.size < ITEMS_AT_ONCE) continue
    yield chunk
    chunk = new Map()
  }
  yield chunk
}
