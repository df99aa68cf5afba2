import type { HttpResponse } from '../../model/http.ts'
import type { SentItem } from '../../model/item.ts'
import { isJsonObject, type Json } from '../../model/json.ts'
import type { Faulty, Verdict } from '../../model/outcome.ts'
import { parseJson } from '../answer.ts'
import type { Load } from '../target.ts'
import { describe, requestIdOf, unreadable } from './answers.ts'
import { fold } from './code.ts'

/**
 * What the answer to a list of assets says of each. Its entries are in the order of the request; their codes only confirm
 * that, because a code that is missing is answered as "" and nothing else would tell two entries apart.
 */
export function verdicts(
  action: Load['action'],
  items: readonly SentItem[],
  response: HttpResponse,
): ReadonlyMap<SentItem, Verdict | Faulty> {
  const entries = parseJson(response.body)
  if (!Array.isArray(entries)) throw unreadable(response, undefined)
  return new Map(items.map((item, at) => [item, verdictOf(entries[at], item.key, action, response)]))
}

function verdictOf(
  entry: Json | undefined,
  key: string,
  action: Load['action'],
  response: HttpResponse,
): Verdict | Faulty {
  const passed = (status: 'created' | 'updated'): Verdict => ({
    ...facts(response),
    status,
    reason: null,
    message: null,
  })
  const fault: Faulty = { status: 'fault', fault: unreadable(response, entry ?? `no entry for ${key}`) }
  if (!isJsonObject(entry) || typeof entry.status_code !== 'number') return fault
  const { status_code: status } = entry
  if (status >= 400 && status < 500) {
    const message = describe(entry) || `Akeneo refused it with status ${status}.`
    return { ...facts(response), status: 'failed', reason: 'target-rejected', message }
  }
  if (typeof entry.code !== 'string' || fold(entry.code) !== fold(key)) return fault
  if (status === 201) return passed('created')
  if (status !== 204) return fault
  return action === 'create' && response.attempts > 1 ? sentAgain(passed('updated')) : passed('updated')
}

/** After an answer that was lost, 204 may mean an asset that the request before had created. */
function sentAgain(updated: Verdict): Verdict {
  const message = 'It was sent more than once; Akeneo says updated, but may have created it the time before.'
  return { ...updated, status: 'accepted', reason: 'sent-again', message }
}

function facts(response: HttpResponse): Pick<Verdict, 'http' | 'requestId' | 'remoteId' | 'attempts'> {
  return { http: response.status, requestId: requestIdOf(response), remoteId: null, attempts: response.attempts }
}
