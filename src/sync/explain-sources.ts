import type { Catalog } from '../catalog/index.ts'
import type { ConfiguredTarget } from '../config/config.ts'
import type { TargetId, TargetIdentity } from '../ledger/ledger.ts'
import type { PastRun } from '../ledger/past.ts'
import type { NextStep } from '../model/history.ts'
import type { History } from './history.ts'
import { identityOf } from './lanes.ts'

/** The config of now. */
export interface Now {
  /** Why it cannot be used, as a sentence; null: it can. */
  readonly trouble: string | null
  /** None when it cannot be used. */
  readonly targets: readonly ConfiguredTarget[]
  readonly sandbox: boolean
  /** Null: there is none. */
  readonly feed: NowFeed | null
  /** The feed was named for this command; one that cannot be read is an error then. */
  readonly isNamed: boolean
}

export interface NowFeed {
  /** Name of its source. */
  readonly source: string
  /** Reads it, with its records as they were written. */
  readonly read: () => Promise<Catalog>
}

export interface PlannedNow {
  readonly key: string | null
  readonly step: NextStep
}

/** A target of the kept runs, of the config, or of both. */
export interface Subject extends TargetIdentity {
  /** Its number in the ledger; null: the ledger does not know it. */
  readonly id: TargetId | null
  /** Null when it is not configured any more. */
  readonly configured: ConfiguredTarget | null
}

/** What is known of one target besides its name. */
export interface Sources {
  readonly history: History | null
  /** The newest first. */
  readonly pasts: readonly PastRun[]
  readonly next: readonly PlannedNow[]
  readonly now: Now
}

/** All targets: those of the config in its order, then those that only past runs knew. */
export function subjectsOf(pasts: readonly PastRun[], { targets: configured, sandbox }: Now): Subject[] {
  const past = new Map(pasts.flatMap(({ targets }) => targets.map(target => [identityText(target), target])))
  const known = configured.map(each => {
    const identity = identityOf(each, sandbox)
    return { ...identity, id: past.get(identityText(identity))?.id ?? null, configured: each }
  })
  const others = [...past.values()].filter(({ id }) => !known.some(each => each.id === id))
  return [...known, ...others.map(target => ({ ...target, configured: null }))]
}

function identityText({ name, type, origin, account }: TargetIdentity): string {
  return JSON.stringify([name, type, origin, account])
}
