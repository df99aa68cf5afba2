import type { Product } from '../../model/product.ts'
import type { Reading, Sight, Sought } from '../target.ts'
import type { Asset } from './asset.ts'
import { labelOf } from './label.ts'
import { listAssets } from './list.ts'
import type { ProductAiOptions } from './options.ts'
import { tagOf } from './tag.ts'

/**
 * Lists the account once, a hundred assets in each request: every image has a tag of its own, made from code and address, and all
 * images of a product have those that hold its code.
 */
export const read: Reading<ProductAiOptions> = {
  cannot: [
    'ProductAI keeps copies: that an image is the one of the feed is known by its tag alone.',
    'What else is there of a product is found by the tags with its code in them (option tags); without such a tag it is not seen.',
  ],
  async open(io, options) {
    const assets = byTag(await listAssets(io))
    const productTags = options.tags.filter(tag => tag.includes('{code}') && !tag.includes('{rank}'))
    return async sought =>
      sought.map(each => sightsOf(each, assets, tagsOf(each.product, { ...options, tags: productTags })))
  },
}

function byTag(assets: readonly Asset[]): ReadonlyMap<string, readonly Asset[]> {
  const found = new Map<string, Asset[]>()
  for (const asset of assets) {
    for (const tag of new Set(asset.tags)) {
      const known = found.get(tag)
      if (known === undefined) found.set(tag, [asset])
      else known.push(asset)
    }
  }
  return found
}

function tagsOf(product: Product, options: ProductAiOptions): readonly string[] {
  return labelOf(product, options, '').tags
}

function sightsOf(
  { items }: Sought,
  assets: ReadonlyMap<string, readonly Asset[]>,
  productTags: readonly string[],
): Sight[] {
  const claimed = new Set<Asset>()
  const own = items.flatMap(({ item }): Sight[] => {
    const found = assets.get(tagOf(item.key)) ?? []
    const asset = BEST.flatMap(is => found.filter(is)).at(0)
    if (asset === undefined) return []
    claimed.add(asset)
    return [sightOf(asset, item.key, item.gallery[0] ?? '')]
  })
  const others = new Set(
    [...items.map(({ item }) => tagOf(item.key)), ...productTags].flatMap(tag => assets.get(tag) ?? []),
  )
  return [...own, ...[...others].filter(asset => !claimed.has(asset) && !hasFailed(asset)).map(extra)]
}

const hasFailed = ({ status }: Asset) => status === 'failed'
const isReady = ({ status }: Asset) => status === 'ready'
/** Of several assets of one image, the one that says most for it. */
const BEST = [isReady, (asset: Asset) => !isReady(asset) && !hasFailed(asset), hasFailed]

function sightOf(asset: Asset, key: string, url: string): Sight {
  const { id } = asset
  if (isReady(asset)) return { kind: 'image', key, rank: null, url, name: id, note: null }
  if (hasFailed(asset)) {
    const message = `ProductAI could not process the image (asset ${id}).`
    return { kind: 'absent', key, reason: 'processing-failed', message }
  }
  return {
    kind: 'hidden',
    key,
    reason: 'processing',
    message: `Asset ${id} is still being processed. Verify again later.`,
  }
}

function extra({ id }: Asset): Sight {
  return { kind: 'image', key: null, rank: null, url: null, name: id, note: null }
}
