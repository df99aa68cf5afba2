import type { Catalog } from '../../catalog/index.ts'
import type { ConfiguredTarget } from '../../config/config.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { LedgerError } from '../../model/errors.ts'
import { EXIT } from '../../model/exit.ts'
import type { PlanReport } from '../../model/report.ts'
import type { FeedOrigin } from '../feed-files.ts'
import { sourceName } from '../header.ts'
import type { LedgerRequest } from '../request.ts'
import { type LedgerMark, type PlanHeader, planTarget, SCHEMA } from './header.ts'
import { isSameMark, markOf } from './ledger-mark.ts'
import { type Planned, planLines } from './lines.ts'
import { savePrivately } from './save.ts'

/** A plan and what it was made from. */
export interface Saving {
  readonly request: LedgerRequest
  readonly document: PlanReport
  readonly catalog: Catalog
  readonly origin: FeedOrigin
  /** Where the ledger stood before the first comparison. */
  readonly mark: LedgerMark | null
  readonly ledger: Ledger
  readonly lanes: readonly { readonly configured: ConfiguredTarget; readonly pages: () => Iterable<Planned> }[]
}

/** Saves the plan, complete, so that it can be applied as it is. Gives what people should know about that, in whole sentences. */
export function savePlan(path: string, saving: Saving): readonly string[] {
  const { ledger, mark, lanes, origin } = saving
  function* lines(): Generator<string> {
    yield* planLines(
      headerFor(saving),
      lanes.map(({ pages }) => pages()),
    )
    if (!isSameMark(mark, markOf(ledger))) throw movedMeanwhile()
  }
  savePrivately(path, lines())
  return [...uncomparable(origin), ...unfinished(mark)]
}

function headerFor({ request, document, catalog, origin, mark, lanes }: Saving): PlanHeader {
  const { selection, sandbox, prune, maxDelete, maxCreate, allowShrink } = request
  const { isCorrection, openEnd, summary } = catalog
  return {
    schema: SCHEMA,
    id: document.run.id,
    madeAt: document.run.startedAt,
    version: document.run.version,
    sandbox,
    source: sourceName(request),
    whole: selection.limit === null && selection.only.length === 0 && !isCorrection,
    selection,
    prune,
    isCorrection,
    openEnd,
    feed: summary,
    origin,
    limits: { maxDelete, maxCreate, allowShrink },
    ledger: mark,
    targets: lanes.map(({ configured }) => planTarget(configured, sandbox)),
  }
}

/** A plan is compared without holding the ledger, and twice: both times it must have been the same. */
function movedMeanwhile(): LedgerError {
  return new LedgerError('Another run changed the ledger while the plan was made. It was not saved.', {
    exit: EXIT.locked,
    fix: 'Plan again when that run has ended.',
  })
}

function uncomparable({ files }: FeedOrigin): string[] {
  return files
    .filter(({ sha256 }) => sha256 === null)
    .map(({ file }) => `When the plan is applied, nobody can tell whether ${file} has changed since.`)
}

function unfinished(mark: LedgerMark | null): string[] {
  if (mark === null || mark.finishedAt !== null) return []
  const words = `Run ${mark.run} is under way or was killed, so this plan will be refused:`
  return [`${words} wait for its end, or settle it with "assetsync retry", and plan again.`]
}
