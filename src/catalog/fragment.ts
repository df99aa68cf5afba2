import { plural, truncate } from '../lib/text.ts'
import { imageUrl } from './image-url.ts'
import type { Reading } from './mapping.ts'
import type { PositionedImage } from './rank.ts'
import type { Warnings } from './warnings.ts'

/** As much of a URL as is said in a warning. */
const SHOWN = 400

/** What adjacent records say of one product code; a product is made of all its fragments. */
export interface Fragment extends Content {
  readonly seq: number
  readonly code: string
  readonly source: string
}

/** What one or several records hold besides the code. */
export interface Content {
  readonly images: PositionedImage[]
  readonly fields: Readonly<Record<string, string>>
  /** The first image that is no usable URL: where and why. */
  readonly bad: BadImage | null
  /** How many images came from the first record, if that one listed a whole gallery; 0 if not. */
  readonly listed: number
  /** Two records that do not say the same, in words, by the kind of warning. */
  readonly conflicts: readonly Conflict[]
}

export interface BadImage {
  readonly message: string
  readonly fix: string
  readonly source: string
}

export interface Conflict {
  readonly reason: 'gallery-conflict' | 'column-conflict'
  readonly message: string
  readonly source: string
}

/** Judges the images of one record. */
export function contentOf(reading: Reading, seq: number, imageBaseUrl: string | null, warnings: Warnings): Content {
  const positions = positionsOf(reading, warnings)
  const images: PositionedImage[] = []
  let bad: BadImage | null = null
  for (const [at, text] of reading.images.entries()) {
    const image = imageUrl(text, imageBaseUrl, reading.isList)
    if (!image.ok) {
      bad ??= { message: image.message, fix: image.fix, source: reading.place }
      continue
    }
    if (image.encoded) {
      warnings.add('url-encoded', `"${truncate(text, SHOWN)}" is sent as ${truncate(image.url, SHOWN)}`, reading.place)
    }
    images.push({ url: image.url, position: positions[at] ?? null, record: seq })
  }
  const listed = reading.isList && positions.every(position => position === null) ? images.length : 0
  return { images, fields: reading.fields, bad, listed, conflicts: [] }
}

/**
 * The content with what a later record says. The list of images is extended in place: a code may have very many records.
 *
 * @param source the place of the later record
 */
export function extend<T extends Content>(content: T, later: Content, source: string): T {
  const conflicts = [
    ...content.conflicts,
    ...later.conflicts,
    ...galleryConflict(content, later, source),
    ...columnConflict(content.fields, later.fields, source),
  ]
  for (const image of later.images) content.images.push(image)
  return {
    ...content,
    fields: joinFields(content.fields, later.fields),
    bad: content.bad ?? later.bad,
    conflicts: firstOfEach(conflicts),
  }
}

/** Records that each list a whole gallery should list the same one. */
function galleryConflict({ images, listed }: Content, later: Content, source: string): Conflict[] {
  if (listed === 0 || later.listed === 0) return []
  const first = new Set(images.slice(0, listed).map(({ url }) => url))
  const second = new Set(later.images.slice(0, later.listed).map(({ url }) => url))
  if (first.size === second.size && [...first].every(url => second.has(url))) return []
  const message = 'records list different images; all of them are kept, in the order of the feed'
  return [{ reason: 'gallery-conflict', message, source }]
}

function columnConflict(first: Content['fields'], later: Content['fields'], source: string): Conflict[] {
  const name = Object.keys(later).find(
    name => Object.hasOwn(first, name) && first[name] && later[name] && first[name] !== later[name],
  )
  if (name === undefined) return []
  const message = `records differ in "${name}": "${first[name]}" and "${later[name]}"; the first one counts`
  return [{ reason: 'column-conflict', message, source }]
}

function firstOfEach(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.filter(({ reason }, at) => conflicts.findIndex(other => other.reason === reason) === at)
}

/** The first text that is not blank; a file may lack a column that another one has. */
export function joinFields(first: Content['fields'], second: Content['fields']): Content['fields'] {
  const names = new Set([...Object.keys(first), ...Object.keys(second)])
  const textOf = (fields: Content['fields'], name: string) => (Object.hasOwn(fields, name) ? fields[name] : '')
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
