import type { Emulator, EmulatorKind } from '../emulator.ts'
import type { ApiAnswer } from '../exchange.ts'
import { ACCOUNT, sentKey } from './account.ts'
import { errorAnswer, Refused } from './answers.ts'
import { deleteAsset, getAsset, uploadAsset } from './assets.ts'
import type { Call, ProductAiBehaviour, Route } from './call.ts'
import { galleriesOf } from './galleries.ts'
import { listAssets } from './list.ts'
import { getMe } from './me.ts'
import { processedUntil } from './processing.ts'
import { AssetStore } from './store.ts'

const ASSET = /^\/v1\/assets\/([^/]+)$/

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['POST /v1/training-asset', uploadAsset],
  ['GET /v1/my-uploaded-assets', listAssets],
  ['GET /v1/assets/:id', getAsset],
  ['DELETE /v1/assets/:id', deleteAsset],
  ['GET /v1/me', getMe],
])

/** The asset calls of ProductAI: https://create.productai.photo/docs/api/assets. */
export const productai: EmulatorKind<typeof ACCOUNT, ProductAiBehaviour> = {
  base: '/v1',
  credentials: ACCOUNT,
  open: ({ database, clock }, behaviour = {}): Emulator => {
    const fold = (tag: string) => (behaviour.tagCase === 'ignored' ? tag.toLowerCase() : tag)
    const store = new AssetStore(database, fold)
    return {
      answer: (request, fails) => answer({ request, fails, store, behaviour, now: clock.wall() }),
      refuse: status => errorAnswer(new Refused(status), behaviour.errors),
      caller: headers => sentKey(headers, behaviour.auth ?? 'either'),
      galleries: () => galleriesOf(store.all(processedUntil({ behaviour, now: clock.wall() }))),
      reset: () => store.clear(),
    }
  },
}

async function answer(call: Omit<Call, 'id'>): Promise<ApiAnswer> {
  try {
    return await carryOut(call)
  } catch (error) {
    if (error instanceof Refused) return errorAnswer(error, call.behaviour.errors, statusOf(error, call.behaviour))
    throw error
  }
}

/** A path or method that the documents do not name is not found: their table of statuses has no 405. */
function carryOut(call: Omit<Call, 'id'>): ApiAnswer | Promise<ApiAnswer> {
  const { method, path, headers } = call.request
  const [, id] = ASSET.exec(path) ?? []
  const route = ROUTES.get(`${method} ${id === undefined ? path : '/v1/assets/:id'}`)
  if (!route) throw new Refused(404)
  if (sentKey(headers, call.behaviour.auth ?? 'either') !== ACCOUNT.apiKey) throw new Refused(401)
  return route({ ...call, id: id ?? '' })
}

function statusOf({ status }: Refused, { statuses }: ProductAiBehaviour): number {
  const isInTable = status !== 413 && status !== 415 && status !== 422
  return isInTable || statuses === 'exact' ? status : 400
}
