import { FIX, REASON } from '../../model/rejects.ts'

/** One header for the records of several tables. */
export interface Columns {
  readonly names: readonly string[]
  /** The cells of a record of that table, in the order of the names. */
  arrange(table: number, cells: readonly string[]): string[]
}

/**
 * The columns of all headers in the order in which they first appear. A name that one header repeats stays repeated. Columns
 * that an earlier round has added are left out.
 */
export function unite(headers: readonly (readonly string[])[]): Columns {
  const places = new Map<string, number>()
  const names: string[] = []
  const targets = headers.map(header => {
    const seen = new Map<string, number>()
    return header.map(name => {
      if (name === REASON || name === FIX) return null
      const nth = (seen.get(name) ?? 0) + 1
      seen.set(name, nth)
      const key = `${nth} ${name}`
      const place = places.get(key) ?? names.push(name) - 1
      places.set(key, place)
      return place
    })
  })
  return {
    names,
    arrange(table, cells) {
      const arranged = names.map(() => '')
      for (const [at, place] of (targets[table] ?? []).entries()) if (place !== null) arranged[place] = cells[at] ?? ''
      return arranged
    },
  }
}
