import { matchNames, type NamedColumn } from './pattern.ts'

const CODES = [
  'code',
  'sku',
  'productcode',
  'productsku',
  'itemcode',
  'itemnumber',
  'articlenumber',
  'artikelnummer',
  'reference',
  'productid',
  'itemid',
  'id',
  'uniqueid',
  'uniqid',
  'variantsku',
  'handle',
  'slug',
]
const WHICH = '(?:product|item|main|primary|base|featured|default|cover)?'
const WHAT = '(?:images?|img|pictures?|photos?|bild(?:er)?|imagen(?:es)?|immagin[ei]|afbeelding(?:en)?|fotos?)'
const HOW = '(?:urls?|src|links?|path)'
const IMAGE = new RegExp(`^${WHICH}${WHAT}${HOW}?(\\d*)$`)
const IMAGE_NUMBER_FIRST = new RegExp(`^${WHICH}${WHAT}(\\d+)${HOW}$`)
const POSITIONS = ['imageposition', 'imagerank', 'imagesort', 'imageorder']
const ADDRESSES = ['src', 'url', 'href', 'link']

/** The columns that carry one of the usual names for a code, by preference. */
export function usualCodes(columns: readonly string[]): string[] {
  return CODES.flatMap(name => columns.filter(column => plain(column) === name).slice(0, 1))
}

/** Columns that are called like an image, numbered ones in the order of their numbers after the one without. */
export function usualImages(columns: readonly string[]): NamedColumn[] {
  return matchNames({ numberIn: numberOf }, columns)
}

export function usualPosition(columns: readonly string[]): string | null {
  return columns.find(column => POSITIONS.includes(plain(column))) ?? null
}

/** The usual names for the address in an object that describes an image. */
export function usualAddress(keys: readonly string[]): string | null {
  return ADDRESSES.find(name => keys.includes(name)) ?? null
}

function numberOf(column: string): number | null {
  const name = plain(column)
  const match = IMAGE.exec(name) ?? IMAGE_NUMBER_FIRST.exec(name)
  return match ? Number(match[1]) : null
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
