/** One way to name image columns: exactly, or with `*` for digits or nothing. */
export interface ColumnPattern {
  /** The number in place of `*` (0 for nothing), or null when the name does not match. */
  numberIn(name: string): number | null
}

/** A name and where it stands among its neighbours: a header may repeat a name. */
export interface NamedColumn {
  readonly name: string
  readonly at: number
}

export function columnPattern(text: string): ColumnPattern {
  const star = text.indexOf('*')
  if (star === -1) return { numberIn: name => (name === text ? 0 : null) }
  const before = text.slice(0, star)
  const after = text.slice(star + 1)
  return {
    numberIn(name) {
      if (name.length < before.length + after.length || !name.startsWith(before) || !name.endsWith(after)) return null
      const digits = name.slice(before.length, name.length - after.length)
      return /^\d*$/.test(digits) ? Number(digits) : null
    },
  }
}

/** The names that match, in the order of their numbers (10 after 9); equal numbers keep the order given. */
export function matchNames(pattern: ColumnPattern, names: readonly string[]): NamedColumn[] {
  return names
    .map((name, at) => ({ name, at, number: pattern.numberIn(name) }))
    .filter((entry): entry is NamedColumn & { number: number } => entry.number !== null)
    .sort((a, b) => a.number - b.number)
    .map(({ name, at }) => ({ name, at }))
}
