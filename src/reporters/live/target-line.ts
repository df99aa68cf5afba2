import { printable } from '../../lib/text.ts'
import { type Color, marks, paint } from '../style.ts'
import { pad, shorten, widthOf } from '../text/width.ts'
import { type Facts, number } from './facts.ts'
import type { Frame } from './frame.ts'
import type { TargetState } from './state.ts'

/** Columns that are the same in all lines. */
export interface Layout {
  readonly name: number
  readonly bar: number
  readonly count: number
}

const GAP = '  '
const LONGEST_NAME = 24
const LEAST_NAME = 8

export function layoutOf(targets: readonly TargetState[], columns: number): Layout {
  const names = targets.map(({ name }) => widthOf(printable(name)))
  const counts = targets.map(({ total }) => countText(total, total).length)
  return {
    name: Math.min(Math.max(...names, 0), LONGEST_NAME, Math.max(LEAST_NAME, Math.floor(columns / 4))),
    bar: columns < 60 ? 0 : columns < 100 ? 6 : 24,
    count: Math.max(...counts, 0),
  }
}

/** Symbol, name, bar, count, and as many of the other facts as there is room for. */
export function targetLine(name: string, facts: Facts, layout: Layout, frame: Frame): string {
  const { ellipsis } = marks(frame)
  const start = [
    `${signOf(facts, frame)} ${pad(shorten(printable(name), layout.name, ellipsis), layout.name)}`,
    ...(layout.bar > 0 ? [barText(facts, layout.bar, frame)] : []),
    (facts.total === 0 ? '' : countText(facts.done, facts.total)).padStart(layout.count),
  ].join(GAP)
  const room = frame.columns - widthOf(start)
  const tail = fitting(partsOf(facts), room).map(({ text, color }) => {
    const cut = shorten(text, room - GAP.length, ellipsis)
    return color === null ? cut : paint(frame, color, cut)
  })
  return [start, ...tail].join(GAP).trimEnd()
}

/** What is told behind the count, in the order in which it stands there. */
interface Part {
  readonly text: string
  readonly color: Color | null
  /** What is worth less is left out first when there is no room. */
  readonly worth: number
}

function partsOf({
  state,
  speed,
  failures,
  wait,
  left,
  requests,
  processing,
  inFlight,
  isStopped,
}: Facts): readonly Part[] {
  const part = (text: string | null, worth: number, color: Color | null = null): Part[] =>
    text === null ? [] : [{ text, worth, color }]
  return [
    ...part(state, 6, isStopped ? 'red' : 'dim'),
    ...part(speed, 2),
    ...failures.flatMap(text => part(text, 5, 'red')),
    ...part(wait, 4, 'yellow'),
    ...part(left, 3),
    ...part(requests, 2),
    ...part(processing, 1, 'dim'),
    ...part(inFlight, 0, 'dim'),
  ]
}

function fitting(parts: readonly Part[], room: number): readonly Part[] {
  const width = parts.reduce((sum, { text }) => sum + GAP.length + text.length, 0)
  if (parts.length <= 1 || width <= room) return parts
  const least = parts.reduce((a, b) => (b.worth < a.worth ? b : a))
  return fitting(
    parts.filter(part => part !== least),
    room,
  )
}

function countText(done: number, total: number): string {
  return `${number(done)}/${number(total)}`
}

function signOf({ isStopped, isFinished, failures }: Facts, frame: Frame): string {
  const { good, bad } = marks(frame)
  if (isStopped) return paint(frame, 'red', bad)
  if (!isFinished) return ' '
  return failures.length > 0 ? paint(frame, 'yellow', '!') : paint(frame, 'green', good)
}

function barText({ share, isStopped, isFinished }: Facts, width: number, frame: Frame): string {
  // Neither empty when something is done nor full before all is done.
  const filled = share === 1 ? width : Math.min(width - 1, Math.ceil(share * width))
  const [full, empty] = frame.unicode ? ['█', '░'] : ['#', '.']
  const color = isStopped ? 'red' : isFinished ? 'green' : 'cyan'
  return paint(frame, color, full.repeat(filled)) + paint(frame, 'dim', empty.repeat(width - filled))
}
