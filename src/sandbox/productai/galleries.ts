import type { Asset } from './store.ts'
import { codeOf } from './upload.ts'

/**
 * Each code with the URLs that its images came from, in the order in which they were uploaded: the vendor knows no rank and
 * no product. Images whose processing failed are not held.
 */
export function galleriesOf(assets: readonly Asset[]): Iterable<[code: string, urls: string[]]> {
  const galleries = new Map<string, string[]>()
  for (const { upload } of assets.filter(({ status }) => status !== 'failed')) {
    const code = codeOf(upload)
    galleries.set(code, [...(galleries.get(code) ?? []), upload.source])
  }
  return galleries
}
