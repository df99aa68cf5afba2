import { marks } from '../style.ts'
import { shorten } from '../text/width.ts'
import { counted, factsOf, number } from './facts.ts'
import type { Frame } from './frame.ts'
import { doneOf, isFinished, type RunState, type TargetState } from './state.ts'
import { layoutOf, targetLine } from './target-line.ts'
import { titleOf } from './title.ts'

/** The spinner and the space behind it. */
const SPINNER_WIDTH = 2
/** The first line, and one that stays free below, because some terminals scroll when the last one is full. */
const OTHER_ROWS = 2

/** The first line without its spinner, then one line per target. None is wider than the terminal. */
export function viewLines(state: RunState, now: number, terminal: Frame): readonly string[] {
  // Some terminals break the line when its last column is written.
  const frame = { ...terminal, columns: terminal.columns - 1 }
  const { ellipsis } = marks(frame)
  const title = shorten(titleOf(state, now, frame), frame.columns - SPINNER_WIDTH, ellipsis)
  if (state.phase !== 'sending') return [title]
  const targets = [...state.targets.values()]
  const room = Math.max(1, frame.rows - OTHER_ROWS)
  const shown = targets.length <= room ? targets : mostInteresting(targets, room - 1)
  const layout = layoutOf(shown, frame.columns)
  const lines = shown.map(target => targetLine(target.name, factsOf(target, now), layout, frame))
  if (shown.length === targets.length) return [title, ...lines]
  const rest = targets.filter(target => !shown.includes(target))
  return [title, ...lines, shorten(`  ${restText(rest, shown.length > 0)}`, frame.columns, ellipsis)]
}

/** In their order; where there is no room for all, those that are done stand back. */
function mostInteresting(targets: readonly TargetState[], room: number): readonly TargetState[] {
  const chosen = new Set([...targets].sort((a, b) => Number(isFinished(a)) - Number(isFinished(b))).slice(0, room))
  return targets.filter(target => chosen.has(target))
}

function restText(rest: readonly TargetState[], areMore: boolean): string {
  const sumOf = (count: (target: TargetState) => number): number => rest.reduce((sum, each) => sum + count(each), 0)
  const failed = sumOf(({ settled }) => settled.failed)
  return [
    `${areMore ? 'and ' : ''}${counted(rest.length, areMore ? 'more target' : 'target')}`,
    `${number(sumOf(doneOf))}/${number(sumOf(({ total }) => total))}`,
    ...(failed === 0 ? [] : [`${number(failed)} failed`]),
  ].join('  ')
}
