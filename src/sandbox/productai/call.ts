import type { Fails } from '../emulator.ts'
import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import type { Auth } from './account.ts'
import type { ErrorShape } from './answers.ts'
import type { AssetStore } from './store.ts'

/** Decides what the vendor's documents leave open. */
export interface ProductAiBehaviour {
  /** @default either */
  readonly auth?: Auth
  /** Milliseconds of processing before an asset is ready or failed. @default 0, settled at the next look */
  readonly processingMs?: number
  /** Whether the list's `tags` filter wants one of its tags or all of them. @default any */
  readonly tagFilter?: 'any' | 'all'
  /** Whether the filter tells upper case from lower case. @default exact */
  readonly tagCase?: 'exact' | 'ignored'
  /** @default status */
  readonly errors?: ErrorShape
  /** Whether 413, 415 and 422 are told apart from 400, the only one of them in the vendor's table. @default table */
  readonly statuses?: 'table' | 'exact'
  /** The largest file, in bytes. @default 10_000_000, the smaller reading of the document's "10MB" */
  readonly maxFileBytes?: number
  /** How many assets the plan allows; an upload beyond it is refused with 403. @default no limit */
  readonly maxAssets?: number
}

/** One authenticated call, with what it needs to be carried out. */
export interface Call {
  readonly request: ApiRequest
  /** Asset id of the path; empty in calls without one. */
  readonly id: string
  readonly store: AssetStore
  readonly behaviour: ProductAiBehaviour
  readonly fails: Fails
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Carries out a call. Throws Refused. */
export type Route = (call: Call) => ApiAnswer | Promise<ApiAnswer>
