import type { Catalog } from '../catalog/index.ts'
import { type WhoNames, whoNames } from '../engine/naming.ts'
import type { Ledger, TargetId } from '../ledger/ledger.ts'

interface Naming {
  readonly catalog: Pick<Catalog, 'entries' | 'blanks' | 'isCorrection'>
  /** What the catalog leaves out because it is as in the last run. Default: nothing. */
  readonly known?: () => Iterable<{ readonly code: string }>
  readonly ledger: Ledger
  readonly id: TargetId
  /** Name of the feed's source. */
  readonly source: string
}

/** Who still names a code at this target. The feed is asked as a whole, whatever part of it --only and --limit plan. */
export function whoNamesAt({ catalog, known, ledger, id, source }: Naming): WhoNames {
  return whoNames({
    feed: catalog.isCorrection ? null : () => codesOf(catalog, known),
    others: () => codesIn(ledger.namedByOthers(source, id)),
  })
}

function* codesOf(catalog: Naming['catalog'], known: Naming['known']): Generator<string | null> {
  yield* codesIn(catalog.entries())
  yield* catalog.blanks()
  if (known !== undefined) yield* codesIn(known())
}

function* codesIn(all: Iterable<{ readonly code: string | null }>): Generator<string | null> {
  for (const { code } of all) yield code
}

/** At a target of which the ledger knows nothing there is nothing to be handed over. */
export const NOBODY_NAMES: WhoNames = () => null
