import { mergeSorted } from '../lib/merge.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import type { Outcome, Result } from '../model/outcome.ts'
import { ACTIONS, type Action, type Batch, type DeleteStep, type SendStep, type Step } from '../model/step.ts'
import { decode, decodeSteps } from './decode.ts'
import { writeHeld } from './held.ts'
import type { Journal, TargetId } from './ledger.ts'

const INSERT = 'INSERT INTO page (run, target, action, no, state, steps) VALUES (?, ?, ?, ?, ?, ?)'
const NEXT_PAGE =
  'SELECT no, CAST(steps AS BLOB) AS steps, CAST(results AS BLOB) AS results FROM page WHERE run = ? AND target = ? AND action = ? AND no > ? ORDER BY no LIMIT 1'
const SET_STATE = 'UPDATE page SET state = ?, results = ? WHERE run = ? AND target = ? AND action = ? AND no = ?'

export function journalOf(database: Sqlite, run: number): Journal {
  return {
    plan(target, pages) {
      database.transaction(() => {
        database.run('INSERT OR IGNORE INTO lane (run, target) VALUES (?, ?)', run, target)
        for (const { action, no, steps } of pages) {
          const state = action === 'unchanged' || action === 'reject' ? 'done' : 'planned'
          database.run(INSERT, run, target, action, no, state, JSON.stringify(steps))
        }
      })
    },
    *batches(target) {
      const streams = (['create', 'update'] as const).map(action => batches(database, run, target, action))
      yield* mergeSorted(streams, batch => batch.no)
    },
    *removals(target) {
      for (const { no, steps } of pages(database, run, target, 'delete')) {
        yield { action: 'delete', no, steps: decodeSteps<DeleteStep>(steps) }
      }
    },
    begin(target, { action, no }) {
      database.run(SET_STATE, 'inflight', null, run, target, action, no)
    },
    settle(target, { action, no }, results, knowledge) {
      database.transaction(() => {
        database.run(SET_STATE, 'done', JSON.stringify(results), run, target, action, no)
        writeHeld(database, target, knowledge)
      })
    },
    outcomes: (target, name) => ({ [Symbol.iterator]: () => outcomes(database, run, target, name) }),
    finish({ header, exitCode, complete, products, summary }) {
      database.run(
        'UPDATE run SET finished_at = ?, exit_code = ?, complete = (? AND whole), products = ?, summary = ? WHERE no = ?',
        ...[header.finishedAt, exitCode, complete ? 1 : 0, products, summary, run],
      )
    },
  }
}

function* batches(database: Sqlite, run: number, target: TargetId, action: 'create' | 'update'): Generator<Batch> {
  for (const { no, steps } of pages(database, run, target, action)) {
    yield { action, no, steps: decodeSteps<SendStep>(steps) }
  }
}

/** One row at a time: a plan may be far larger than memory, and rows change while they are walked through. */
function* pages(database: Sqlite, run: number, target: TargetId, action: Action) {
  for (let no = 0; ; ) {
    const row = database.get(NEXT_PAGE, run, target, action, no)
    if (row === undefined) return
    no = Number(row.no)
    yield { no, steps: row.steps, results: row.results ?? '[]' }
  }
}

/** The pages of each action are in the order of the feed; together they are merged into it. */
function* outcomes(database: Sqlite, run: number, target: TargetId, name: string): Generator<Outcome> {
  const streams = ACTIONS.map(action => lines(database, run, target, action, name))
  for (const { outcome } of mergeSorted(streams, line => line.seq)) yield outcome
}

interface Line {
  readonly seq: number
  readonly outcome: Outcome
}

function* lines(database: Sqlite, run: number, target: TargetId, action: Action, name: string): Generator<Line> {
  for (const page of pages(database, run, target, action)) {
    const results = decode<Result[]>(page.results)
    for (const [at, step] of decodeSteps(page.steps).entries()) {
      yield { seq: step.seq, outcome: outcomeOf(name, step, page.no, results[at] ?? NOT_SETTLED) }
    }
  }
}

/** What a run named at a target: keys of what it carried (what it was to remove and did not is carried on), and codes. */
export function* namedBy(
  database: Sqlite,
  run: number,
  target: TargetId,
): Generator<{ key: string | null; code: string | null }> {
  for (const { key, code, status } of outcomes(database, run, target, '')) if (status !== 'deleted') yield { key, code }
}

/** Only seen when a report is made of a run that never ended. */
const NOT_SETTLED: Result = {
  status: 'skipped',
  attempts: 0,
  http: null,
  requestId: null,
  remoteId: null,
  reason: 'interrupted',
  message: 'The run ended before this was settled.',
}

function outcomeOf(target: string, step: Step, no: number, result: Result): Outcome {
  const base = { target, attempts: 0, batch: null, http: null, requestId: null, remoteId: null, source: step.source }
  switch (step.action) {
    case 'reject':
      return line({
        ...base,
        code: step.code,
        key: null,
        status: 'rejected',
        images: 0,
        reason: step.reason,
        message: step.message,
      })
    case 'unchanged': {
      const { code, key, images, remoteId, dropped } = step
      const reason = dropped === null ? null : 'image-dropped'
      return line({ ...base, code, key, status: 'unchanged', images, remoteId, reason, message: dropped })
    }
    default: {
      const { code, key, gallery } = step.item
      return line({ ...base, ...result, code, key, images: gallery.length, batch: no })
    }
  }
}

/** The keys in the order that every report promises. */
function line(outcome: Outcome): Outcome {
  const { target, code, key, status, images, attempts, batch, http, requestId, remoteId, reason, message, source } =
    outcome
  return { target, code, key, status, images, attempts, batch, http, requestId, remoteId, reason, message, source }
}
