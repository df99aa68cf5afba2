import type { Result } from '../model/outcome.ts'

/** So many results in a row that are the same, as those of a batch mostly are. */
type Repeated = readonly [times: number, result: Result]

/** Results in a shorter form. */
export function shortened(results: readonly Result[]): Repeated[] {
  const list: [number, Result][] = []
  for (const result of results) {
    const last = list.at(-1)
    if (last !== undefined && isSame(last[1], result)) last[0]++
    else list.push([1, result])
  }
  return list
}

/** One result per step again. Older ledgers have them like that. */
export function lengthened(list: readonly (Repeated | Result)[]): Result[] {
  return list.flatMap(entry => (isRepeated(entry) ? Array<Result>(entry[0]).fill(entry[1]) : [entry]))
}

function isSame(one: Result, other: Result): boolean {
  return (
    one.status === other.status &&
    one.attempts === other.attempts &&
    one.http === other.http &&
    one.requestId === other.requestId &&
    one.remoteId === other.remoteId &&
    one.reason === other.reason &&
    one.message === other.message
  )
}

function isRepeated(entry: Repeated | Result): entry is Repeated {
  return Array.isArray(entry)
}
