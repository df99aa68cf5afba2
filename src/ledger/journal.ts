import { mergeSorted } from '../lib/merge.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import { plural } from '../lib/text.ts'
import type { Result } from '../model/outcome.ts'
import { type Batch, isDelete, isSend } from '../model/step.ts'
import { Attempts, lastAttempt } from './attempts.ts'
import { keepSpared, spareRest } from './carried.ts'
import type { Grouped } from './grouped.ts'
import { writeHeld } from './held.ts'
import type { Journal, TargetId } from './ledger.ts'
import { outcomes } from './outcomes.ts'
import { insertPage, type PageId, resultCells, stepPages, THIS_PAGE } from './pages.ts'
import { handOverRecords, writeRecords } from './record-lists.ts'
import { type Repeated, repeatPlan } from './repeat.ts'
import { forgetRuns } from './runs.ts'
import { lanesOf } from './targets.ts'
import { endUnknown, writeUnknown } from './unknown.ts'
import { telling } from './unusable.ts'

const BEGIN = `UPDATE page SET state = 'inflight', results = NULL, results_sum = NULL ${THIS_PAGE}`
const SETTLE = `UPDATE page SET state = 'done', results = ?, results_sum = ? ${THIS_PAGE}`
const COMPLETE = 'UPDATE lane SET complete = (SELECT whole FROM run WHERE no = ?) WHERE run = ? AND target = ?'
const FINISH = `UPDATE run SET finished_at = ?, exit_code = ?, complete = (? AND whole), products = ?, open_end = ?,
  summary = ?, print = ? WHERE no = ?`

export function journalOf(database: Grouped, run: number): Journal {
  const attempts = new Attempts(database, run)
  const begun = new Set<TargetId>()
  /** The run whose plan this one has taken over, if any. */
  let repeatedRun: string | null = null
  /** All of it or nothing, with the requests noted so far; `otherwise`: what it means when that fails. */
  const write = (otherwise: string, work: () => void, how: 'transaction' | 'record' | 'soon' = 'transaction'): void => {
    const all = () => {
      attempts.write()
      work()
    }
    telling(otherwise, () => database[how](all))
    attempts.written()
  }
  return {
    plan(target, planned) {
      write('Nothing was sent.', () => {
        database.run('INSERT OR IGNORE INTO lane (run, target) VALUES (?, ?)', run, target)
        for (const page of planned) insertPage(database, run, target, page)
      })
    },
    repeat(target, { id }) {
      let repeated: Repeated = { unchanged: 0, reject: 0, remarks: 0 }
      write('Nothing was sent.', () => {
        database.run('INSERT OR IGNORE INTO lane (run, target) VALUES (?, ?)', run, target)
        repeated = repeatPlan(database, id, run, target)
      })
      repeatedRun = id
      return repeated
    },
    *batches(target) {
      const streams = (['create', 'update'] as const).map(action => batches(database, run, target, action))
      yield* mergeSorted(streams, batch => batch.no)
    },
    *removals(target) {
      for (const { no, steps } of stepPages(database, run, target, 'delete')) {
        yield { action: 'delete', no, steps: steps.filter(isDelete) }
      }
    },
    begin(target, { action, no, steps }, safety = 'durable') {
      const otherwise = `Nothing was sent of batch ${no} (${plural(steps.length, 'item')}).`
      // The first one shows, should the run be killed, that this target was sent something at all.
      const how = safety === 'soon' && begun.has(target) ? 'soon' : 'transaction'
      write(otherwise, () => database.run(BEGIN, run, target, action, no), how)
      begun.add(target)
    },
    attempt: (target, batch, attempt) => attempts.note(target, batch?.no ?? null, attempt),
    settle(target, { action, no, steps }, results, knowledge, safety = 'durable') {
      const settled = () => {
        const id: PageId = [run, target, action, no]
        database.run(SETTLE, ...resultCells(id, results), ...id)
        writeHeld(database, target, knowledge)
        const isUnknown = results.some(({ status }) => status === 'unknown')
        const at = isUnknown ? lastAttempt(database, run, target, no) : null
        const { gone = [], settled: certain = [] } = knowledge
        writeUnknown(database, target, { run, steps, results, settled: [...gone, ...certain], at })
      }
      write(lossOf(no, results), settled, safety === 'soon' ? 'soon' : 'record')
    },
    outcomes: (target, name, which = 'all') => ({
      [Symbol.iterator]: () => outcomes(database, run, target, name, which),
    }),
    discard: () => write('Nothing was sent.', () => forgetRuns(database, [run])),
    finish({
      header,
      exitCode,
      complete,
      completeAt = [],
      pruned = false,
      products,
      summary,
      openEnd = null,
      print = null,
      records = null,
    }) {
      const isOpen = openEnd === null ? null : Number(openEnd)
      write('What became of the items is recorded, only the end of the run is not.', () => {
        database.run(FINISH, header.finishedAt, exitCode, complete ? 1 : 0, products, isOpen, summary, print, run)
        endUnknown(database, run, header.finishedAt)
        for (const target of complete ? lanesOf(database, run) : completeAt) {
          if (pruned) spareRest(database, run, target)
          else keepSpared(database, run, target)
          database.run(COMPLETE, run, run, target)
        }
        if (!complete) return
        if (records !== null) writeRecords(database, run, records)
        else if (repeatedRun !== null) handOverRecords(database, repeatedRun, run)
      })
    },
  }
}

function* batches(database: Sqlite, run: number, target: TargetId, action: 'create' | 'update'): Generator<Batch> {
  for (const { no, steps } of stepPages(database, run, target, action)) {
    yield { action, no, steps: steps.filter(isSend) }
  }
}

function lossOf(no: number, results: readonly Result[]): string {
  const items = plural(results.length, 'item')
  const sent = results.some(({ attempts }) => attempts > 0)
  return sent
    ? `Batch ${no} (${items}) was sent, but what became of it could not be recorded: the next run looks at it again.`
    : `Batch ${no} (${items}) was not sent.`
}
