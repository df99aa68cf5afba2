import type { Product } from '../../model/product.ts'
import { fill } from '../template.ts'

const RANK = '{rank}'

/** "Asset code may contain only letters, numbers and underscores", up to 255 of them. */
export const LONGEST_CODE = 255

/** The parts of a product's asset codes around their rank, with `_` for every character that a code must not contain. */
export function stemOf(product: Product, template: string): readonly string[] {
  return template.split(RANK).map(part => fill(part, product, 0).replace(/[^A-Za-z0-9_]/gu, '_'))
}

export function codeAt(stem: readonly string[], rank: number): string {
  return stem.join(String(rank))
}

/** Asset codes that differ by case alone may be one asset: their index does not tell them apart. */
export function fold(code: string): string {
  return code.toLowerCase()
}

/** Tells the codes that this stem makes, of whatever rank. */
export function ownedBy(stem: readonly string[]): (code: string) => boolean {
  const [first = '', second = '', ...others] = stem.map(fold) // only letters, digits and underscores
  const pattern = new RegExp(`^${[`${first}(?<rank>[1-9]\\d*)${second}`, ...others].join('\\k<rank>')}$`)
  return code => pattern.test(fold(code))
}
