/** Who a target is: if any part differs, it is another target, whose contents are unknown. Holds no secret. */
export interface TargetIdentity {
  readonly name: string
  readonly type: string
  /** Origin of its address, or "sandbox". */
  readonly origin: string
  readonly account: string
}

/** A target's number in one ledger. */
export type TargetId = number
