import { MaybeSet } from '../lib/maybe-set.ts'

/** Who may still need what the ledger holds for a code: `unclear` when only a part of the feed is there, which cannot tell. */
export type Namer = 'feed' | 'others' | 'unclear'

/** Tells who still names a code; null: nobody, so that what is held for it may become another code's. */
export type WhoNames = (code: string) => Namer | null

export interface Names {
  /** All codes of the feed, whatever becomes of their records and whichever of them are planned; null: only a part of it is there. */
  readonly feed: (() => Iterable<string | null>) | null
  /** Codes that kept runs of other sources named at this target. */
  readonly others: () => Iterable<string | null>
}

/**
 * Walking through feed and journals takes long, so it waits for the first code that is asked about and is done once. The sets keep
 * a few bytes per code and may take a stranger for a known one, so at worst something is held back that nobody needs.
 */
export function whoNames({ feed, others }: Names): WhoNames {
  if (feed === null) return () => 'unclear'
  const inFeed = once(() => setOf(feed()))
  const byOthers = once(() => setOf(others()))
  return code => {
    if (inFeed().has(code)) return 'feed'
    return byOthers().has(code) ? 'others' : null
  }
}

function setOf(codes: Iterable<string | null>): MaybeSet {
  const set = new MaybeSet()
  for (const code of codes) if (code !== null) set.add(code)
  return set
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
