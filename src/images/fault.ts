import type { ImageReason } from './image.ts'

export interface ImageFaultFacts {
  /** Another attempt may go better. @default false */
  readonly mayPass?: boolean
  /** Milliseconds the server asked us to wait. @default null */
  readonly retryAfter?: number | null
  readonly cause?: unknown
}

/** An attempt that gave no picture. Stays within this room: callers see an ImageProblem. */
export class ImageFault extends Error {
  override readonly name = 'ImageFault'
  readonly reason: ImageReason
  readonly mayPass: boolean
  readonly retryAfter: number | null

  /** @param message a clause without the URL and without a full stop, such as "the server answers 404" */
  constructor(reason: ImageReason, message: string, facts: ImageFaultFacts = {}) {
    super(message, { cause: facts.cause })
    this.reason = reason
    this.mayPass = facts.mayPass ?? false
    this.retryAfter = facts.retryAfter ?? null
  }
}
