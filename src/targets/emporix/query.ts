/** What means something in the vendor's `q`; how a value is kept from it is not documented. */
const SYNTAX = /[\s\p{C}:(),"'~<>=\\]/u
const WORDS = ['null', 'exists', 'missing', 'AND', 'OR']
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** True for values that can be written into a query, or a list of it, as they are. */
export function isPlain(value: string): boolean {
  return !SYNTAX.test(value) && !WORDS.includes(value)
}

/** True for values that a query may take for numbers, which are never equal to a text. */
export function isNumber(value: string): boolean {
  return NUMBER.test(value)
}

/** Quotes are documented for dates and for values of compound queries of the Product Service. */
export function quoted(value: string): string {
  return `"${value}"`
}

/** A regular expression, which is documented for values with spaces, made without any character of the syntax. */
export function pattern(value: string): string {
  return `~^${value.replace(/[^A-Za-z0-9]+/g, '[^A-Za-z0-9]+')}$`
}

/** A query for things whose field has one of these values. */
export function oneOf(field: string, values: readonly string[]): string {
  return values.length === 1 ? `${field}:${values[0]}` : `${field}:(${values.join(',')})`
}

/**
 * Ways to ask for one value, to be tried in turn until one finds something. Whoever asks compares what is found: a pattern
 * finds more, and what a server makes of quotes is its own affair.
 */
export function waysToAsk(value: string): readonly string[] {
  const inQuotes = value.includes('"') ? [] : [quoted(value)]
  if (!isPlain(value)) return [...inQuotes, pattern(value)]
  return isNumber(value) ? [value, ...inQuotes] : [value]
}
