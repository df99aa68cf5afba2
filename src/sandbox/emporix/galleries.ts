import type { Asset } from './asset.ts'
import type { Catalogue } from './catalogue.ts'

/** Each code with what refers to its product, in order of creation, which is all the order that the vendor knows. */
export function galleriesOf(assets: readonly Asset[], catalogue: Catalogue): Iterable<[code: string, urls: string[]]> {
  const galleries = new Map<string, string[]>()
  for (const asset of assets) {
    for (const code of codesOf(asset, catalogue)) {
      const before = galleries.get(code)
      if (before === undefined) galleries.set(code, [label(asset)])
      else before.push(label(asset))
    }
  }
  return galleries
}

function codesOf({ refIds }: Asset, catalogue: Catalogue): Set<string> {
  const codes = refIds.map(({ type, id }) => (type === 'PRODUCT' ? catalogue.codeOf(id) : null))
  return new Set(codes.filter(code => code !== null))
}

function label({ url, details }: Asset): string {
  return details ? `file:${details.filename}` : url
}
