import type { ApiRequest } from '../exchange.ts'
import type { Scope } from './account.ts'
import { Refused, serviceError } from './answers.ts'
import type { Route } from './call.ts'
import { createAsset } from './create.ts'
import { listAssets, listProducts } from './list.ts'
import { deleteAsset, downloadAsset, readAsset } from './read.ts'
import { issueToken } from './token.ts'
import { updateAsset } from './update.ts'

/** A call of the API. */
export interface Endpoint {
  readonly method: string
  readonly path: RegExp
  readonly run: Route
  /** One of these is needed; without any the call takes no token. */
  readonly scopes: readonly Scope[]
}

/** An endpoint with the variable parts of the path, decoded. */
export interface Match extends Endpoint {
  readonly tenant: string
  readonly id: string
}

const TOKEN = /^\/oauth\/token$/
const ASSETS = /^\/media\/(?<tenant>[^/]+)\/assets$/
const ASSET = /^\/media\/(?<tenant>[^/]+)\/assets\/(?<id>[^/]+)$/
const DOWNLOAD = /^\/media\/(?<tenant>[^/]+)\/assets\/(?<id>[^/]+)\/download$/
const PRODUCTS = /^\/product\/(?<tenant>[^/]+)\/products$/

// That reading one asset takes the scope for reading, and not the one for managing, is the document's.
const ENDPOINTS: readonly Endpoint[] = [
  { method: 'POST', path: TOKEN, run: issueToken, scopes: [] },
  { method: 'GET', path: ASSETS, run: listAssets, scopes: ['media.asset_read', 'media.asset_manage'] },
  { method: 'POST', path: ASSETS, run: createAsset, scopes: ['media.asset_manage'] },
  { method: 'GET', path: ASSET, run: readAsset, scopes: ['media.asset_read'] },
  { method: 'PUT', path: ASSET, run: updateAsset, scopes: ['media.asset_manage'] },
  { method: 'DELETE', path: ASSET, run: deleteAsset, scopes: ['media.asset_manage'] },
  { method: 'GET', path: DOWNLOAD, run: downloadAsset, scopes: ['media.asset_read'] },
  { method: 'GET', path: PRODUCTS, run: listProducts, scopes: ['product.product_read_unpublished'] },
]

/** The endpoint that a request is for. Throws Refused. */
export function findEndpoint({ method, path }: ApiRequest): Match {
  const candidates = ENDPOINTS.filter(endpoint => endpoint.path.test(path))
  if (candidates.length === 0) throw new Refused(serviceError(404, { message: 'The resource does not exist.' }))
  const endpoint = candidates.find(candidate => candidate.method === method)
  if (!endpoint) {
    const allow = candidates.map(candidate => candidate.method).join(', ')
    throw new Refused(serviceError(405, { headers: { allow } }))
  }
  const parts = endpoint.path.exec(path)?.groups
  return { ...endpoint, tenant: decode(parts?.tenant), id: decode(parts?.id) }
}

/** A part of a path that is no encoding of UTF-8 stands for itself, so that it names nothing. */
function decode(part = ''): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
