import { matchNames, type NamedColumn } from './pattern.ts'

const CODES = ['code', 'sku', 'productcode', 'productsku', 'itemcode', 'itemnumber', 'articlenumber', 'id']
const IMAGE = /^(?:product)?(?:image|images|img|picture|photo)(?:url|urls|src|link|path)?(\d*)$/
const IMAGE_NUMBER_FIRST = /^(?:product)?(?:image|img|picture|photo)(\d+)(?:url|src|link|path)$/
const POSITIONS = ['imageposition', 'imagerank', 'imagesort', 'imageorder']
const ADDRESSES = ['src', 'url', 'href', 'link']

/** The first of the usual names for a code that is among the columns. */
export function usualCode(columns: readonly string[]): string | null {
  for (const name of CODES) {
    const column = columns.find(column => plain(column) === name)
    if (column !== undefined) return column
  }
  return null
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
