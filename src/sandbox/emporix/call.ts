import type { Clock } from '../../lib/clock.ts'
import type { Fails } from '../emulator.ts'
import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import type { AssetStore } from './asset-store.ts'
import type { EmporixBehaviour } from './behaviour.ts'
import type { Catalogue } from './catalogue.ts'
import type { TokenStore } from './token-store.ts'

/** One request, with what it needs to be carried out. */
export interface Call {
  readonly request: ApiRequest
  readonly fails: Fails
  readonly behaviour: EmporixBehaviour
  readonly clock: Clock
  readonly tokens: TokenStore
  readonly assets: AssetStore
  readonly catalogue: Catalogue
}

/** Carries out a call. Throws Refused. @param id the last variable part of the path, decoded; empty without one */
export type Route = (call: Call, id: string) => ApiAnswer | Promise<ApiAnswer>
