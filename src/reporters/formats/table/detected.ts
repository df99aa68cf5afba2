import { plural, printable } from '../../../lib/text.ts'
import type { CheckReport, Detected } from '../../../model/report.ts'
import type { Look } from '../../reporter.ts'
import { marks, paint } from '../../style.ts'
import { wrap } from '../../text/width.ts'

/** Files with other notes than the ones before them; the rest is counted. */
const MOST_KINDS = 10
const MOST_NAMES = 5
/** A header with very many image columns. */
const MOST_LINES = 6
const INDENT = '  '

const FORMATS: Record<Detected['format'], string> = { csv: 'CSV', json: 'JSON', ndjson: 'NDJSON', xml: 'XML' }
const FORMAT = 'format'

/** What kind of note is shown under which label; all others say how the file is written. */
const LABELS: readonly (readonly [label: string, note: RegExp])[] = [
  ['preset', /^preset: (.*)$/s],
  ['code', /^code (?:column|path): (.*)$/s],
  ['images', /^image(?: column|)s: (.*)$/s],
  ['position', /^position(?: column|): (.*)$/s],
  ['separator', /^images separated by (.*)$/s],
  ['media base', /^(?:media|image) base(?: URL|): (.*)$/is],
]
const LABEL_WIDTH = Math.max(...LABELS.map(([label]) => label.length))

/** What was found out about the files and what was chosen, once for all files of which the same is to be said. */
export function* detectedLines({ detected }: CheckReport, look: Look): Generator<string> {
  const kinds = [...alike(detected).values()]
  const shown = look.verbose ? kinds : kinds.slice(0, MOST_KINDS)
  for (const files of shown) yield* kindLines(files, look)
  const rest = kinds.slice(shown.length).flat()
  if (rest.length > 0) yield `and ${plural(rest.length, 'more file')} (--verbose describes them all)`
}

function alike(detected: readonly Detected[]): Map<string, Detected[]> {
  const kinds = new Map<string, Detected[]>()
  for (const file of detected) {
    const key = JSON.stringify([file.format, file.notes])
    kinds.set(key, [...(kinds.get(key) ?? []), file])
  }
  return kinds
}

function* kindLines(files: readonly Detected[], look: Look): Generator<string> {
  const [first] = files
  if (first === undefined) return
  const names = files.slice(0, MOST_NAMES).map(({ file }) => printable(file))
  const more = files.length > MOST_NAMES ? ` and ${files.length - MOST_NAMES} more, all alike` : ''
  yield* wrap(names.join(', ') + more, look.width).map(line => paint(look, 'bold', line))
  for (const [label, text] of rowsOf(first)) {
    const start = `${INDENT}${label.padEnd(LABEL_WIDTH)}  `
    const lines = wrap(text, look.width - start.length)
    const kept = look.verbose ? lines : lines.slice(0, MOST_LINES)
    yield start +
      kept.join(`\n${' '.repeat(start.length)}`) +
      (kept.length < lines.length ? ` ${marks(look).ellipsis}` : '')
  }
}

function rowsOf({ format, notes }: Detected): (readonly [label: string, text: string])[] {
  const encoding = notes.some(note => note.startsWith('encoding ')) ? [] : ['UTF-8']
  const rows = new Map<string, string[]>([[FORMAT, [FORMATS[format], ...encoding]]])
  for (const { label, text } of notes.map(labelled)) rows.set(label, [...(rows.get(label) ?? []), printable(text)])
  return [FORMAT, ...LABELS.map(([label]) => label)].flatMap(label => {
    const texts = rows.get(label)
    return texts === undefined ? [] : [[label, texts.join(', ')] as const]
  })
}

function labelled(note: string): { readonly label: string; readonly text: string } {
  for (const [label, pattern] of LABELS) {
    const text = pattern.exec(note)?.[1]
    if (text !== undefined) return { label, text }
  }
  return { label: FORMAT, text: note.replace(/^delimiter (\W)(?=$|,)/, 'delimiter "$1"') }
}
