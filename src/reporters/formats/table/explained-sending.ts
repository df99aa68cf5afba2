import { plural, printable } from '../../../lib/text.ts'
import type { ExplainedItem, RequestAttempt, Sending } from '../../../model/history.ts'
import { causeOf } from '../../document/names.ts'
import type { Look } from '../../reporter.ts'
import { badge } from '../../style.ts'
import { INDENT, indented, payloadLines } from './explained-lines.ts'
import { localClock, localTime } from './when.ts'

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
  const when = printable(`by ${command} ${run}, ${localTime(startedAt)}`)
  yield `${INDENT}last sent  ${badge(look, outcome.status)}  ${when}`
  const cause = causeOf(outcome)
  if (cause !== '') yield* indented(cause, look)
}

function titleOf({ outcome, isExact }: Sending): string {
  if (!isExact) return 'payload, by the config of now; what was sent was another one'
  return outcome.attempts > 0 ? 'payload, exactly as it was sent' : 'payload, exactly as it was to be sent'
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
  for (const attempt of attempts) yield* indented(attemptWords(attempt), look, '  ')
  const rest = requests - attempts.length
  if (rest > 0) yield* indented(`and ${plural(rest, 'more request')} of this batch, which were answered`, look, '  ')
}

function attemptWords({ n, at, http, requestId, reason, message }: RequestAttempt): string {
  const answer = http === null ? 'no answer' : `HTTP ${http}`
  const parts = [`${n}.`, localClock(at), answer, requestId === null ? '' : `request ${requestId}`]
  return [...parts, causeOf({ reason, message })].filter(part => part !== '').join('  ')
}
