/**
 * What went wrong with a request, in terms of what may be done about it:
 * - `unreachable`: it certainly never arrived, so it may be sent again
 * - `ambiguous`: it may have taken effect (timeout, reset, 5xx)
 * - `unreadable`: an answer came, but not one this API gives (a login page, cut JSON); as ambiguous, worth one more try
 * - `throttled`: refused for now; did not take effect
 * - `credentials`: the target does not accept who we are
 * - `too-large`: did not take effect; smaller batches may pass
 * - `refused`: this content is not accepted; did not take effect
 * - `endpoint`: the address itself is wrong; nothing sent there will work
 * - `stopped`: given up because the run is stopping
 */
export const FAULTS = [
  'unreachable',
  'ambiguous',
  'unreadable',
  'throttled',
  'credentials',
  'too-large',
  'refused',
  'endpoint',
  'stopped',
] as const
export type FaultKind = (typeof FAULTS)[number]

export interface FaultFacts {
  readonly http?: number | null
  readonly requestId?: string | null
  /** Milliseconds the target asked us to wait. */
  readonly retryAfter?: number | null
  readonly attempts?: number
  /** Stable word for reports when it is more exact than the kind, such as `timeout`. */
  readonly reason?: string
  readonly cause?: unknown
}

/** A request that did not end in an answer the target can read. Targets and transport throw it, the engine acts on it. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly kind: FaultKind
  readonly http: number | null
  readonly requestId: string | null
  readonly retryAfter: number | null
  readonly attempts: number
  readonly reason: string

  constructor(kind: FaultKind, message: string, facts: FaultFacts = {}) {
    super(message, { cause: facts.cause })
    this.kind = kind
    this.http = facts.http ?? null
    this.requestId = facts.requestId ?? null
    this.retryAfter = facts.retryAfter ?? null
    this.attempts = facts.attempts ?? 0
    this.reason = facts.reason ?? REASONS[kind]
  }

  /** The same fault after more attempts. */
  after(attempts: number): Fault {
    return new Fault(this.kind, this.message, { ...this, attempts, cause: this.cause })
  }
}

const REASONS: Record<FaultKind, string> = {
  unreachable: 'unreachable',
  ambiguous: 'target-unavailable',
  unreadable: 'answer-unreadable',
  throttled: 'throttled',
  credentials: 'credentials-refused',
  'too-large': 'too-large',
  refused: 'target-rejected',
  endpoint: 'target-refused',
  stopped: 'interrupted',
}
