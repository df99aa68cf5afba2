/** The parts below a title; nothing at all without parts. */
export function* section(title: string, parts: Iterable<string>): Generator<string> {
  let isOpen = false
  for (const part of parts) {
    if (!isOpen) yield `<section>\n<h2>${title}</h2>\n`
    isOpen = true
    yield part
  }
  if (isOpen) yield '</section>\n'
}
