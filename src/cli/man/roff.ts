/** Text as groff's man macros read it: no line is taken for a macro, a hyphen is one that can be copied. */
export function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(['.])/gm, '\\&$1')
}

export function bold(text: string): string {
  return `\\fB${roff(text)}\\fR`
}

/** `--limit <n>`: the words in bold, the value in italics. */
export function flags(text: string): string {
  return text
    .split(/(<.*>)/)
    .filter(part => part !== '')
    .map(part => (part.startsWith('<') ? `\\fI${roff(part)}\\fR` : `\\fB${roff(part)}\\fR`))
    .join('')
}

/** A term with its explanation below it, indented. */
export function term(head: string, text: string): string {
  return `.TP\n${head}\n${roff(text)}`
}

/** Lines that stay as they are. */
export function verbatim(lines: readonly string[]): string {
  return `.PP\n.nf\n.RS\n${lines.map(line => roff(line)).join('\n')}\n.RE\n.fi`
}

/** A paragraph; lines that begin with a space stay as they are. */
export function paragraph(text: string): string {
  return /^ /m.test(text) ? verbatim(text.split('\n').map(line => line.replace(/^ {2}/, ''))) : `.PP\n${roff(text)}`
}

export function section(title: string, ...blocks: readonly string[]): string {
  return `.SH ${title}\n${blocks.join('\n')}`
}
