import { plural } from '../lib/text.ts'
import { imageUrl } from './image-url.ts'
import type { Mapping, Reading } from './mapping.ts'
import type { PositionedImage } from './rank.ts'
import type { Warnings } from './warnings.ts'

/** What adjacent records say of one product code; a product is made of all its fragments. */
export interface Fragment {
  readonly seq: number
  readonly code: string
  readonly source: string
  readonly images: PositionedImage[]
  readonly fields: Readonly<Record<string, string>>
  /** The first image that is no usable URL: where and why. */
  readonly bad: { readonly message: string; readonly source: string } | null
}

/** Judges the images of one record that has a code. */
export function fragmentOf(reading: Reading, seq: number, mapping: Mapping, warnings: Warnings): Fragment {
  const positions = positionsOf(reading, warnings)
  const images: PositionedImage[] = []
  let bad: Fragment['bad'] = null
  for (const [at, text] of reading.images.entries()) {
    const image = imageUrl(text, mapping.imageBaseUrl)
    if (!image.ok) {
      bad ??= { message: image.message, source: reading.place }
      continue
    }
    if (image.encoded) warnings.add('url-encoded', `"${text}" is sent as ${image.url}`, reading.place)
    images.push({ url: image.url, position: positions[at] ?? null, record: seq })
  }
  return { seq, code: reading.code, source: reading.place, images, fields: reading.fields, bad }
}

/**
 * The fragment with what a later record of the same code says. The list of images is extended in place: a code may have
 * very many records.
 */
export function extend(fragment: Fragment, later: Fragment): Fragment {
  for (const image of later.images) fragment.images.push(image)
  return { ...fragment, fields: joinFields(fragment.fields, later.fields), bad: fragment.bad ?? later.bad }
}

/** The first text that is not blank; a file may lack a column that another one has. */
function joinFields(first: Fragment['fields'], second: Fragment['fields']): Fragment['fields'] {
  const names = new Set([...Object.keys(first), ...Object.keys(second)])
  const textOf = (fields: Fragment['fields'], name: string) => (Object.hasOwn(fields, name) ? fields[name] : '')
  return Object.fromEntries([...names].map(name => [name, textOf(first, name) || textOf(second, name) || '']))
}

/** The position of each image of the record. */
function positionsOf({ images, positions, place }: Reading, warnings: Warnings): (number | null)[] {
  if (images.length === 0) return []
  if (positions.length > 1 && positions.length !== images.length) {
    const counts = `${positions.length} positions for ${plural(images.length, 'image')}`
    warnings.add('position-invalid', `${counts}; they keep the order of the feed`, place)
    return []
  }
  const numbers = positions.map(text => positionOf(text, place, warnings))
  return numbers.length === 1 ? images.map(() => numbers[0] ?? null) : numbers
}

function positionOf(text: string, place: string, warnings: Warnings): number | null {
  if (text === '') return null
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text)
  warnings.add('position-invalid', `"${text}" is not a position; the image is ranked after those that have one`, place)
  return null
}
