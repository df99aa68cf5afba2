/** Merges sources that are each in ascending order into one that is; ties keep the order of the sources. */
export function* mergeSorted<T>(sources: readonly Iterator<T>[], order: (value: T) => number): Generator<T> {
  const heads: Head<T>[] = []
  for (const source of sources) {
    const next = source.next()
    if (!next.done) heads.push({ source, value: next.value })
  }
  while (heads.length > 1) {
    const first = heads.reduce((least, head) => (order(head.value) < order(least.value) ? head : least))
    yield first.value
    const next = first.source.next()
    if (next.done) heads.splice(heads.indexOf(first), 1)
    else first.value = next.value
  }
  for (const { source, value } of heads) {
    yield value
    for (let next = source.next(); !next.done; next = source.next()) yield next.value
  }
}

/** A source, and the value that it gave last. */
interface Head<T> {
  readonly source: Iterator<T>
  value: T
}
