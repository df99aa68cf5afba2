import { duration, plural, printable } from '../../../lib/text.ts'
import type { ListedRun, RunsReport } from '../../../model/history.ts'
import { countItems, STATUSES } from '../../../model/outcome.ts'
import { exitWords } from '../../document/exit-words.ts'
import type { Look } from '../../reporter.ts'
import { type Color, marks, paint, paintAs } from '../../style.ts'
import { pad, shortenMiddle, widthOf } from '../../text/width.ts'
import { noticeLines } from './feed.ts'
import { sections } from './sections.ts'
import { ago, timeOf } from './when.ts'

const INDENT = '    '
/** A long source leaves room for what became of its items. */
const SOURCE_WIDTH = 30

/** The kept runs for people: when, what, what came of it, and how it ended. */
export function* runsTable(report: RunsReport, look: Look): Generator<string> {
  yield* sections(noticeLines(report.notices, look), runLines(report, look), nextLines(report))
}

function* runLines({ runs, at }: RunsReport, look: Look): Generator<string> {
  const width = Math.max(0, ...runs.map(({ command }) => widthOf(printable(command))))
  for (const run of runs) {
    yield headOf(run, width, at, look)
    yield* filled(factsOf(run, look), look)
  }
}

function headOf(run: ListedRun, commandWidth: number, at: string, look: Look): string {
  const { id, command, startedAt, durationMs } = run
  const [color, mark] = markOf(run, look)
  const when = `${timeOf(startedAt)}  ${pad(ago(startedAt, at), '59 min ago'.length)}`
  const time = durationMs === null ? '' : duration(durationMs)
  const words = [printable(id), pad(printable(command), commandWidth), when, time].join('  ')
  return `${paint(look, color, mark)} ${words}`.trimEnd()
}

function markOf({ state, exitCode }: ListedRun, look: Look): readonly [Color, string] {
  const { good, bad, ellipsis } = marks(look)
  if (state === 'under-way') return ['cyan', ellipsis.slice(0, 1)]
  return exitCode === 0 ? ['green', good] : ['red', bad]
}

/** A piece of a line, and how it looks. */
interface Piece {
  readonly text: string
  readonly shown: string
}

function factsOf(run: ListedRun, look: Look): Piece[] {
  const { totals, items } = run
  const name = plain(shortenMiddle(sourceOf(run, look), SOURCE_WIDTH, marks(look).ellipsis))
  const counts = STATUSES.filter(status => totals[status] > 0).map(status => {
    const text = `${status} ${totals[status]}`
    return { text, shown: paintAs(look, status, text) }
  })
  const none = items === 0 ? [plain('nothing to do')] : []
  return [name, ...(counts.length === 0 ? none : counts), ...endOf(run, look)]
}

/** A run that belongs to no feed is noted under its own name. */
function sourceOf({ source, command }: ListedRun, look: Look): string {
  if (source === command) return look.unicode ? '—' : '-'
  return printable(source)
}

function endOf({ state, exitCode, items, totals }: ListedRun, look: Look): Piece[] {
  const open = items - countItems(totals)
  if (state === 'under-way') return [painted(look, 'cyan', `under way, ${plural(open, 'item')} to go`)]
  if (state === 'killed' || exitCode === null) return [painted(look, 'red', 'killed before its end')]
  return exitCode === 0 ? [] : [painted(look, 'red', exitWords(exitCode, totals))]
}

function plain(text: string): Piece {
  return { text, shown: text }
}

function painted(look: Look, color: Color, text: string): Piece {
  return { text, shown: paint(look, color, text) }
}

/** As many pieces on a line as fit. */
function* filled(pieces: readonly Piece[], look: Look): Generator<string> {
  let line = ''
  let used = 0
  for (const { text, shown } of pieces) {
    const width = widthOf(text) + 2
    if (used > 0 && INDENT.length + used + width - 2 > look.width) {
      yield INDENT + line
      line = ''
      used = 0
    }
    line += used === 0 ? shown : `  ${shown}`
    used += width
  }
  if (used > 0) yield INDENT + line
}

function* nextLines({ runs, ledger, next }: RunsReport): Generator<string> {
  if (runs.length === 0) yield `No run is kept in ${printable(ledger)}: nothing was pushed from here yet.`
  if (next !== null) yield `Next: ${printable(next)}`
}
