import type { EmporixBehaviour } from './behaviour.ts'
import { type Condition, valuesOf } from './query.ts'

export interface Product {
  readonly id: string
  readonly code: string
}

/** The products of the tenant. Ids and codes are both unique. */
export interface Catalogue {
  /** The code of the product with this id, or null. */
  codeOf(id: string): string | null
  /** All products that meet the conditions, and perhaps others. */
  candidates(conditions: readonly Condition[]): readonly Product[]
}

export function openCatalogue(products: EmporixBehaviour['products'] = 'any'): Catalogue {
  return products === 'any' ? EVERY_CODE : listed(Object.entries(products).map(([code, id]) => ({ id, code })))
}

function listed(products: readonly Product[]): Catalogue {
  const codes = new Map(products.map(({ id, code }) => [id, code]))
  return { codeOf: id => codes.get(id) ?? null, candidates: () => products }
}

/** A product for every code that is not empty. There are too many to list: a query has to name codes or ids. */
const EVERY_CODE: Catalogue = {
  codeOf,
  candidates: conditions => {
    const codes: readonly (string | null)[] =
      valuesOf(conditions, 'code') ?? valuesOf(conditions, 'id')?.map(codeOf) ?? []
    return [...new Set(codes)].flatMap(code => (code ? [{ id: idOf(code), code }] : []))
  },
}

const PREFIX = 'p-'

/** Can be read backwards, so that ids outlive whatever the emulator forgets; it is longer than its code, so never equal. */
function idOf(code: string): string {
  return PREFIX + Buffer.from(code).toString('base64url')
}

function codeOf(id: string): string | null {
  const code = Buffer.from(id.slice(PREFIX.length), 'base64url').toString()
  return code !== '' && idOf(code) === id ? code : null
}
