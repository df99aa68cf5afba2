/** The lines of as many values as fit into this many bytes of UTF-8, at most `most`, then what is said of the others. */
export function* fitting<T>(
  values: readonly T[],
  { most, bytes }: { readonly most: number; readonly bytes: number },
  line: (value: T) => string,
  more: (rest: readonly T[]) => string,
): Generator<string> {
  let room = bytes
  for (const [at, value] of values.entries()) {
    const text = line(value)
    room -= Buffer.byteLength(text) + 1
    if (at === most || room < 0) {
      yield more(values.slice(at))
      return
    }
    yield text
  }
}
