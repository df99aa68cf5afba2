import { duration } from '../../lib/text.ts'
import { STATUSES } from '../../model/outcome.ts'
import type { PlannedTarget, TargetSummary } from '../../model/report.ts'
import { ACTIONS } from '../../model/step.ts'
import type { ItemDocument } from '../lines.ts'
import { badge, type Word } from '../style.ts'
import { inThousands } from '../table/contents.ts'
import { requestWords, timeWords } from '../table/forecast.ts'
import { counted } from '../verdict.ts'
import { code } from './code.ts'
import { fitting } from './fitting.ts'

const ROOM = { most: 20, bytes: 8_000 }
const LOOK = { color: false, unicode: true }

/** A table with a line per target; of a check, with what the feed holds. */
export function* totalLines(document: ItemDocument): Generator<string> {
  switch (document.kind) {
    case 'report':
      return yield* table(document.targets, STATUSES, ({ requests, durationMs }) => [
        inThousands(requests),
        duration(durationMs),
      ])
    case 'plan':
      return yield* table(document.targets, ACTIONS, ({ forecast }) => [
        requestWords(forecast),
        timeWords(forecast) ?? '',
      ])
    case 'check': {
      const { records, products, images, withoutImages, rejected } = document.feed
      yield '| records | products | images | without images | rejected |\n|--:|--:|--:|--:|--:|'
      yield rowOf([records, products, images, withoutImages, rejected].map(inThousands))
    }
  }
}

/** Columns that would be 0 in every line are left out. */
function* table<T extends TargetSummary | PlannedTarget, W extends Word>(
  targets: readonly (T & { readonly totals: Readonly<Record<W, number>> })[],
  words: readonly W[],
  cost: (target: T) => readonly string[],
): Generator<string> {
  if (targets.length === 0) return
  const shown = words.filter(word => targets.some(({ totals }) => totals[word] > 0))
  yield rowOf(['target', ...shown.map(word => badge(LOOK, word)), 'requests', 'time'])
  yield rowOf([':--', ...shown.map(() => '--:'), '--:', '--:'])
  yield* fitting(
    targets,
    ROOM,
    target => rowOf([code(target.name), ...shown.map(word => inThousands(target.totals[word])), ...cost(target)]),
    rest => `\nand ${counted(rest.length, 'more target')}`,
  )
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
