import { plural, printable } from '../../../lib/text.ts'
import type { ExplainedItem, RequestAttempt, Sending } from '../../../model/history.ts'
import { causeOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { badge } from '../../style.ts'
import { INDENT, indented, payloadLines } from './explained-lines.ts'
import { clockOf, timeOf } from './when.ts'

/** Requests that are listed; a batch of a target that takes one item per request has dozens. */
const MOST_REQUESTS = 5

/** How an item was sent last: its batch, the requests for it, what was in them, and what was answered. */
export function* sendingLines(
  { sending, history: [newest], next }: Pick<ExplainedItem, 'sending' | 'history' | 'next'>,
  { noPayload }: { readonly noPayload: string | null },
  look: Look,
): Generator<string> {
  if (sending === null) {
    if (newest?.outcome.status === 'unchanged' && next === null) {
      yield* indented('The run that sent it is not kept any more.', look)
    }
    return
  }
  if (newest?.run !== sending.run) yield* earlierLines(sending, look)
  yield* requestLines(sending, look)
  if (sending.action === 'delete') return
  if (sending.payload === null) yield* indented(noPayload ?? 'The payload cannot be shown.', look)
  else yield* payloadLines(titleOf(sending), sending.payload, look)
}

function* earlierLines({ run, command, startedAt, outcome }: Sending, look: Look): Generator<string> {
  const when = printable(`by ${command} ${run}, ${timeOf(startedAt)}`)
  yield `${INDENT}${outcome.status === 'skipped' ? 'last planned' : 'last sent'}  ${badge(look, outcome.status)}  ${when}`
  const cause = causeOf(outcome)
  if (cause !== '') yield* indented(cause, look)
}

function titleOf({ outcome, isExact, requests }: Sending): string {
  if (outcome.status === 'skipped' && requests > 0) {
    return isExact
      ? 'payload, as it was to be sent; the target took nothing of it'
      : 'payload, by the config of now; the target took nothing of what was to be sent'
  }
  if (outcome.attempts === 0 || requests === 0) {
    return isExact ? 'payload, as it would have been sent' : 'payload, by the config of now; nothing was sent'
  }
  return isExact ? 'payload, exactly as it was sent' : 'payload, by the config of now; what was sent was another one'
}

function* requestLines({ outcome, batchItems, requests, attempts }: Sending, look: Look): Generator<string> {
  const { batch, http, requestId, remoteId } = outcome
  const facts = [
    batch === null ? '' : `batch ${batch} of ${plural(batchItems, 'item')}`,
    http === null ? 'no answer' : `HTTP ${http}`,
    requestId === null ? '' : `request ${requestId}`,
    remoteId === null ? '' : `remote id ${remoteId}`,
  ]
  if (requests === 0) return yield* indented(`${facts[0]}: no request for it is noted`, look)
  yield* indented(facts.filter(fact => fact !== '').join('  '), look)
  const shown = look.verbose ? attempts : mostTelling(attempts, requestId)
  for (const attempt of shown) yield* indented(attemptWords(attempt), look, '  ')
  const rest = requests - shown.length
  if (rest > 0) yield* indented(`and ${plural(rest, 'more request')} of its batch`, look, '  ')
}

/** The first ones, and in any case the one that was answered for this item. */
function mostTelling(attempts: readonly RequestAttempt[], requestId: string | null): readonly RequestAttempt[] {
  if (attempts.length <= MOST_REQUESTS) return attempts
  const own = requestId === null ? undefined : attempts.find(attempt => attempt.requestId === requestId)
  const others = attempts.filter(attempt => attempt !== own)
  const chosen = [...others.slice(0, MOST_REQUESTS - (own === undefined ? 0 : 1)), ...(own === undefined ? [] : [own])]
  return chosen.toSorted((a, b) => a.n - b.n)
}

function attemptWords({ n, at, http, requestId, reason, message }: RequestAttempt): string {
  const answer = http === null ? 'no answer' : `HTTP ${http}`
  const parts = [`${n}.`, clockOf(at), answer, requestId === null ? '' : `request ${requestId}`]
  return [...parts, causeOf({ reason, message })].filter(part => part !== '').join('  ')
}
