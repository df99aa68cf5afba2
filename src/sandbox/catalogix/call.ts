import type { Fails } from '../emulator.ts'
import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import type { AssetStore } from './store.ts'

/** Decides what the vendor's document leaves open. */
export interface CatalogixBehaviour {
  /** What `created`, `updated` and `failed` count. @default items */
  readonly count?: 'items' | 'images'
  /**
   * What `error_info` holds: nothing; one empty object even when nothing failed, as in the vendor's example; or the code
   * and reason of each failed item. @default none
   */
  readonly errorInfo?: 'none' | 'empty-objects' | 'named'
  /** Other than 0: every call is answered with HTTP 200, this `status.code` and no effect. @default 0 */
  readonly statusCode?: number
}

/** One authenticated call, with what it needs to be carried out. */
export interface Call {
  readonly request: ApiRequest
  readonly store: AssetStore
  readonly behaviour: CatalogixBehaviour
  readonly fails: Fails
}

/** Carries out a call. Throws Refused. */
export type Route = (call: Call) => ApiAnswer
