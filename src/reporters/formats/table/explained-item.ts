import { plural, printable } from '../../../lib/text.ts'
import type { ExplainedItem, HeldNow, ItemInRun, NextStep } from '../../../model/history.ts'
import type { Status } from '../../../model/outcome.ts'
import { causeOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { badge } from '../../style.ts'
import { wrap } from '../../text/width.ts'
import { changeLines } from './changes.ts'
import { INDENT, indented, payloadLines } from './explained-lines.ts'
import { pastLines } from './explained-past.ts'
import { sendingLines } from './explained-sending.ts'
import { ago, timeOf } from './when.ts'

/** What an item's lines need to know besides. */
export interface Surroundings {
  /** The only item at its target. */
  readonly isAlone: boolean
  readonly noPayload: string | null
  /** Now. */
  readonly at: string
  /** When the last push that named the product at this target began; null: none is kept. */
  readonly lastPush: string | null
}

/** Everything about an item; of one among several that is as it should be, a line. */
export function* explainedItemLines(item: ExplainedItem, around: Surroundings, look: Look): Generator<string> {
  const isBrief = !around.isAlone && !look.verbose && isFine(item)
  yield* headLines(item, isBrief ? idWords(item.held) : '', around, look)
  if (isBrief) return
  const [newest] = item.history
  const cause = newest === undefined ? '' : causeOf(newest.outcome)
  if (cause !== '') yield* indented(cause, look)
  yield* sendingLines(item, around, look)
  yield* pastLines(
    item.history.slice(1).filter(({ run }) => run !== item.sending?.run),
    look,
  )
  if (item.key !== null) yield* indented(heldWords(item.held), look)
  if (item.unknown !== null) {
    const { run, attemptedAt } = item.unknown
    yield* indented(
      `Nobody knows whether it arrived: it was sent last at ${timeOf(attemptedAt)}, in run ${run}; "assetsync reconcile" asks the target.`,
      look,
    )
  }
  if (item.next !== null) yield* nextLines(item.next, around, look)
}

const FINE: readonly Status[] = ['created', 'updated', 'accepted', 'unchanged', 'deleted']

function isFine({ history: [newest], held, unknown, next }: ExplainedItem): boolean {
  const isDone = newest !== undefined && FINE.includes(newest.outcome.status) && newest.outcome.reason === null
  const isCertain = held === null || held.fingerprint !== null
  return isDone && isCertain && unknown === null && (next === null || next.action === 'unchanged')
}

function* headLines({ key, history }: ExplainedItem, id: string, around: Surroundings, look: Look): Generator<string> {
  const [newest] = history
  const name = around.isAlone || key === null ? '' : `${key}  `
  if (newest === undefined) {
    yield `  ${printable(name)}no kept run has named it here`
    return
  }
  const { status } = newest.outcome
  const text = printable(`${name}${runWords(newest, around)}${id}`)
  const [first = '', ...others] = wrap(text, look.width - INDENT.length - status.length - 2)
  yield `  ${badge(look, status)}  ${first}`
  for (const line of others) yield INDENT + line
}

function runWords({ run, command, startedAt }: ItemInRun, { at, lastPush }: Surroundings): string {
  const since = lastPush !== null && Date.parse(startedAt) < Date.parse(lastPush) ? ', not planned since' : ''
  return `by ${command} ${run}, ${timeOf(startedAt)}, ${ago(startedAt, at)}${since}`
}

function idWords(held: HeldNow | null): string {
  return held === null || held.remoteId === null ? '' : `, id ${held.remoteId}`
}

function heldWords(held: HeldNow | null): string {
  if (held === null) return 'By the ledger, the target holds nothing of it.'
  const id = held.remoteId === null ? '' : ` under the id ${held.remoteId}`
  const tail = held.tail.map(({ rank }) => rank)
  const left = tail.length === 0 ? '' : ` Rank ${tail.join(', ')} of a longer gallery stayed behind.`
  const what = `${plural(held.gallery.length, 'image')}${id}`
  if (held.inProgress) return `The target took ${what} and is not done with it; the next push looks at it first.${left}`
  return held.fingerprint === null
    ? `In doubt: by the ledger, the target held ${what} before a request that had no trustworthy answer.${left}`
    : `By the ledger, the target holds ${what}.${left}`
}

function* nextLines({ action, changes, payload, reason, message }: NextStep, around: Surroundings, look: Look) {
  yield `${INDENT}the next push  ${badge(look, action)}`
  const cause = causeOf({ reason, message })
  if (cause !== '') yield* indented(cause, look, '  ')
  const narrower = { ...look, width: look.width - 2 }
  if (changes !== null) for (const line of changeLines(changes, narrower)) yield `  ${line}`
  if (payload !== null && (around.isAlone || look.verbose)) yield* payloadLines('what it would send', payload, look)
}
