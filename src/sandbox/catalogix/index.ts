import type { Emulator, EmulatorKind } from '../emulator.ts'
import type { ApiAnswer } from '../exchange.ts'
import { ACCOUNT, bearerToken } from './account.ts'
import { errorInfo, Refused, refuse, statusError } from './answers.ts'
import type { Call, CatalogixBehaviour, Route } from './call.ts'
import { galleriesOf } from './galleries.ts'
import { listAssets } from './list.ts'
import { deleteAssets, unlinkAssets } from './remove.ts'
import { AssetStore } from './store.ts'
import { upsertAssets } from './upsert.ts'

const ROUTES: ReadonlyMap<string, ReadonlyMap<string, Route>> = new Map([
  [
    '/v1/assets',
    new Map([
      ['POST', upsertAssets],
      ['GET', listAssets],
      ['DELETE', deleteAssets],
    ]),
  ],
  ['/v1/assets/unlink', new Map([['POST', unlinkAssets]])],
])

/** The asset calls of Catalogix: https://docs.streamoid.com, "Asset APIs". */
export const catalogix: EmulatorKind<typeof ACCOUNT, CatalogixBehaviour> = {
  base: '/v1',
  credentials: ACCOUNT,
  open: ({ database }, behaviour = {}): Emulator => {
    const store = new AssetStore(database)
    return {
      answer: (request, fails) => answer({ request, fails, store, behaviour }),
      refuse,
      caller: bearerToken,
      galleries: () => galleriesOf(store.all()),
      reset: () => store.clear(),
    }
  },
}

function answer(call: Call): ApiAnswer {
  const { request, behaviour } = call
  const methods = ROUTES.get(request.path)
  if (!methods) return statusError(404)
  const route = methods.get(request.method)
  if (!route) return statusError(405, { allow: [...methods.keys()].join(', ') })
  if (bearerToken(request.headers) !== ACCOUNT.token) return statusError(401)
  if (behaviour.statusCode) return errorInfo(request, 200, behaviour.statusCode, 'the request was not carried out')
  return carryOut(route, call)
}

function carryOut(route: Route, call: Call): ApiAnswer {
  try {
    return route(call)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}
