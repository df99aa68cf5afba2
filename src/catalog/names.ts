import { columnPattern, matchNames, type NamedColumn } from './pattern.ts'
import type { Names } from './presets/index.ts'

/** A name without what exporters vary: capitals, accents, blanks and punctuation, such as the `*` of a required column. */
export function plainName(name: string): string {
  return plainPattern(name).replaceAll('*', '')
}

/** The same for a pattern, where `*` stands for digits. */
function plainPattern(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}*]/gu, '')
}

/** The columns of a header that carry the first of the names that any column carries; numbered ones by their numbers. */
export function findNames(columns: readonly string[], names: Names): NamedColumn[] {
  const plain = columns.map(plainName)
  for (const name of names) {
    const found = matchNames(columnPattern(plainPattern(name)), plain)
    if (found.length > 0) return found.map(({ at }) => ({ name: columns[at] ?? '', at }))
  }
  return []
}
