export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** At most so many works run at once; the others wait in the order in which they came. */
export function createGate(places: number): Gate {
  const waiting: (() => void)[] = []
  let free = places
  return async work => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}
