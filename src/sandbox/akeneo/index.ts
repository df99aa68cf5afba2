import type { Emulator, EmulatorKind, Fails, Tools } from '../emulator.ts'
import type { ApiAnswer, ApiRequest } from '../exchange.ts'
import { ACCOUNT } from './account.ts'
import { Refused, refuse } from './answers.ts'
import { AssetStore } from './asset-store.ts'
import { type AkeneoBehaviour, settle } from './behaviour.ts'
import type { Pim } from './call.ts'
import { FileStore } from './file-store.ts'
import { galleriesOf } from './galleries.ts'
import { Gate } from './gate.ts'
import { bearerToken, checkAccept, checkContentType, checkToken } from './headers.ts'
import { ProductStore } from './product-store.ts'
import { type Endpoint, RESOURCES } from './routes.ts'
import { isClient } from './token.ts'
import { Tokens } from './tokens.ts'

/** Akeneo PIM's asset manager, and of its products the asset collections: https://api.akeneo.com. */
export const akeneo: EmulatorKind<typeof ACCOUNT, AkeneoBehaviour> = {
  base: '',
  credentials: ACCOUNT,
  open: (tools, behaviour = {}): Emulator => {
    const pim = openPim(tools, behaviour)
    const gate = new Gate(pim.settings, pim.clock)
    const isKnown = (token: string) => pim.tokens.stateOf(token) !== 'unknown'
    return {
      answer: (request, fails) => gate.pass(() => answer(request, fails, pim)),
      refuse: status => refuse(status, pim.settings),
      // Limits hold for the connection, whichever of its tokens a request carries.
      caller: headers =>
        isClient(headers) || isKnown(bearerToken(headers)) ? ACCOUNT.clientId : (headers.authorization ?? ''),
      galleries: () => galleriesOf(pim),
      reset: () => clear(pim),
    }
  },
}

function openPim({ database, clock }: Tools, behaviour: AkeneoBehaviour): Pim {
  const settings = settle(behaviour)
  return {
    settings,
    clock,
    tokens: new Tokens(database, clock, settings.tokenSeconds),
    assets: new AssetStore(database, settings.codeCase === 'ignored'),
    files: new FileStore(database),
    products: new ProductStore(database),
    crashes: 0,
    transaction: work => database.transaction(work),
  }
}

function clear(pim: Pim): void {
  pim.crashes = 0
  for (const store of [pim.tokens, pim.assets, pim.files, pim.products]) store.clear()
}

async function answer(request: ApiRequest, fails: Fails, pim: Pim): Promise<ApiAnswer> {
  try {
    const { endpoint, params } = findEndpoint(request)
    if (!endpoint.isOpen) checkToken(request.headers, pim.tokens)
    if (endpoint.types) checkContentType(request.headers, endpoint.types)
    if (request.method === 'GET') checkAccept(request.headers)
    return await endpoint.route({ pim, request, params, fails })
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

function findEndpoint({ method, path }: ApiRequest): { endpoint: Endpoint; params: readonly string[] } {
  const noRoute = `No route found for "${method} ${path}"`
  for (const resource of RESOURCES) {
    const params = decode(resource.path.exec(path)?.slice(1))
    if (params === null) continue
    const endpoint = resource.methods.get(method)
    if (endpoint) return { endpoint, params }
    const allow = [...resource.methods.keys()].join(', ')
    throw new Refused(405, `${noRoute}: Method Not Allowed (Allow: ${allow})`, { allow })
  }
  throw new Refused(404, noRoute)
}

function decode(parts: readonly string[] | undefined): string[] | null {
  try {
    return parts?.map(decodeURIComponent) ?? null
  } catch {
    return null
  }
}
