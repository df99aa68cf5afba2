import type { Emulator, EmulatorKind } from '../emulator.ts'
import type { ApiAnswer } from '../exchange.ts'
import { ACCOUNT } from './account.ts'
import { Refused, refuse } from './answers.ts'
import { AssetStore } from './asset-store.ts'
import type { EmporixBehaviour } from './behaviour.ts'
import type { Call } from './call.ts'
import { openCatalogue } from './catalogue.ts'
import { galleriesOf } from './galleries.ts'
import { authorise, refuseLongAddress } from './gate.ts'
import { findEndpoint } from './routes.ts'
import { DEFAULT_IDLE_TIME, DEFAULT_LIFETIME } from './token.ts'
import { TokenStore } from './token-store.ts'

/**
 * The media service of Emporix, with the two calls of other services that it takes to use it: the one for a token and the
 * one that finds a product's id. https://developer.emporix.io, "Media", "OAuth", "Product".
 */
export const emporix: EmulatorKind<typeof ACCOUNT, EmporixBehaviour> = {
  base: '',
  credentials: ACCOUNT,
  open: ({ database, clock }, behaviour = {}): Emulator => {
    const { lifetime = DEFAULT_LIFETIME, sessionIdleTime = DEFAULT_IDLE_TIME, idleTokens } = behaviour
    const idleTime = idleTokens === 'expired' ? sessionIdleTime : null
    const tokens = new TokenStore(database, clock, { lifetime, idleTime })
    const assets = new AssetStore(database)
    const catalogue = openCatalogue(behaviour.products)
    return {
      answer: (request, fails) => answer({ request, fails, behaviour, clock, tokens, assets, catalogue }),
      refuse,
      // The vendor documents no limit; one for the client as a whole is the strictest that a client can meet.
      caller: () => ACCOUNT.clientId,
      galleries: () => galleriesOf(assets.all(), catalogue),
      reset: () => {
        tokens.clear()
        assets.clear()
      },
    }
  },
}

async function answer(call: Call): Promise<ApiAnswer> {
  try {
    refuseLongAddress(call.request)
    const match = findEndpoint(call.request)
    authorise(call, match)
    return await match.run(call, match.id)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}
