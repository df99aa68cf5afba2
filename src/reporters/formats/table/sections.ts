/**
 * The lines of all sections, each ended by a line feed, with an empty line between sections. A section without lines
 * leaves no trace.
 */
export function* sections(...parts: readonly Iterable<string>[]): Generator<string> {
  let separator = ''
  for (const part of parts) {
    let before = separator
    for (const line of part) {
      yield `${before}${line}\n`
      before = ''
      separator = '\n'
    }
  }
}
