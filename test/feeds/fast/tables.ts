import fc from 'fast-check'

/** A text that may be a table, and the delimiter it is read with. */
export interface Written {
  readonly text: string
  readonly delimiter: string
}

const delimiters = fc.constantFrom(',', ',', ';', '\t', '|')
const blanks = fc.constantFrom('', '', '', ' ', '\t', '\u00a0', '\u3000 ', '\v', '\ufeff')
const lineEnds = fc.constantFrom('\n', '\n', '\r\n', '\r')
const characters = fc.constantFrom(
  ...'ab1é漢💡,;\t| "\'\n\r#\\',
  '\r\n',
  '\u00a0',
  '\ufeff',
  '\u2028',
  '\x85',
  '\x7f',
  '\x01',
)
const texts = fc.array(characters, { maxLength: 6 }).map(parts => parts.join(''))
const words = fc.constantFrom(
  'LMP-1',
  'Lamp',
  'Été',
  '19.90',
  '<p>Lamp, 12"</p>\n<b>x</b>',
  'https://x.example/1.jpg',
  '',
)

/** A cell as tools write it: quoted where it must be, bare where it may. */
const usualCells = fc.tuple(fc.oneof(words, texts), fc.boolean())

/** What no tool should write, and some do. */
const strangeCells = fc.oneof(
  fc.tuple(blanks, texts, blanks).map(([before, text, after]) => `${before}${quoted(text)}${after}`),
  fc.tuple(texts, texts).map(([text, rest]) => `${quoted(text)}${rest}`),
  texts.map(text => `"${text}`),
  texts,
)

const usualTables: fc.Arbitrary<Written> = fc
  .record({
    delimiter: delimiters,
    lineEnd: lineEnds,
    mark: fc.constantFrom('', '', '\ufeff'),
    above: fc.constantFrom('', '', '\n', '# lamps of 2024\n', 'sep=;\r\n'),
    rows: fc.array(fc.array(usualCells, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
    isEnded: fc.boolean(),
  })
  .map(({ delimiter, lineEnd, mark, above, rows, isEnded }) => {
    const lines = rows.map(row => row.map(([text, isQuoted]) => written(text, isQuoted, delimiter)).join(delimiter))
    return { delimiter, text: mark + above + lines.join(lineEnd) + (isEnded ? lineEnd : '') }
  })

/** Usual rows with strange ones, blank lines and other line ends among them. */
const spoiltTables: fc.Arbitrary<Written> = fc
  .tuple(
    usualTables,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.oneof(
          strangeCells,
          lineEnds,
          fc.tuple(blanks, lineEnds).map(parts => parts.join('')),
        ),
        fc.nat({ max: 2 }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([{ text, delimiter }, spoils]) => ({ delimiter, text: spoils.reduce(spoil, text) }))

const cutTables: fc.Arbitrary<Written> = fc
  .tuple(fc.oneof(usualTables, spoiltTables), fc.nat())
  .map(([{ text, delimiter }, at]) => ({ delimiter, text: [...text].slice(0, at % (text.length + 1)).join('') }))

/** No table at all. */
const soups: fc.Arbitrary<Written> = fc
  .tuple(
    fc.oneof(delimiters, fc.constantFrom(' ', 'a', '§', '💡', '\u00a0')),
    fc.array(fc.oneof(characters, lineEnds), { maxLength: 40 }),
  )
  .map(([delimiter, parts]) => ({ delimiter, text: parts.join('') }))

/** Tables in all dialects, whole and damaged, and texts that are none. */
export const anyTables: fc.Arbitrary<Written> = fc.oneof(usualTables, spoiltTables, cutTables, soups)

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function written(text: string, isQuoted: boolean, delimiter: string): string {
  return isQuoted || /["\r\n]/.test(text) || text.includes(delimiter) ? quoted(text) : text
}

/** Puts something in, where a row starts, where a cell starts or anywhere. */
function spoil(text: string, [place, what, where]: readonly [number, string, number]): string {
  const starts = [/(?<=[\n\r])/g, /(?<=[,;|\t\n\r])/g, /(?:)/gu][where] ?? /(?:)/gu
  const places = [0, ...[...text.matchAll(starts)].map(({ index }) => index)]
  const at = places[place % places.length] ?? 0
  return text.slice(0, at) + what + text.slice(at)
}
