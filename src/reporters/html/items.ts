import { escaped } from '../escaped.ts'
import { imagesOf } from '../images-of.ts'
import { type ItemDocument, isTrouble, type Line, linesOf } from '../lines.ts'
import { inThousands } from '../table/contents.ts'
import { counted } from '../verdict.ts'
import { classOfTarget, filtersOf } from './filters.ts'
import { changedGalleryOf } from './gallery.ts'
import { section } from './section.ts'
import { exactText, foreignText, itemName, label } from './text.ts'

/** Lines that a browser shows without effort. */
const MOST_LINES = 5_000
const MOST_TROUBLE = 10_000
/** Galleries are long. */
const MOST_GALLERIES = 1_000

/** All items, those with trouble first, then what changed; of very many, the first, and where the others are. */
export function itemsOf(document: ItemDocument, trouble: number): Generator<string> {
  return section(document.kind === 'check' ? 'What is rejected' : 'Items', partsOf(document, trouble))
}

function* partsOf(document: ItemDocument, trouble: number): Generator<string> {
  const items = countOf(document, trouble)
  if (items === 0) return
  yield leftOut(document, items)
  yield filtersOf(document)
  const images = document.kind === 'check' ? '' : '<th scope="col">images</th>'
  yield `<table id="items">
<thead><tr><th scope="col">status</th><th scope="col">item</th>${images}<th scope="col">what is known</th><th scope="col">place</th></tr></thead>
<tbody>
`
  let galleries = 0
  for (const line of listed(document)) {
    yield rowOf(line, document, line.changes !== null && galleries++ < MOST_GALLERIES)
  }
  yield '</tbody></table>\n'
}

function countOf(document: ItemDocument, trouble: number): number {
  return document.kind === 'check' ? trouble : document.targets.reduce((sum, { items }) => sum + items, 0)
}

function leftOut({ kind, run }: ItemDocument, items: number): string {
  if (items <= MOST_LINES) return ''
  const command = `assetsync report ${escaped(run.id)} --report items.csv`
  const where = kind === 'report' ? `<code>${command}</code>` : 'the same command with <code>--report items.csv</code>'
  return `<p>${counted(items, 'item')} are too many for a page: those with trouble come first, then changes, then others, up to ${inThousands(MOST_LINES)} (${inThousands(MOST_TROUBLE)} with trouble). All of them: ${where}</p>\n`
}

function* listed(document: ItemDocument): Generator<Line> {
  let count = 0
  for (const { most, belongs } of ROUNDS) {
    if (count >= most) continue
    for (const line of linesOf(document)) {
      if (!belongs(line)) continue
      yield line
      if (++count === most) break
    }
  }
}

const ROUNDS: readonly { readonly most: number; readonly belongs: (line: Line) => boolean }[] = [
  { most: MOST_TROUBLE, belongs: isTrouble },
  { most: MOST_LINES, belongs: line => !isTrouble(line) && line.word !== 'unchanged' },
  { most: MOST_LINES, belongs: line => line.word === 'unchanged' },
]

function rowOf(line: Line, document: ItemDocument, isUnfolding: boolean): string {
  const { word, target, reason, message, source, trace, fix, changes } = line
  const hasTargets = document.kind !== 'check' && document.targets.length > 1
  const at = hasTargets && target !== null ? `<small>${exactText(target)}</small>` : ''
  const images = changes !== null && isUnfolding ? changedGalleryOf(changes) : imagesOf(line)
  const why = [
    ...(reason === null ? [] : [exactText(reason)]),
    ...[message ?? '', fix].filter(text => text !== '').map(foreignText),
  ]
  const cells = [
    label(word),
    itemName(line) + at,
    ...(document.kind === 'check' ? [] : [images]),
    why.join(' ') + (trace.length === 0 ? '' : `<small>${foreignText(trace.join(' · '))}</small>`),
    exactText(source),
  ]
  const rows = `${word} ${classOfTarget(document, target)}`.trim()
  return `<tr class="${rows}">${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>\n`
}
