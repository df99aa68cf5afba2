import type { Json, JsonObject } from '../../model/json.ts'
import { type ApiRequest, jsonAnswer } from '../exchange.ts'
import { emptyAnswer, link, Refused } from './answers.ts'
import { type Call, type Pim, type Route, readJson } from './call.ts'
import { collectionProblems, malformed, readCollections } from './collections.ts'
import type { Product } from './product-store.ts'

/** What a product has; of these the emulator keeps the asset collections alone. */
const PROPERTIES = [
  '_links',
  'uuid',
  'identifier',
  'enabled',
  'family',
  'categories',
  'groups',
  'parent',
  'values',
  'associations',
  'quantified_associations',
  'created',
  'updated',
]

/** GET /api/rest/v1/products/{code} */
export const getProduct: Route = ({ pim, params: [identifier = ''] }) => {
  const product = findProduct(identifier, pim)
  if (product) return jsonAnswer(200, showProduct(product, pim))
  throw new Refused(404, `Product "${identifier}" does not exist or you do not have permission to access it.`)
}

/** PATCH /api/rest/v1/products/{code}: a product that does not exist is created. */
export const patchProduct: Route = call => {
  const { params, request, pim } = call
  const [identifier = ''] = params
  const data = readJson(request.body)
  const status = pim.transaction(() => updateProduct(call, identifier, data))
  return emptyAnswer(status, { location: productLink(request, identifier) })
}

/** Sets what the data names and leaves the rest; a collection is replaced as a whole. Throws Refused. */
export function updateProduct({ pim, fails }: Call, identifier: string, data: Json): 201 | 204 {
  const properties = propertiesOf(data)
  const product = findProduct(identifier, pim)
  const named = properties.get('identifier') ?? identifier
  if (named !== identifier) {
    const inBody = `The identifier "${named}" provided in the request body`
    throw new Refused(422, `${inBody} must match the identifier "${identifier}" provided in the url.`)
  }
  const collections = readCollections(properties.get('values') ?? {}, pim)
  const failure = { property: 'identifier', message: 'The product could not be saved.' }
  const errors = fails(identifier) ? [failure] : collections.flatMap(each => collectionProblems(each, pim))
  if (errors.length > 0) throw new Refused(422, { message: 'Validation failed.', errors })
  const merged = new Map(product?.collections)
  for (const { attribute, codes } of collections) {
    if (codes === null || codes.length === 0) merged.delete(attribute)
    else merged.set(attribute, codes)
  }
  pim.products.save({ identifier, collections: merged })
  return product === null ? 201 : 204
}

/** Null when there is no such product. One that exists but was never written is empty. */
function findProduct(identifier: string, { products, settings }: Pim): Product | null {
  const exists = settings.products === 'any' || settings.products.includes(identifier)
  return products.find(identifier) ?? (exists ? { identifier, collections: new Map() } : null)
}

function propertiesOf(data: Json): ReadonlyMap<string, Json> {
  if (typeof data !== 'object' || data === null) throw new Refused(400, 'Invalid json message received')
  const properties = new Map<string, Json>(Object.entries(data))
  const unknown = [...properties.keys()].find(name => !PROPERTIES.includes(name))
  if (unknown !== undefined) throw malformed(`Property "${unknown}" does not exist.`)
  return properties
}

/** Assets that were deleted are not shown any more. */
function showProduct({ identifier, collections }: Product, { assets }: Pim): JsonObject {
  const values = [...collections].map(([attribute, codes]): [string, Json] => {
    const data = codes.filter(code => assets.find(code) !== null)
    return [attribute, [{ locale: null, scope: null, data }]]
  })
  return {
    identifier,
    enabled: true,
    family: null,
    categories: [],
    groups: [],
    parent: null,
    values: Object.fromEntries(values),
    associations: {},
    quantified_associations: {},
  }
}

function productLink(request: ApiRequest, identifier: string): string {
  return link(request, `/api/rest/v1/products/${encodeURIComponent(identifier.toWellFormed())}`)
}
