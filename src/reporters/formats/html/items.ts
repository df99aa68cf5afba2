import type { Which } from '../../../model/outcome.ts'
import { imagesOf } from '../../document/images-of.ts'
import { isCalm, isTrouble, type Line, linesOf } from '../../document/lines.ts'
import { countLines } from '../../document/tally.ts'
import { hasSeveralTargets } from '../../document/targets.ts'
import type { Document } from '../../reporter.ts'
import { counted, inThousands } from '../../text/counts.ts'
import { escaped } from '../../text/escaped.ts'
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
export function itemsOf(document: Document): Generator<string> {
  return section(TITLES[document.kind], partsOf(document))
}

const TITLES: Readonly<Record<Document['kind'], string>> = {
  report: 'Items',
  plan: 'Items',
  check: 'What is rejected',
  verify: 'Images',
}

function* partsOf(document: Document): Generator<string> {
  const count = countLines(document)
  if (count === 0) return
  yield leftOut(document, count)
  yield filtersOf(document)
  const images = hasImages(document) ? '<th scope="col">images</th>' : ''
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

/** Lines of a check are about records, those of a verification about one image each. */
function hasImages({ kind }: Document): boolean {
  return kind === 'report' || kind === 'plan'
}

function leftOut({ kind, run }: Document, count: number): string {
  if (count <= MOST_LINES) return ''
  const command = `assetsync report ${escaped(run.id)} --report items.csv`
  const where = kind === 'report' ? `<code>${command}</code>` : 'the same command with <code>--report items.csv</code>'
  const lines = counted(count, kind === 'verify' ? 'image' : 'item')
  return `<p>${lines} are too many for a page: those with trouble come first, then changes, then others, up to ${inThousands(MOST_LINES)} (${inThousands(MOST_TROUBLE)} with trouble). All of them: ${where}</p>\n`
}

function* listed(document: Document): Generator<Line> {
  let count = 0
  for (const { which, most, belongs } of ROUNDS) {
    if (count >= most) continue
    for (const line of linesOf(document, which)) {
      if (!belongs(line)) continue
      yield line
      if (++count === most) break
    }
  }
}

interface Round {
  readonly which: Which
  readonly most: number
  readonly belongs: (line: Line) => boolean
}

const ROUNDS: readonly Round[] = [
  { which: 'notable', most: MOST_TROUBLE, belongs: isTrouble },
  { which: 'all', most: MOST_LINES, belongs: line => !isTrouble(line) && !isCalm(line) },
  { which: 'all', most: MOST_LINES, belongs: isCalm },
]

function rowOf(line: Line, document: Document, isUnfolding: boolean): string {
  const { word, target, reason, message, source, trace, details, fix, changes } = line
  const sending = [...trace, ...details].join(' · ')
  const at = hasSeveralTargets(document) && target !== null ? `<small>${exactText(target)}</small>` : ''
  const images = changes !== null && isUnfolding ? changedGalleryOf(changes) : imagesOf(line)
  const why = [
    ...(reason === null ? [] : [exactText(reason)]),
    ...[message ?? '', fix].filter(text => text !== '').map(foreignText),
  ]
  const cells = [
    label(word),
    itemName(line) + at,
    ...(hasImages(document) ? [images] : []),
    why.join(' ') + (sending === '' ? '' : `<small>${foreignText(sending)}</small>`),
    exactText(source),
  ]
  const rows = `${word} ${classOfTarget(document, target)}`.trim()
  return `<tr class="${rows}">${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>\n`
}
