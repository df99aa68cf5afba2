import type { Product } from '../model/product.ts'

const PLACE = /\{(code|rank|column:([^{}]+))\}/g

/** Fills `{code}`, `{rank}` (from 1) and `{column:Name}`; anything else in braces stays as it is. */
export function fill(template: string, { code, fields }: Pick<Product, 'code' | 'fields'>, rank: number): string {
  const filled = template.replace(PLACE, (_, place: string, column: string | undefined) => {
    if (column !== undefined) return Object.hasOwn(fields, column) ? (fields[column] ?? '') : ''
    return place === 'code' ? code : String(rank)
  })
  return filled.toWellFormed() // half a character in a cell would break every address that it becomes a part of
}

/** The feed's columns that a template refers to. */
export function columnsIn(template: string): string[] {
  return [...template.matchAll(PLACE)].flatMap(([, , column]) => (column === undefined ? [] : [column]))
}
