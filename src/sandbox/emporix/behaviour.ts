/** Decides what the vendor's documents leave open. */
export interface EmporixBehaviour {
  /** Seconds that a token lasts, as `expires_in` says. @default 14399 */
  readonly lifetime?: number
  /** Seconds, as `session_idle_time` says. @default 120 */
  readonly sessionIdleTime?: number
  /** What becomes of a token that is not used for `sessionIdleTime`. @default kept */
  readonly idleTokens?: 'kept' | 'expired'
  /** Whether a call needs the header Emporix-Tenant; without it the answer is 401. @default optional */
  readonly tenantHeader?: 'optional' | 'required'
  /** What becomes of an `id` in a create request; a taken one is 409 when they are honoured. @default ignored */
  readonly clientIds?: 'ignored' | 'honoured' | 'refused'
  /** What a PUT does with the `refIds` that are held. @default replaced */
  readonly refIds?: 'replaced' | 'merged'
  /** The products: one for every code, with an id that is not the code; or those of a table of id by code. @default any */
  readonly products?: 'any' | Readonly<Record<string, string>>
  /** What becomes of a PRODUCT reference to an id that no product has. @default accepted */
  readonly unknownProducts?: 'accepted' | 'refused'
  /** Whether double quotes in `q` enclose a value or are part of it. @default enclose */
  readonly quotes?: 'enclose' | 'literal'
  /** The answer to a `q` that is not understood: 400, or an empty list. @default refused */
  readonly badQueries?: 'refused' | 'empty'
  /** Larger pages are cut to this many entries without a word. @default null, unlimited */
  readonly maxPageSize?: number | null
  /** The answer to a DELETE of an id that does not exist. @default 404 */
  readonly deleteUnknown?: 404 | 204
}
