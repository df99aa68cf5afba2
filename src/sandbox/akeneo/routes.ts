import type { Route } from './call.ts'
import { getAttributes, getFamily } from './family.ts'
import { LINES, patchProducts } from './patch-products.ts'
import { getProduct, patchProduct } from './products.ts'
import { deleteAsset, getAsset, listAssets } from './read-assets.ts'
import { issueToken } from './token.ts'
import { uploadFile } from './upload.ts'
import { upsertAssets } from './upsert-assets.ts'

export interface Endpoint {
  readonly route: Route
  /** Content types that it takes; none where no body is expected. */
  readonly types?: readonly string[]
  /** Needs no access token. */
  readonly isOpen?: boolean
}

export interface Resource {
  /** Of the encoded path; its groups are the variable parts. */
  readonly path: RegExp
  readonly methods: ReadonlyMap<string, Endpoint>
}

const JSON_TYPE = 'application/json'
const FORM = 'application/x-www-form-urlencoded'

/** The calls that are emulated: https://api.akeneo.com/api-reference.html. */
export const RESOURCES: readonly Resource[] = [
  resource(/^\/api\/oauth\/v1\/token$/, { POST: { route: issueToken, types: [JSON_TYPE, FORM], isOpen: true } }),
  resource(/^\/api\/rest\/v1\/asset-families\/([^/]+)$/, { GET: { route: getFamily } }),
  resource(/^\/api\/rest\/v1\/asset-families\/([^/]+)\/attributes$/, { GET: { route: getAttributes } }),
  resource(/^\/api\/rest\/v1\/asset-families\/([^/]+)\/assets$/, {
    GET: { route: listAssets },
    PATCH: { route: upsertAssets, types: [JSON_TYPE] },
  }),
  resource(/^\/api\/rest\/v1\/asset-families\/([^/]+)\/assets\/([^/]+)$/, {
    GET: { route: getAsset },
    DELETE: { route: deleteAsset },
  }),
  resource(/^\/api\/rest\/v1\/asset-media-files$/, { POST: { route: uploadFile, types: ['multipart/form-data'] } }),
  resource(/^\/api\/rest\/v1\/products$/, { PATCH: { route: patchProducts, types: [LINES] } }),
  // A product's identifier may hold slashes, encoded or not.
  resource(/^\/api\/rest\/v1\/products\/(.+)$/, {
    GET: { route: getProduct },
    PATCH: { route: patchProduct, types: [JSON_TYPE] },
  }),
]

function resource(path: RegExp, methods: Readonly<Record<string, Endpoint>>): Resource {
  return { path, methods: new Map(Object.entries(methods)) }
}
