import type { ConfiguredTarget } from '../../config/config.ts'
import type { Limit } from '../../engine/limit.ts'
import type { Selection } from '../../engine/select.ts'
import type { TargetIdentity } from '../../ledger/ledger.ts'
import { digest } from '../../lib/hash.ts'
import { secretNames, z } from '../../lib/schema.ts'
import type { FeedSummary } from '../../model/report.ts'
import type { FeedOrigin } from '../feed-files.ts'
import { identityOf } from '../lanes.ts'

/** What every plan file says of itself. */
export const SCHEMA = 'assetsync.plan-file/1'

/** The first line of a plan file: what the steps in it are for, and what they were made from. Holds no secret of the config. */
export interface PlanHeader {
  readonly schema: typeof SCHEMA
  /** Id of the plan. */
  readonly id: string
  /** ISO 8601, UTC. */
  readonly madeAt: string
  /** Version of assetsync. */
  readonly version: string
  readonly sandbox: boolean
  /** Name of the source. */
  readonly source: string
  /** False when only a part of the source is planned. */
  readonly whole: boolean
  readonly selection: Selection
  readonly prune: boolean
  readonly isCorrection: boolean
  readonly openEnd: boolean | null
  readonly feed: FeedSummary
  readonly origin: FeedOrigin
  readonly limits: PlanLimits
  /** Where the ledger stood; null: it knew no run. */
  readonly ledger: LedgerMark | null
  readonly targets: readonly PlanTarget[]
}

/** A place in the history of a ledger: its last run, and when that ended; null: it had not. */
export interface LedgerMark {
  readonly run: string
  readonly finishedAt: string | null
}

/** The guards' limits. */
export interface PlanLimits {
  readonly maxDelete: Limit
  readonly maxCreate: number | null
  readonly allowShrink: boolean
}

/** Who a target is, and a digest of its options without the secret ones. */
export interface PlanTarget extends TargetIdentity {
  readonly options: string
}

export function planTarget(configured: ConfiguredTarget, sandbox: boolean): PlanTarget {
  const secrets = secretNames(configured.target.options)
  const open = Object.entries(Object(configured.options)).filter(([name]) => !secrets.includes(name))
  return { ...identityOf(configured, sandbox), options: digest(JSON.stringify(open)) }
}

const count = z.int().min(0)
const texts = z.array(z.string())
const warning = z.object({ reason: z.string(), count, message: z.string(), places: texts })

export const headerSchema: z.ZodType<PlanHeader> = z.object({
  schema: z.literal(SCHEMA),
  id: z.string(),
  madeAt: z.string(),
  version: z.string(),
  sandbox: z.boolean(),
  source: z.string(),
  whole: z.boolean(),
  selection: z.object({ limit: count.nullable(), only: texts }),
  prune: z.boolean(),
  isCorrection: z.boolean(),
  openEnd: z.boolean().nullable(),
  feed: z.object({
    files: texts,
    records: count,
    products: count,
    images: count,
    rejected: count,
    withoutImages: count,
    warnings: z.array(warning),
  }),
  origin: z.object({
    sources: texts,
    files: z.array(z.object({ file: z.string(), bytes: count.nullable(), sha256: z.string().nullable() })),
  }),
  limits: z.object({
    maxDelete: z.object({ amount: count, percent: z.boolean() }),
    maxCreate: count.nullable(),
    allowShrink: z.boolean(),
  }),
  ledger: z.object({ run: z.string(), finishedAt: z.string().nullable() }).nullable(),
  targets: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      origin: z.string(),
      account: z.string(),
      options: z.string(),
    }),
  ),
})
