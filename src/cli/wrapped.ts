import { widthOf, wrap } from '../reporters/text/width.ts'

/** Commands after a colon, or one of several, are there to be copied: they stay in one line. */
const COMMAND = /(?<=[:;] )assetsync .*?(?=; |[.?] |$)/gm
/** Stands for the blanks in them meanwhile. */
const HELD = '\ue000'

/** Every line of the text within this many columns, broken at blanks; what goes on in the next line stands further in. */
export function wrapped(text: string, columns: number): string {
  if (!Number.isFinite(columns)) return text
  return text
    .replace(COMMAND, command => command.replaceAll(' ', HELD))
    .split('\n')
    .flatMap(line => {
      const [indent = ''] = /^ */.exec(line) ?? []
      return hanging(indent, line.slice(indent.length), columns, `${indent}  `)
    })
    .join('\n')
    .replaceAll(HELD, ' ')
}

/** The text behind its head, filled to this many columns; further lines begin where it does, unless they have another indent. */
export function hanging(
  head: string,
  text: string,
  columns: number,
  indent: string = ' '.repeat(widthOf(head)),
): readonly string[] {
  const [first = '', ...more] = wrap(text, columns - widthOf(head), columns - indent.length)
  return [head + first, ...more.map(line => indent + line)]
}
