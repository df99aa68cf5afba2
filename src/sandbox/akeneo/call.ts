import type { Clock } from '../../lib/clock.ts'
import type { Json } from '../../model/json.ts'
import type { Fails } from '../emulator.ts'
import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import { Refused } from './answers.ts'
import type { AssetStore } from './asset-store.ts'
import type { Settings } from './behaviour.ts'
import type { FileStore } from './file-store.ts'
import type { ProductStore } from './product-store.ts'
import type { Tokens } from './tokens.ts'

/** The emulated PIM: what it holds and how it behaves. */
export interface Pim {
  readonly settings: Settings
  readonly clock: Clock
  readonly tokens: Tokens
  readonly assets: AssetStore
  readonly files: FileStore
  readonly products: ProductStore
  /** How often a list PATCH broke as `crash` asks for. */
  crashes: number
  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T
}

/** One call, with what it needs to be carried out. */
export interface Call {
  readonly pim: Pim
  readonly request: ApiRequest
  /** The variable parts of the path, decoded. */
  readonly params: readonly string[]
  readonly fails: Fails
}

/** Carries out a call. Throws Refused. */
export type Route = (call: Call) => ApiAnswer | Promise<ApiAnswer>

/** The body as JSON. Throws Refused when it is none, or null, which the vendor takes for none. */
export function readJson(body: Buffer): Json {
  const value = parse(body)
  if (value === null) throw new Refused(400, 'Invalid json message received')
  return value
}

function parse(body: Buffer): Json {
  try {
    // JSON has no byte order mark: it is kept, so that it fails.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  } catch {
    return null
  }
}
