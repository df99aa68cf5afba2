import { Fault } from '../../model/fault.ts'
import { encoded } from './addresses.ts'
import type { Entry } from './pages.ts'
import { isNumber, isPlain, oneOf, pattern, quoted } from './query.ts'

/** Characters of one list of codes in an address, which may have 10 KB in all. */
const GROUP_CHARS = 4000
/** A comma and two quotes in an address. */
const CHARS_BETWEEN = 9

/** What the shop said of a product code. */
export interface Found {
  /** The ids of the products with this code: none when it is missing; of two, neither can be relied on. */
  readonly ids: readonly string[]
  /** Why the shop could not be asked, when it took no form of the question. */
  readonly refusal: Fault | null
}

/** What is known of product codes; kept for the run, so that nothing is asked twice. */
export type Products = Map<string, Found>

/** Gives the products that a query finds. */
export type Search = (query: string) => Promise<readonly Entry[]>

/** Looks up the codes that are not known yet, as many at a time as a query can hold. */
export async function lookUp(codes: Iterable<string>, products: Products, search: Search): Promise<void> {
  const asked = [...new Set(codes)].filter(code => !products.has(code))
  const isOpen = (code: string) => products.get(code)?.ids.length !== 1
  const plain = asked.filter(isPlain)
  const special = asked.filter(code => !isPlain(code))
  for (const group of groups(plain)) await ask(group, code => code, products, search)
  for (const group of groups(plain.filter(isNumber).filter(isOpen))) await ask(group, quoted, products, search)
  for (const code of special) if (!code.includes('"')) await ask([code], quoted, products, search)
  for (const code of special.filter(isOpen)) await ask([code], pattern, products, search)
}

/** Asks for all codes at once; when that is refused, for each alone, because a single code may be the cause. */
async function ask(
  codes: readonly string[],
  write: (code: string) => string,
  products: Products,
  search: Search,
): Promise<void> {
  try {
    const entries = await search(oneOf('code', codes.map(write)))
    for (const code of codes) {
      const ids = entries.filter(entry => entry.code === code).map(entry => entry.id)
      products.set(code, { ids, refusal: null })
    }
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'refused') throw error
    for (const code of codes) {
      if (codes.length > 1) await ask([code], write, products, search)
      else if (!products.has(code)) products.set(code, { ids: [], refusal: error })
    }
  }
}

/** As many codes per group as one query can hold. */
export function groups(codes: readonly string[]): string[][] {
  const found: string[][] = []
  let room = 0
  for (const code of codes) {
    const chars = encoded(code).length + CHARS_BETWEEN
    const group = chars > room ? undefined : found.at(-1)
    room = (group === undefined ? GROUP_CHARS : room) - chars
    if (group === undefined) found.push([code])
    else group.push(code)
  }
  return found
}
