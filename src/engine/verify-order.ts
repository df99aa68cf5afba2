/** A value with its place, from 0. */
export interface Numbered<T> {
  readonly no: number
  readonly value: T
}

/** The same values with their places. */
export function* numbered<T>(values: Iterable<T>): Generator<Numbered<T>> {
  let no = 0
  for (const value of values) yield { no: no++, value }
}

/** Passes on what comes in any order in the order of its numbers, from 0. */
export function newQueue<T>(pass: (value: T) => void): { put(no: number, value: T): void } {
  const waiting = new Map<number, T>()
  let next = 0
  return {
    put(no, value) {
      waiting.set(no, value)
      for (let each = waiting.get(next); each !== undefined; each = waiting.get(next)) {
        waiting.delete(next++)
        pass(each)
      }
    },
  }
}
