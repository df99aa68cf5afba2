import { plural } from '../lib/text.ts'
import type { Product, Rejection } from '../model/product.ts'
import type { Fragment } from './fragment.ts'
import type { Mapping } from './mapping.ts'
import { rank } from './rank.ts'
import type { Warnings } from './warnings.ts'

/** The product of all fragments of one code; a rejection when an image is unusable; null when it has no images at all. */
export function assemble(fragment: Fragment, mapping: Mapping, warnings: Warnings): Product | Rejection | null {
  const { seq, code, source, bad, fields } = fragment
  const reject = (message: string): Rejection => ({
    seq,
    code,
    reason: 'url-invalid',
    message,
    source: bad?.source ?? source,
  })
  if (bad !== null && mapping.onBadImage !== 'drop-image') return reject(bad.message)
  if (fragment.images.length === 0) {
    if (bad !== null) return reject(`${bad.message} No other image is left.`)
    warnings.add(
      'without-images',
      `${code} has no image in the feed; what the targets hold of it stays as it is`,
      source,
    )
    return null
  }
  const { gallery, duplicates, conflict } = rank(fragment.images)
  if (duplicates.length > 0) {
    warnings.add(
      'duplicate-image',
      `${code} names ${plural(duplicates.length, 'image')} more than once; each keeps its first place (${duplicates[0]})`,
      source,
    )
  }
  if (conflict !== null) {
    warnings.add(
      'position-conflict',
      `${code} has several images at position ${conflict}; they keep the order of the feed`,
      source,
    )
  }
  const dropped = bad === null ? null : `Left out: ${bad.message} (${bad.source})`
  return { seq, code, gallery, fields, source, dropped }
}
