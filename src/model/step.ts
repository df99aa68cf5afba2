import type { RankedUrl, SentItem } from './item.ts'

export const ACTIONS = ['create', 'update', 'unchanged', 'reject', 'delete'] as const
export type Action = (typeof ACTIONS)[number]

/** How a gallery differs from what the target holds. */
export interface Changes {
  readonly added: readonly RankedUrl[]
  readonly removed: readonly RankedUrl[]
  readonly moved: readonly { readonly url: string; readonly from: number; readonly to: number }[]
  /** True when something other than the gallery differs, such as the attribute name or a further value. */
  readonly other: boolean
}

/** Images of one product share its place in the feed; this keeps them in rank order within it. */
export const RANKS_PER_PLACE = 10_000

interface StepBase {
  /** Position in the feed, so that reports keep its order: that of the product, and for one of its images a fraction more. */
  readonly seq: number
  readonly source: string
}

/** An item to send. */
export interface SendStep extends StepBase {
  readonly action: 'create' | 'update'
  readonly item: SentItem
  /** Digest of the payload: what "unchanged" is decided by. */
  readonly fingerprint: string
  /** Size of the payload. */
  readonly bytes: number
  /** Null for what the target does not hold: then all of its gallery is added. */
  readonly changes: Changes | null
  /** Ranks that stay behind at the target after this step, because its API cannot remove them. */
  readonly tail: readonly RankedUrl[]
  /** The problem this item carries although it is sent (`image-dropped`), or null. */
  readonly dropped: string | null
}

/** An item that the target already holds exactly so. */
export interface UnchangedStep extends StepBase {
  readonly action: 'unchanged'
  readonly key: string
  readonly code: string
  readonly images: number
  readonly remoteId: string | null
  readonly dropped: string | null
}

/** A record or product that cannot be sent to this target. */
export interface RejectStep extends StepBase {
  readonly action: 'reject'
  readonly code: string | null
  readonly reason: string
  readonly message: string
}

/** An item that this source named before and names no more (--prune). */
export interface DeleteStep extends StepBase {
  readonly action: 'delete'
  /** As the target holds it, by the ledger. */
  readonly item: SentItem
  readonly images: number
}

/** What a product or record of the feed becomes. */
export type FeedStep = SendStep | UnchangedStep | RejectStep

export type Step = FeedStep | DeleteStep

/** The items of one request, all of one action. Numbered from 1 per target and run. */
export interface Batch {
  readonly action: 'create' | 'update'
  readonly no: number
  readonly steps: readonly SendStep[]
}

/** Items to remove in one go. Numbered with the batches, after them. */
export interface Removal {
  readonly action: 'delete'
  readonly no: number
  readonly steps: readonly DeleteStep[]
}

/** Most steps on a page. */
export const STEPS_PER_PAGE = 1000

/** Steps that need no request, packed so that the journal has few rows. */
export interface Page {
  readonly action: 'unchanged' | 'reject'
  readonly no: number
  readonly steps: readonly (UnchangedStep | RejectStep)[]
}

export function isSend(step: Step): step is SendStep {
  return step.action === 'create' || step.action === 'update'
}

export function isDelete(step: Step): step is DeleteStep {
  return step.action === 'delete'
}

export function isBatch(page: Batch | Removal | Page): page is Batch {
  return page.action === 'create' || page.action === 'update'
}
