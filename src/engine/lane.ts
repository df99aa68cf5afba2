import type { Redact } from '../lib/redact.ts'
import type { Listen } from '../model/event.ts'
import { EXIT } from '../model/exit.ts'
import type { Fault } from '../model/fault.ts'
import type { Send } from '../model/http.ts'
import type { Pending } from '../model/outcome.ts'
import type { Rate } from '../model/rate.ts'
import type { SendStep } from '../model/step.ts'
import type { Io, Target } from '../targets/target.ts'
import type { Limit } from './limit.ts'

/** One target of a run, with everything that was decided about it before the run. */
export interface LaneTarget {
  readonly name: string
  readonly target: Target
  readonly options: unknown
  readonly settings: {
    readonly baseUrl: string
    readonly concurrency: number
    readonly rate: Rate | null
    readonly batchSize: number
    /** Seconds that pending items may take in all. */
    readonly maxWait: number
  }
}

export interface Wire {
  readonly send: Send
  readonly meter: {
    readonly requests: number
    readonly retries: number
    readonly throttled: number
    readonly bytesSent: number
  }
  close(): Promise<void>
}

/** Why a target takes no further batch. */
export interface Halt {
  /** Exit code that the run ends with because of it; 0 when its items tell by themselves. */
  readonly exit: number
  /** What becomes of the items whose turn has not come. */
  readonly rest: 'skipped' | 'failed'
  readonly reason: string
  readonly message: string
}

/** What the delivery of one target keeps in mind while batches come and go. */
export interface Lane extends LaneTarget {
  readonly wire: Wire
  readonly listen: Listen
  readonly redact: Redact
  readonly maxFailures: Limit | null
  /** Items to send in this run. */
  readonly planned: number
  /** Makes an item's id at the target durable at once. */
  readonly note: Io['note']
  readonly image: Io['image']
  /** What `prepare` found out. */
  facts: unknown
  /** Steps that the target has taken and not settled yet. */
  readonly pending: Map<SendStep, Pending>
  /** Set once; the first reason is the one that counts. */
  halted: Halt | null
  /** Batches in a row that ended without any trustworthy answer. */
  lost: number
  /** Extra requests for finding failed items that are left in this run. */
  probes: number
  /** The largest batch the target has not refused as too large. */
  itemsAtOnce: number
}

/** Batches lost in a row after which a target is taken for down. One bad batch must not stop the others. */
const LOST_IN_A_ROW = 3

/** Halts the lane if the fault means that nothing else will work either. A refusal is an answer to rely on. */
export function haltOn(fault: Fault, lane: Lane): void {
  lane.lost = fault.kind === 'ambiguous' || fault.kind === 'unreadable' ? lane.lost + 1 : 0
  const reason = haltFor(fault, lane)
  if (reason !== null) halt(lane, reason)
}

/** Why nothing more is sent once the user has stopped the run. */
export const INTERRUPTED: Halt = {
  exit: EXIT.ok,
  rest: 'skipped',
  reason: 'interrupted',
  message: 'The run was interrupted.',
}

function haltFor(fault: Fault, lane: Lane): Halt | null {
  const { reason } = fault
  const message = fault.message.replace(/\.$/, '')
  const http = fault.http === null ? message : `HTTP ${fault.http}: ${message}`
  const later = 'Push again later; what is done is not sent twice.'
  switch (fault.kind) {
    case 'credentials': {
      const words = `The credentials were refused (${http}). Check them and push again.`
      return { exit: EXIT.credentials, rest: 'skipped', reason, message: words }
    }
    case 'endpoint': {
      const words = `The address does not work (${http}). Check baseUrl and the options of the target.`
      return { exit: EXIT.ok, rest: 'failed', reason, message: words }
    }
    case 'throttled':
    case 'unreachable':
      return { exit: EXIT.temporary, rest: 'skipped', reason, message: `${message}. ${later}` }
    case 'stopped':
      return INTERRUPTED
    case 'ambiguous':
    case 'unreadable': {
      if (lane.lost < LOST_IN_A_ROW) return null
      const words = `${lane.lost} batches in a row got no answer to rely on (${message}). ${later}`
      return { exit: EXIT.temporary, rest: 'skipped', reason, message: words }
    }
    default:
      return null
  }
}

export function halt(lane: Lane, reason: Halt): void {
  if (lane.halted !== null) return
  lane.halted = reason
  lane.listen({ type: 'halted', target: lane.name, message: reason.message })
}

/** What the lane's target works with. */
export function ioOf(lane: Lane, send: Send = lane.wire.send): Io {
  return { send, baseUrl: lane.settings.baseUrl, note: lane.note, image: lane.image }
}
