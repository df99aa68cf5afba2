import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../lib/clock.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import type { ApiAnswer, ApiRequest } from './exchange.ts'

/** What an emulator works with. Its tables carry its own name, because all emulators share one database. */
export interface Tools {
  readonly database: Sqlite
  readonly clock: Clock
}

/** Statuses that the sandbox itself asks an emulator for, in the vendor's shape: limits and injected faults. */
export type RefusalStatus = 401 | 413 | 429 | 500 | 502

/** True for the codes that a partial failure hits: their items are refused while the rest of the request is stored. */
export type Fails = (code: string) => boolean

/** One vendor's API, written from the vendor's documents alone. */
export interface Emulator {
  /** What the vendor would answer. All that the request changes is stored on return, in one transaction. */
  answer(request: ApiRequest, fails: Fails): ApiAnswer | Promise<ApiAnswer>
  refuse(status: RefusalStatus): ApiAnswer
  /** Who the vendor's rate limit counts this request for. */
  caller(headers: IncomingHttpHeaders): string
  /** Each code that is held, with its image URLs in rank order. */
  galleries(): Iterable<readonly [code: string, urls: readonly string[]]>
  /** Forgets everything stored. */
  reset(): void
}

/** How an emulator is reached and opened. `Behaviour` decides what the vendor's document leaves open. */
export interface EmulatorKind<Credentials extends object = object, Behaviour = unknown> {
  /** Path of the API below the emulator's prefix, part of `baseUrl`. */
  readonly base: string
  /** What a config needs besides `baseUrl`, under the names of the configuration. */
  readonly credentials: Credentials
  open(tools: Tools, behaviour: Behaviour | undefined): Emulator
}
