import { placeOf } from './place.ts'
import { imageOf, type View } from './show.ts'
import type { Asset } from './store.ts'

interface Placed {
  readonly rank: number
  /** None while the image has not arrived. */
  readonly urls: readonly string[]
}

/**
 * Each code with its URLs by rank, read from the external ids. Assets in the trash and assets without an external id belong
 * to no gallery; one without an image shows its code but no URL.
 */
export function galleriesOf(assets: readonly Asset[], view: View): Iterable<[code: string, urls: string[]]> {
  const galleries = new Map<string, Placed[]>()
  for (const asset of assets) {
    const { external_id } = asset.fields
    if (asset.trashed !== null || external_id === null) continue
    const { code, rank } = placeOf(external_id)
    const image = imageOf(asset, view)
    const placed = { rank, urls: image ? [image.url] : [] }
    galleries.set(code, [...(galleries.get(code) ?? []), placed])
  }
  return [...galleries].map(([code, placed]) => [code, rank(placed)])
}

function rank(placed: readonly Placed[]): string[] {
  return placed.toSorted((a, b) => a.rank - b.rank).flatMap(({ urls }) => urls)
}
