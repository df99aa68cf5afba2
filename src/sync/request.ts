import type { Catalog } from '../catalog/index.ts'
import type { Config } from '../config/config.ts'
import type { Limit } from '../engine/limit.ts'
import type { Selection } from '../engine/select.ts'
import type { Clock } from '../lib/clock.ts'
import type { Proxies } from '../lib/connections.ts'
import type { Listen } from '../model/event.ts'

/** What every command that reads a feed needs to know. */
export interface Request {
  readonly config: Config
  /** Feeds as the user wrote them; globs are not expanded yet. */
  readonly sources: readonly string[]
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** The command line without options, for reports: `push`, `plan`, `check`. */
  readonly command: string
  readonly version: string
  readonly clock: Clock
  readonly listen: Listen
  readonly selection: Selection
  /** Keep the records as they were written, so that refused ones can be handed back. */
  readonly keepOriginals: boolean
  /** Called when the feed was read; it may be looked into until the command's result is closed. */
  readonly whenRead?: (catalog: Catalog) => void
  /** Ends the reading of the feed with an error; no further batch is begun. Its reason is the exit code, 128 + the number of the signal. */
  readonly stop: AbortSignal
  /** Addresses of the proxies of the environment. */
  readonly proxies: Proxies
  /** Milliseconds that a download of a feed may stand still. */
  readonly timeoutMs: number
  /** Folder in which downloaded feeds are kept; null: they are not kept. */
  readonly downloads: string | null
}

/** What a command that looks into the ledger needs besides. */
interface StateRequest extends Request {
  /** Folder of the ledger. */
  readonly state: string
  /** The targets are emulators: their address changes with every start and is no part of their identity. */
  readonly sandbox: boolean
  /** The most that may be removed: items, or a share of the source's items at the target. */
  readonly maxDelete: Limit
}

/** What a command that compares the feed with the ledger needs besides. */
export interface LedgerRequest extends StateRequest {
  /** Send unchanged items too. */
  readonly full: boolean
  readonly allowShrink: boolean
  /** Remove what this source named before and names no more. */
  readonly prune: boolean
  readonly maxCreate: number | null
}

/** What a command that sends needs besides. */
export interface RunRequest extends StateRequest {
  readonly maxFailures: Limit | null
  /** Milliseconds to wait for another run on the same ledger. */
  readonly lockWait: number
  readonly pid: number
  /** Where images are fetched instead of their address; null: their address. The sandbox answers every one of them. */
  readonly rewriteImage: ((url: string) => string) | null
  /** Requests under way are given up. */
  readonly abort: AbortSignal
}

/** What a retry needs besides. */
export interface RetryRequest extends RunRequest {
  /** Id of the run; null: the last push and what has been retried of it since. */
  readonly run: string | null
  /** Names given with --target: what the others were to get is left out knowingly. Missing or empty: none were given. */
  readonly only?: readonly string[]
  /** Send what was held back because the feed had shrunk. Default: false. */
  readonly allowShrink?: boolean
  /** Refuse to create more items than this. Default: null, but what was held back by such a limit needs one. */
  readonly maxCreate?: number | null
  /**
   * Words the push of these feeds where commands are typed; none: those of the config, null: no word can name them. Missing: no
   * command is named.
   */
  readonly pushLine?: (feeds: readonly string[] | null) => string
}

export type PushRequest = LedgerRequest & RunRequest

/** A document whose lines are still on disk; close it when it has been written. */
export interface Opened<D> {
  readonly document: D
  close(): Promise<void>
}
