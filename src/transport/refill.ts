import type { Finding } from './trial.ts'

/** A shorter time than the first trial took tells nothing that it has not told. */
const LONGER = 2
/** The same for fewer requests. */
const MORE = 2

/**
 * How fast a bucket is refilled that gave `first` before it was empty, and `later` after a pause that filled it again: what it
 * gave beyond the first time came in beyond that time. Counted from the moment at which it was full for the last time, which
 * is the one that gives the highest rate; from any other, something ran over. Null when there is too little to tell.
 */
export function refillRate(first: Finding, { starts, until }: Finding): number | null {
  const rates = starts.flatMap((start, at) => {
    const [count, time] = [starts.length - at, until - start]
    const tells = count >= first.starts.length + MORE && time > first.span * LONGER
    return tells ? [(count - first.starts.length) / (time - first.span)] : []
  })
  return rates.length === 0 ? null : Math.max(...rates)
}
