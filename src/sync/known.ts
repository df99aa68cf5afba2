import { KnownRecords } from '../catalog/known.ts'
import type { LastRecords, Ledger, TargetId } from '../ledger/ledger.ts'
import { plural } from '../lib/text.ts'
import { LedgerError } from '../model/errors.ts'
import type { UnchangedStep } from '../model/step.ts'
import { targetIds } from './lanes.ts'
import type { Print } from './print.ts'
import type { PushRequest } from './request.ts'

/** What the last run knew of the records of this feed: see docs/decisions/017-known-records.md. */
export interface Known {
  readonly records: KnownRecords
  /** What that run left at the target of the records that are as they were, in the order of the feed. `file`: its name now. */
  steps(target: TargetId, file: string): Iterable<UnchangedStep>
}

/** Null where records cannot be known again. Pruning needs everything that the feed names. */
export function knownRecords(print: Print, request: PushRequest, ledger: Ledger): Known | null {
  const { config, sandbox, prune } = request
  const ids = targetIds(config, sandbox, ledger)
  if (prune || print.settings === null || ids === null) return null
  const last = ledger.lastRecords(print.settings, ids)
  if (last === null) return null
  const records = new KnownRecords(last.list, last.header)
  return {
    records,
    steps: (target, file) => ({ [Symbol.iterator]: () => stepsNow(last.steps(target), records, file) }),
  }
}

/** Rather no push than one that leaves out products without a word. */
function incomplete(missing: number): LedgerError {
  const what = `${plural(missing, 'product')} of the feed ${missing === 1 ? 'is' : 'are'} missing in the last run`
  return new LedgerError(`${what}, although nothing about ${missing === 1 ? 'it' : 'them'} has changed.`, {
    fix: 'Push with --full, which compares everything.',
  })
}

/** The steps of records that are still there, in their place of now. */
function* stepsNow(
  steps: ReturnType<LastRecords['steps']>,
  records: KnownRecords,
  file: string,
): Generator<UnchangedStep> {
  let found = 0
  let before = -1
  for (const step of steps) {
    const place = Math.floor(step.seq) // images of one product share its place
    const now = records.placeNow(place)
    if (now === null) continue
    if (place !== before) found++
    before = place
    yield { ...step, seq: now.seq + (step.seq - place), source: `${file}:${now.line}` }
  }
  if (found < records.count) throw incomplete(records.count - found)
}
