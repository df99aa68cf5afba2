import { duration } from '../../../lib/text.ts'
import { everywhereWords } from '../../document/everywhere.ts'
import { requestWords, timeWords } from '../../document/forecast-words.ts'
import { countAt, tallyOf } from '../../document/tally.ts'
import type { ReportedTarget } from '../../document/targets.ts'
import type { Document } from '../../reporter.ts'
import { badge } from '../../style.ts'
import { counted, inThousands } from '../../text/counts.ts'
import { code, tableRow } from './code.ts'
import { fitting } from './fitting.ts'

const ROOM = { most: 20, bytes: 8_000 }
const LOOK = { color: false, unicode: true }

/** A table with a line per target; of a check, with what the feed holds. */
export function* totalLines(document: Document): Generator<string> {
  if (document.kind === 'check') {
    const { records, products, images, withoutImages, rejected } = document.feed
    yield '| records | products | images | without images | rejected |\n|--:|--:|--:|--:|--:|'
    yield tableRow([records, products, images, withoutImages, rejected].map(inThousands))
    return
  }
  yield* table(document, document.targets)
  const everywhere = document.kind === 'verify' ? everywhereWords(document) : null
  if (everywhere !== null) yield `\n${code(`${everywhere.text}.`)}`
}

/** Columns that would be 0 in every line are left out. */
function* table(document: Document, targets: readonly ReportedTarget[]): Generator<string> {
  if (targets.length === 0) return
  const shown = [...tallyOf(document)].flatMap(([word, count]) => (count > 0 ? [word] : []))
  yield tableRow(['target', ...shown.map(word => badge(LOOK, word)), 'requests', 'time'])
  yield tableRow([':--', ...shown.map(() => '--:'), '--:', '--:'])
  yield* fitting(
    targets,
    ROOM,
    target =>
      tableRow([code(target.name), ...shown.map(word => inThousands(countAt(target, word))), ...effortOf(target)]),
    rest => `\nand ${counted(rest.length, 'more target')}`,
  )
}

function effortOf(target: ReportedTarget): string[] {
  if ('forecast' in target) return [requestWords(target.forecast), timeWords(target.forecast) ?? '']
  return [inThousands(target.requests), duration(target.durationMs)]
}
