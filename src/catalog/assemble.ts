import { plural } from '../lib/text.ts'
import { inWords, type Product, type Rejection } from '../model/product.ts'
import type { BadImage, Fragment } from './fragment.ts'
import type { Mapping } from './mapping.ts'
import { rank } from './rank.ts'
import type { Warnings } from './warnings.ts'

/** The product of all fragments of one code; a rejection when an image is unusable; null when it has no images at all. */
export function assemble(
  fragment: Fragment,
  onBadImage: Mapping['onBadImage'],
  warnings: Warnings,
): Product | Rejection | null {
  const { seq, code, source, bad, fields } = fragment
  if (bad !== null && onBadImage !== 'drop-image') return rejected(fragment, bad)
  if (fragment.images.length === 0) {
    if (bad !== null) return rejected(fragment, { ...bad, message: `${bad.message} No other image is left.` })
    const message = `${code} has no image in the feed; what the targets hold of it stays as it is`
    warnings.add('without-images', message, source)
    return null
  }
  const { gallery, duplicates, conflict } = rank(fragment.images)
  for (const { reason, message, source } of fragment.conflicts) warnings.add(reason, `${code}: ${message}`, source)
  if (duplicates.length > 0) {
    const names = `${code} names ${plural(duplicates.length, 'image')} more than once`
    warnings.add('duplicate-image', `${names}; each keeps its first place (${duplicates[0]})`, source)
  }
  if (conflict !== null) {
    const message = `${code} has several images at position ${conflict}; they keep the order of the feed`
    warnings.add('position-conflict', message, source)
  }
  const dropped = bad === null ? null : `Left out: ${inWords(bad)} (${bad.source})`
  return { seq, code, gallery, fields, source, dropped }
}

function rejected({ seq, code }: Fragment, { message, fix, source }: BadImage): Rejection {
  return { seq, code, reason: 'url-invalid', message, fix, source }
}
