import type { Item } from '../../model/item.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Problem, Product } from '../../model/product.ts'
import { fill } from '../template.ts'
import type { EmporixOptions } from './options.ts'

/** "To associate an asset with a predefined resource type, set `access` to `PUBLIC`"; anything else is a custom schema type. */
const PREDEFINED = ['BRAND', 'CATEGORY', 'LABEL', 'PRODUCT', 'MODULE']

/** One item per image, known by code and URL, because Emporix knows no order of images. */
export function encode(product: Product, options: EmporixOptions): readonly Item[] | Problem {
  const { code, source } = product
  const { access, refType, upload } = options
  if (access === 'PRIVATE' && PREDEFINED.includes(refType)) {
    const message = `Emporix refuses PRIVATE assets of type ${refType}.`
    const fix = 'Set access to PUBLIC, or refType to a custom type.'
    return { reason: 'access-refused', message, fix, code, source }
  }
  return product.gallery.map((url, at) => ({
    key: `${code} ${url}`,
    code,
    gallery: [url],
    values: upload === 'blob' ? filenames(product, at + 1, options) : {},
  }))
}

/** The name that is sent, and the same for every rank: an image that only moved is not uploaded again. */
function filenames(product: Product, rank: number, { filename }: EmporixOptions) {
  const parts = filename.split('{rank}').map(part => fill(part, product, rank))
  return { filename: fill(filename, product, rank), anyRank: parts.join('{rank}') }
}

/** What the asset is made from. The product's id is not known offline, so its code stands for it. */
export function payload(
  { code, gallery: [url = ''], values }: Item,
  { upload, access, refType, resolve }: EmporixOptions,
): JsonObject {
  return {
    type: upload === 'blob' ? 'BLOB' : 'LINK',
    access,
    url,
    refIds: [resolve === 'none' ? { id: code, type: refType } : { code, type: refType }],
    ...(values.anyRank === undefined ? {} : { details: { filename: values.anyRank } }),
  }
}
