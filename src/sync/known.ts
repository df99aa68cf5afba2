import type { Catalog } from '../catalog/index.ts'
import { KnownRecords } from '../catalog/known.ts'
import type { LastRecords, Ledger, TargetId } from '../ledger/ledger.ts'
import type { UnchangedStep } from '../model/step.ts'
import { targetIds } from './lanes.ts'
import type { Print } from './print.ts'
import type { PushRequest } from './request.ts'

/** What the last run knew of the records of this feed: see docs/decisions/017-known-records.md. */
export interface Known {
  readonly records: KnownRecords
  /** What that run left at the target of the records that are as they were, in the order of the feed. */
  steps(target: TargetId, catalog: Catalog): Iterable<UnchangedStep>
}

/** Null where records cannot be known again. Pruning needs everything that the feed names. */
export function knownRecords(print: Print, request: PushRequest, ledger: Ledger): Known | null {
  const { config, sandbox, prune } = request
  const ids = targetIds(config, sandbox, ledger)
  if (prune || print.apartFromFeed === null || ids === null) return null
  const last = ledger.lastRecords(print.apartFromFeed, ids)
  if (last === null) return null
  const records = new KnownRecords(last.list, last.header)
  return {
    records,
    steps: (target, { summary }) => ({
      [Symbol.iterator]: () => stepsNow(last.steps(target), records, summary.files.join()),
    }),
  }
}

/** The steps of records that are still there, in their place of now. There is one file. */
function* stepsNow(
  steps: ReturnType<LastRecords['steps']>,
  records: KnownRecords,
  file: string,
): Generator<UnchangedStep> {
  for (const step of steps) {
    const then = Math.floor(step.seq) // images of one product share its place
    const now = records.placeNow(then)
    if (now !== null) yield { ...step, seq: now.seq + (step.seq - then), source: `${file}:${now.line}` }
  }
}
