import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'

/** One condition of a `q`: a field has one of some values, or has any at all, or has none. */
export type Condition =
  | { readonly field: string; readonly is: 'one of'; readonly values: readonly string[] }
  | { readonly field: string; readonly is: 'present' | 'absent' }

const BARE = '[^\\s:(),~<>][^\\s:(),]*'
const ENCLOSED = `"[^"]*"|(?!")${BARE}`

/**
 * Reads `field:value`, `field:(a,b)` and several of them, all of which must hold, apart by spaces. Undefined for what has
 * another form: the comparisons and regular expressions of the vendor's page on `q` are not emulated.
 */
export function parseQuery(text: string, quotes: 'enclose' | 'literal'): Condition[] | undefined {
  const value = `(?:${quotes === 'enclose' ? ENCLOSED : BARE})`
  const condition = `([\\w.-]+):(?:(${value})|\\((${value}(?:,${value})*)\\))`
  if (!new RegExp(`^(?:${condition}(?: +(?=\\S)|$))*$`).test(text)) return undefined
  return [...text.matchAll(new RegExp(condition, 'g'))].map(([, field = '', single, several = '']) => {
    if (single === 'exists') return { field, is: 'present' }
    if (single === 'null' || single === 'missing') return { field, is: 'absent' }
    const values = single === undefined ? (several.match(new RegExp(value, 'g')) ?? []) : [single]
    return { field, is: 'one of', values: quotes === 'enclose' ? values.map(withoutQuotes) : values }
  })
}

/** The values that a condition allows a field, or undefined when no condition does. */
export function valuesOf(conditions: readonly Condition[], field: string): readonly string[] | undefined {
  const found = conditions.find(condition => condition.field === field)
  return found?.is === 'one of' ? found.values : undefined
}

export function meets(entry: JsonObject, conditions: readonly Condition[]): boolean {
  return conditions.every(condition => {
    const found = readField(entry, condition.field)
    if (condition.is === 'one of') return found.some(value => condition.values.includes(String(value)))
    return found.length > 0 === (condition.is === 'present')
  })
}

/** What an entry has at a path such as `refIds.id`: nothing, or a value, or one of each element of a list. */
export function readField(entry: JsonObject, path: string): Json[] {
  let found: Json[] = [entry]
  for (const name of path.split('.')) found = found.flatMap(value => step(value, name))
  return found
}

function step(value: Json, name: string): readonly Json[] {
  const next = isJsonObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null
  return next === null ? [] : [next].flat()
}

function withoutQuotes(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1) : value
}
