import type { Sqlite } from '../lib/sqlite.ts'
import type { Result } from '../model/outcome.ts'
import { type Action, type DeleteStep, isDelete, isSend, type SendStep, type Step } from '../model/step.ts'
import type { TargetId } from './identity.ts'
import { lines } from './outcomes.ts'
import { stepsAt } from './pages.ts'
import { unknownAmong } from './unknown.ts'

/** Items that are compared with later runs at a time, so that a run that did nothing at all fits into memory. */
const ITEMS_AT_ONCE = 20_000

interface Open {
  readonly step: SendStep | DeleteStep
  readonly result: Result
}

/** What failed or was skipped in a run, and nobody has named since: what a later feed says of an item is newer. */
export function* retryable(database: Sqlite, run: number, target: TargetId): Generator<Open> {
  const sql = 'SELECT run FROM lane WHERE target = ? AND run > ? ORDER BY run DESC'
  const later = database.all(sql, target, run).map(row => Number(row.run))
  for (const open of chunks(openOf(database, run, target))) {
    for (const { step } of unknownAmong(database, target, [...open.keys()])) open.delete(step.item.key)
    for (const other of later) {
      for (const { head } of lines(database, other, target)) open.delete(head.key ?? '')
    }
    yield* open.values()
  }
}

function* openOf(database: Sqlite, run: number, target: TargetId): Generator<Open> {
  const open = new Map<Action, { readonly no: number; readonly steps: readonly Step[] }>()
  for (const { head, no, at, result } of lines(database, run, target)) {
    if (result === null || (result.status !== 'failed' && result.status !== 'skipped')) continue
    const { action } = head
    if (open.get(action)?.no !== no) open.set(action, { no, steps: stepsAt(database, [run, target, action, no]) })
    const step = open.get(action)?.steps[at]
    if (step !== undefined && (isSend(step) || isDelete(step))) yield { step, result }
  }
}

function* chunks(all: Iterable<Open>): Generator<Map<string, Open>> {
  let chunk = new Map<string, Open>()
  for (const open of all) {
    chunk.set(open.step.item.key, open)
    if (chunk.size < ITEMS_AT_ONCE) continue
    yield chunk
    chunk = new Map()
  }
  yield chunk
}
