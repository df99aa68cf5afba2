import type { DeleteStep, RejectStep, SendStep, Step, UnchangedStep } from '../model/step.ts'
import { damaged } from './unusable.ts'

/**
 * What reports tell of a step. Kept apart from what is sent, which is ten times as long and which most readers of a page do
 * not need.
 */
export interface Head {
  readonly action: Step['action']
  readonly seq: number
  readonly source: string
  readonly key: string | null
  readonly code: string | null
  readonly images: number
  /** The target's own id for it when it was planned, or null. */
  readonly remoteId: string | null
  /** Why it was rejected; null for all others. */
  readonly reason: string | null
  /** Of a rejection, or of an image that an unchanged item lost; null for all others. */
  readonly message: string | null
}

/** As lists without names, which take half the time of objects. */
type HeadCells = readonly [
  seq: number,
  source: string,
  key: string | null,
  code: string | null,
  images: number,
  remoteId: string | null,
  reason: string | null,
  message: string | null,
]
type ItemCells = readonly [
  gallery: SendStep['item']['gallery'],
  values: SendStep['item']['values'],
  trim: readonly number[],
  doubtful: boolean,
  mayArrive: boolean,
]
type SendCells = readonly [
  ...ItemCells,
  fingerprint: string,
  bytes: number,
  changes: SendStep['changes'],
  tail: SendStep['tail'],
  dropped: string | null,
]
type BodyCells = ItemCells | SendCells

export function headCells(step: Step): HeadCells {
  const { seq, source } = step
  switch (step.action) {
    case 'reject':
      return [seq, source, null, step.code, 0, null, step.reason, step.message]
    case 'unchanged':
      return [seq, source, step.key, step.code, step.images, step.remoteId, null, step.dropped]
    case 'delete':
      return [seq, source, step.item.key, step.item.code, step.images, step.item.remoteId, null, null]
    default:
      return [seq, source, step.item.key, step.item.code, step.item.gallery.length, step.item.remoteId, null, null]
  }
}

/** Null for a step of which everything is in its head. */
export function bodyCells(step: Step): BodyCells | null {
  switch (step.action) {
    case 'reject':
    case 'unchanged':
      return null
    case 'delete':
      return itemCells(step)
    default: {
      const { fingerprint, bytes, changes, tail, dropped } = step
      return [...itemCells(step), fingerprint, bytes, changes, tail, dropped]
    }
  }
}

function itemCells({ item }: SendStep | DeleteStep): ItemCells {
  const { gallery, values, trim, doubtful, mayArrive = false } = item
  return [gallery, values, trim, doubtful, mayArrive]
}

/** Older ledgers have whole steps in the place of heads. */
export function headOf(action: Step['action'], entry: HeadCells | Step): Head {
  const [seq, source, key, code, images, remoteId, reason, message] = isWhole(entry) ? headCells(sound(entry)) : entry
  return { action, seq, source, key, code, images, remoteId, reason, message }
}

/** The step as it was planned. One that has lost its parts is damage: a LedgerError. */
export function stepOf(action: Step['action'], entry: HeadCells | Step, body: BodyCells | null | undefined): Step {
  if (isWhole(entry)) return sound(entry)
  const head = headOf(action, entry)
  if (action === 'reject') return rejectStep(head)
  if (action === 'unchanged') return unchangedStep(head)
  if (!Array.isArray(body) || !Array.isArray(body[0])) throw lost()
  return action === 'delete' ? deleteStep(head, body) : sendStep(action, head, body)
}

function rejectStep({ seq, source, code, reason, message }: Head): RejectStep {
  return { action: 'reject', seq, source, code, reason: reason ?? '', message: message ?? '' }
}

function unchangedStep({ seq, source, key, code, images, remoteId, message: dropped }: Head): UnchangedStep {
  return { action: 'unchanged', seq, source, key: key ?? '', code: code ?? '', images, remoteId, dropped }
}

function deleteStep(head: Head, body: BodyCells): DeleteStep {
  const { seq, source, images } = head
  return { action: 'delete', seq, source, item: itemOf(head, body), images }
}

function sendStep(action: 'create' | 'update', head: Head, body: BodyCells): SendStep {
  if (!isSent(body)) throw lost()
  const [, , , , , fingerprint, bytes, changes, tail, dropped] = body
  const { seq, source } = head
  return { action, seq, source, item: itemOf(head, body), fingerprint, bytes, changes, tail, dropped }
}

function itemOf({ key, code, remoteId }: Head, body: BodyCells): SendStep['item'] {
  const [gallery, values, trim, doubtful, mayArrive] = body
  if (key === null || code === null) throw lost()
  return { key, code, gallery, values, remoteId, trim, doubtful, ...(mayArrive && { mayArrive }) }
}

/** Longer than that of a removal. */
function isSent(body: BodyCells): body is SendCells {
  return body[5] !== undefined
}

function isWhole(entry: HeadCells | Step): entry is Step {
  return !Array.isArray(entry)
}

function sound(step: Step): Step {
  const needsNoItem = step?.action === 'unchanged' || step?.action === 'reject'
  if (!needsNoItem && !Array.isArray(step?.item?.gallery)) throw lost()
  return step
}

function lost(): Error {
  return damaged('a step in it has lost its parts')
}
