import type { Ledger, TargetId } from '../ledger/ledger.ts'
import { chunks } from '../lib/chunks.ts'
import { MaybeSet } from '../lib/maybe-set.ts'
import type { Held } from '../model/item.ts'
import { isRejection, type Product, type Rejection } from '../model/product.ts'
import type { DeleteStep } from '../model/step.ts'
import type { Target } from '../targets/target.ts'

/** Keys looked up in the ledger at a time. */
const KEYS_AT_ONCE = 500

export interface Pruning {
  /** Name of the source whose items may be removed. */
  readonly source: string
  /** Codes that the feed names without images. */
  readonly blanks: () => Iterable<string>
  readonly ledger: Ledger
  readonly id: TargetId
}

/** The feed as it is planned now. */
export interface Named {
  readonly entries: () => Iterable<Product | Rejection>
  readonly target: Target
  readonly options: unknown
}

/** How many of the items that the source carried to the target are held there: what --max-delete n% is a share of. */
export function countCarried({ ledger, source, id }: Pick<Pruning, 'ledger' | 'source' | 'id'>): number {
  let count = 0
  for (const keys of chunks(ledger.carried(source, id), KEYS_AT_ONCE))
    count += ledger.held(
      id,
      keys.map(({ key }) => key),
    ).size
  return count
}

/**
 * What this source carried to this target, by its last complete run and those since, and names no more. Left out is all that somebody
 * may still need: what any kept run of another source named, what another name of the same account holds, what stands for an asset that
 * another key needs; and everything of codes whose record was rejected, blank or lost an image. The sets keep a few bytes per
 * key and may take a stranger for a known one, so at worst an item stays that could have gone.
 */
export function* planRemovals(pruning: Pruning, named: Named): Generator<DeleteStep> {
  const { ledger, source, id } = pruning
  const needed = whatIsNeeded(pruning, named)
  const siblings = ledger.siblings(id)
  let seq = Number.MAX_SAFE_INTEGER - 2 ** 40 // after everything that the feed names
  for (const carried of chunks(ledger.carried(source, id), KEYS_AT_ONCE)) {
    const unnamed = carried.filter(({ key }) => !needed.hasKey(key))
    const held = ledger.held(id, keysOf(unnamed))
    const there = unnamed.flatMap(({ key, code }) => {
      const known = held.get(key)
      return known === undefined ? [] : [{ key, codes: [known.code, code] }] // it may have been handed over since
    })
    const gone = keysOf(there.filter(({ codes }) => !codes.some(needed.hasCode)))
    const elsewhere = siblings.map(sibling => ledger.held(sibling, gone))
    for (const key of gone) {
      const known = held.get(key)
      if (known === undefined || elsewhere.some(others => others.has(key)) || ledger.isShared(id, known)) continue
      yield removal(known, seq++)
    }
  }
}

function keysOf(items: readonly { readonly key: string }[]): string[] {
  return items.map(({ key }) => key)
}

interface Needed {
  hasKey(key: string): boolean
  /** Another source names the code, or the feed does, but not what becomes of it: its record was rejected, blank or lost an image. */
  hasCode(code: string): boolean
}

/** Keys are compared as the target compares them: a code in other capitals may stand for the same asset. */
function whatIsNeeded({ ledger, source, id, blanks }: Pruning, { entries, target, options }: Named): Needed {
  const fold = (key: string): string => target.fold?.(key) ?? key
  const keys = new MaybeSet()
  const codes = new MaybeSet()
  for (const entry of entries()) {
    const items = isRejection(entry) ? entry : target.encode(entry, options)
    if (!('reason' in items)) for (const { key } of items) keys.add(fold(key))
    const isDoubtful = 'reason' in items || isRejection(entry) || entry.dropped !== null
    if (isDoubtful && entry.code !== null) codes.add(entry.code)
  }
  for (const code of blanks()) codes.add(code)
  for (const { key, code } of ledger.namedByOthers(source, id)) {
    if (key !== null) keys.add(fold(key))
    else if (code !== null) codes.add(code)
  }
  return {
    hasKey: key => keys.has(fold(key)),
    hasCode: code => codes.has(code),
  }
}

function removal({ key, code, gallery, tail, remoteId, fingerprint }: Held, seq: number): DeleteStep {
  const trim = tail.map(({ rank }) => rank)
  const item = { key, code, gallery, values: {}, remoteId, doubtful: fingerprint === null, trim }
  return { action: 'delete', seq, source: '', item, images: gallery.length }
}
