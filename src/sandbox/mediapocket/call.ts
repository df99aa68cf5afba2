import type { Fails } from '../emulator.ts'
import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import type { AssetStore } from './store.ts'

/** Decides what the vendor's documents leave open. */
export interface MediaPocketBehaviour {
  /** Milliseconds from the answer to POST media until the image is there. @default 0, there at the next look */
  readonly mediaDelayMs?: number
  /** False for a URL that the vendor cannot download: accepted with 200 all the same, it never arrives. @default all true */
  readonly isReachable?: (fileUrl: string) => boolean
  /** What POST media does to an asset that has an image. @default replaces */
  readonly secondMedia?: 'replaces' | 'refused'
  /** Whether an asset in the trash is found by its id: by no call but restore, or by every call. @default hidden */
  readonly trash?: 'hidden' | 'shown'
  /** Whether an asset in the trash keeps its external id from being used again. @default true */
  readonly trashKeepsExternalId?: boolean
  /** What becomes of the fields that a PUT does not name. @default kept */
  readonly unnamedFields?: 'kept' | 'cleared'
  /** What PUT, trash_bin and restore answer with: the asset, or the `{"ok":"ok"}` of POST media. @default asset */
  readonly actionAnswer?: 'asset' | 'ok'
  /** Body of a 401. @default error */
  readonly unauthorized?: 'error' | 'empty'
}

/** One authenticated call, with what it needs to be carried out. */
export interface Call {
  readonly request: ApiRequest
  /** Asset id of the path; empty in calls without one. */
  readonly id: string
  readonly store: AssetStore
  readonly behaviour: MediaPocketBehaviour
  readonly fails: Fails
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Carries out a call. Throws Refused. */
export type Route = (call: Call) => ApiAnswer
