/** Merges sources that are each in ascending order into one that is; ties keep the order of the sources. */
export function* mergeSorted<T>(sources: readonly Iterator<T>[], order: (value: T) => number): Generator<T> {
  const heads = sources.map(source => ({ source, next: source.next() }))
  for (;;) {
    let first: (typeof heads)[number] | null = null
    for (const head of heads) {
      if (head.next.done) continue
      if (first === null || first.next.done || order(head.next.value) < order(first.next.value)) first = head
    }
    if (first === null || first.next.done) return
    yield first.next.value
    first.next = first.source.next()
  }
}
