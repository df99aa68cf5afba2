import { ACCOUNT } from './account.ts'
import type { Asset } from './asset-store.ts'
import type { Pim } from './call.ts'
import type { Product } from './product-store.ts'
import { fullUrl } from './rules.ts'

interface Image {
  readonly key: string
  /** The code without its rank, which is what it says of its product. */
  readonly stem: string
  readonly rank: number
  readonly url: string
}

/**
 * What each product shows: the assets of its collection. Assets that no product has are put together by their code
 * without the rank at its end. They are not shown where that code has linked assets too: the product has let go of them.
 */
export function galleriesOf(pim: Pim): Map<string, string[]> {
  const images = new Map(pim.assets.all().flatMap(asset => imagesOf(asset, pim).map(image => [image.key, image])))
  const linked = pim.products.all().map(product => ({ product, images: linkedImages(product, images, pim) }))
  const galleries = new Map(groupLoose(images, new Set(linked.flatMap(each => each.images))))
  for (const { product, images: shown } of linked) if (shown.length > 0) galleries.set(product.identifier, urls(shown))
  return galleries
}

/** The assets of the first collection that has any. */
function linkedImages({ collections }: Product, images: ReadonlyMap<string, Image>, { assets }: Pim): Image[] {
  for (const codes of collections.values()) {
    const found = codes.map(code => images.get(assets.keyOf(code))).filter(image => image !== undefined)
    if (found.length > 0) return found
  }
  return []
}

function groupLoose(images: ReadonlyMap<string, Image>, linked: ReadonlySet<Image>): [string, string[]][] {
  const taken = new Set([...linked].map(({ stem }) => stem))
  const groups = new Map<string, Image[]>()
  for (const image of images.values()) {
    if (taken.has(image.stem)) continue
    const group = groups.get(image.stem)
    if (group) group.push(image)
    else groups.set(image.stem, [image])
  }
  return [...groups].map(([stem, group]) => [stem, urls(group.toSorted((a, b) => a.rank - b.rank))])
}

function urls(images: readonly Image[]): string[] {
  return images.map(({ url }) => url)
}

/** One image, or none for an asset without media. Of several values the one written first is shown. */
function imagesOf({ code, values }: Asset, { assets, files, settings }: Pim): Image[] {
  const data = values.find(({ attribute }) => attribute === ACCOUNT.attribute)?.data
  if (data === undefined) return []
  const isLink = settings.mediaType === 'media_link'
  const url = isLink ? fullUrl(data, settings) : `file:${files.find(data)?.filename ?? data}`
  const [, stem = code, rank = '0'] = /^(.+)_(\d+)$/.exec(code) ?? []
  return [{ key: assets.keyOf(code), stem, rank: Number(rank), url }]
}
