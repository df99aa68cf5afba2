import type { Emulator, EmulatorKind } from '../emulator.ts'
import type { ApiAnswer } from '../exchange.ts'
import { ACCOUNT, sentKey } from './account.ts'
import { Refused, refuse } from './answers.ts'
import { createAsset, getAsset, restoreAsset, trashAsset, updateAsset } from './assets.ts'
import type { Call, MediaPocketBehaviour, Route } from './call.ts'
import { galleriesOf } from './galleries.ts'
import { addMedia, removeMedia } from './media.ts'
import { AssetStore } from './store.ts'

const PATH = /^(\/api\/v2\/assets)(?:\/([^/]+)(\/[a-z_]+)?)?$/

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['POST /api/v2/assets', createAsset],
  ['GET /api/v2/assets/:id', getAsset],
  ['PUT /api/v2/assets/:id', updateAsset],
  ['POST /api/v2/assets/:id/media', addMedia],
  ['DELETE /api/v2/assets/:id/media', removeMedia],
  ['POST /api/v2/assets/:id/trash_bin', trashAsset],
  ['POST /api/v2/assets/:id/restore', restoreAsset],
])

/** The asset calls of Media Pocket, API V2: https://demo.mediapocket.fi/api/docs/V2.html. */
export const mediapocket: EmulatorKind<typeof ACCOUNT, MediaPocketBehaviour> = {
  base: '',
  credentials: ACCOUNT,
  open: ({ database, clock }, behaviour = {}): Emulator => {
    const store = new AssetStore(database)
    return {
      answer: (request, fails) => answer({ request, fails, store, behaviour, now: clock.wall() }),
      refuse: status => (status === 401 ? unauthorized(behaviour) : refuse(status)),
      caller: sentKey,
      galleries: () => galleriesOf(store.all(), { behaviour, now: clock.wall() }),
      reset: () => store.clear(),
    }
  },
}

/** A path or method that the documents do not name is not found: they have no 405. */
function answer(call: Omit<Call, 'id'>): ApiAnswer {
  const { method, path, headers } = call.request
  const [, assets = '', id, action = ''] = PATH.exec(path) ?? []
  const route = ROUTES.get(`${method} ${assets}${id === undefined ? '' : '/:id'}${action}`)
  if (!route) return refuse(404)
  if (sentKey(headers) !== ACCOUNT.apiKey) return unauthorized(call.behaviour)
  return carryOut(route, { ...call, id: id ?? '' })
}

function carryOut(route: Route, call: Call): ApiAnswer {
  try {
    return route(call)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

function unauthorized({ unauthorized }: MediaPocketBehaviour): ApiAnswer {
  return unauthorized === 'empty' ? { status: 401, headers: {}, body: '' } : refuse(401)
}
