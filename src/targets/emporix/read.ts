import { Fault } from '../../model/fault.ts'
import { isJsonObject } from '../../model/json.ts'
import type { Io, Reading, Sight, Sought } from '../target.ts'
import { assetsUrl, encoded, productsUrl } from './addresses.ts'
import { assetsOf } from './asset.ts'
import type { EmporixOptions } from './options.ts'
import { allEntries, type Entry } from './pages.ts'
import { lookUp, type Products } from './products.ts'
import { isNumber, isPlain, oneOf } from './query.ts'
import { refIdsOf } from './wanted.ts'

/** Products whose assets are listed together: with ids of the usual length an address of less than 2 KB. */
const PRODUCTS_AT_ONCE = 20

type SoughtItem = Sought['items'][number]

/** Lists the assets that belong to the products, those of several products in one request. */
export const read: Reading<EmporixOptions> = {
  cannot: [
    'Of an image that was uploaded (upload: blob) only its presence can be compared.',
    'Access and further references of an asset are not compared.',
  ],
  open: async (io, options) => async sought => {
    const products = await productsOf(sought, io, options)
    const ids = sought.flatMap(({ product }) => products.get(product.code)?.ids ?? [])
    const held = await listAssets([...new Set(ids)], io, assetsUrl(io.baseUrl, options))
    return sought.map(each => sightsOf(each, products, held))
  },
}

async function productsOf(sought: readonly Sought[], io: Io, options: EmporixOptions): Promise<Products> {
  const codes = sought.map(({ product }) => product.code)
  const products: Products = new Map()
  if (options.resolve === 'none') for (const code of codes) products.set(code, { ids: [code], refusal: null })
  else {
    const url = productsUrl(io.baseUrl, options)
    await lookUp(codes, products, query => allEntries(io, `${url}?q=${encoded(query)}&fields=code`))
  }
  return products
}

/** The assets of each product, or why the service would not tell them. */
type Held = ReadonlyMap<string, readonly Entry[] | Fault>

/** A product of which a list shows nothing is asked for alone: how a list of ids is taken for a nested field is not documented. */
async function listAssets(ids: readonly string[], io: Io, url: string): Promise<Held> {
  const held = new Map<string, readonly Entry[] | Fault>()
  const plain = ids.filter(id => isPlain(id) && !isNumber(id))
  for (let start = 0; start < plain.length; start += PRODUCTS_AT_ONCE) {
    const group = plain.slice(start, start + PRODUCTS_AT_ONCE)
    const found = await unlessRefused(allEntries(io, `${url}?q=${encoded(oneOf('refIds.id', group))}`))
    if (found instanceof Fault) continue
    for (const id of group) {
      const own = found.filter(asset => refIdsOf(asset).some(ref => ref.id === id))
      if (own.length > 0) held.set(id, own)
    }
  }
  for (const id of ids) if (!held.has(id)) held.set(id, await unlessRefused(assetsOf(io, url, id)))
  return held
}

/** A refusal is about what was asked. */
async function unlessRefused<T>(work: Promise<T>): Promise<T | Fault> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Fault && error.kind === 'refused') return error
    throw error
  }
}

function sightsOf({ product: { code }, items }: Sought, products: Products, held: Held): Sight[] {
  const { ids, refusal } = products.get(code) ?? { ids: [], refusal: null }
  const all = (kind: 'absent' | 'hidden', reason: string, message: string): Sight[] =>
    items.map(({ item }) => ({ kind, key: item.key, reason, message }))
  if (refusal !== null) return all('hidden', 'product-unknown', `Emporix did not take the question: ${refusal.message}`)
  if (ids.length > 1) return all('hidden', 'product-ambiguous', `The shop has ${ids.length} products with this code.`)
  const [id] = ids
  if (id === undefined) return all('absent', 'product-missing', `The shop has no product with the code "${code}".`)
  const assets = held.get(id) ?? []
  if (assets instanceof Fault) return all('hidden', assets.reason, assets.message)
  return compare(items, assets)
}

/** Each image is the asset with its address or its filename, else the one that the ledger knows; the others are extra. */
function compare(items: readonly SoughtItem[], assets: readonly Entry[]): Sight[] {
  const free = new Set(assets.filter(isImage))
  const owners = new Map<SoughtItem, Entry>()
  for (const is of [isKnownFile, isTwin, isKnown]) {
    for (const each of items) {
      const asset = owners.has(each) ? undefined : [...free].find(entry => is(entry, each))
      if (asset === undefined) continue
      owners.set(each, asset)
      free.delete(asset)
    }
  }
  const own = [...owners].map(([{ item }, asset]) => sightOf(asset, item.key))
  return [...own, ...[...free].map(asset => sightOf(asset, null))]
}

/** A file keeps the name of the rank that it had when it was uploaded, so its name says less than its id. */
function isKnownFile(asset: Entry, sought: SoughtItem): boolean {
  return asset.type === 'BLOB' && isKnown(asset, sought)
}

function isTwin(asset: Entry, { item }: SoughtItem): boolean {
  if (asset.type === 'LINK') return asset.url === item.gallery[0]
  return asset.type === 'BLOB' && filenameOf(asset) !== null && filenameOf(asset) === item.values.filename
}

function isKnown({ id }: Entry, { held }: SoughtItem): boolean {
  return id === held?.remoteId
}

/** Documents and videos of a product are no images of its gallery. What does not say what it is may be one. */
function isImage({ details }: Entry): boolean {
  const type = isJsonObject(details) ? details.mimeType : undefined
  return typeof type !== 'string' || type.startsWith('image/')
}

function sightOf(asset: Entry, key: string | null): Sight {
  const url = asset.type === 'LINK' && typeof asset.url === 'string' ? asset.url : null
  const note = url === null && key !== null ? 'It is a file of Emporix: only its presence could be compared.' : null
  return { kind: 'image', key, rank: null, url, name: filenameOf(asset) ?? asset.id, note }
}

function filenameOf({ details }: Entry): string | null {
  return isJsonObject(details) && typeof details.filename === 'string' ? details.filename : null
}
