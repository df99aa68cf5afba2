/** The text below the options of a command. */
export interface Paragraphs {
  /** One or more lines each. */
  readonly notes: readonly string[]
  /** Commands as they are typed. */
  readonly examples: readonly string[]
}

const EXAMPLES = 'Examples:'

/** Reads the `help` of a declaration. */
export function paragraphsOf(help: string): Paragraphs {
  const paragraphs = help.split(/\n{2,}/).filter(text => text !== '')
  const isExamples = (text: string) => text.startsWith(`${EXAMPLES}\n`)
  return {
    notes: paragraphs.filter(text => !isExamples(text)),
    examples: paragraphs.filter(isExamples).flatMap(text =>
      text
        .split('\n')
        .slice(1)
        .map(line => line.trim()),
    ),
  }
}

/** Lines that begin with a space are a table or a command and stay as they are; everything else is filled to the width. */
export function fill(text: string, width: number): string {
  if (/^ /m.test(text)) return text
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)
    if (line === '') lines[lines.length - 1] = word
    else if (`${line} ${word}`.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
