import type { HttpResponse } from '../../model/http.ts'
import type { SentItem } from '../../model/item.ts'
import { isJsonObject, type Json } from '../../model/json.ts'
import type { Faulty, Verdict } from '../../model/outcome.ts'
import { parseJson } from '../answer.ts'
import type { Load } from '../target.ts'
import { describe, requestIdOf, unreadable } from './answers.ts'
import { fold } from './code.ts'

/**
 * What the answer to a list of assets says of each. An entry is that of its code; one without a code, as refused assets may have,
 * is that of its place. More entries than assets are a Fault: they answer another request.
 */
export function verdicts(
  action: Load['action'],
  items: readonly SentItem[],
  response: HttpResponse,
): ReadonlyMap<SentItem, Verdict | Faulty> {
  const entries = parseJson(response.body)
  if (!Array.isArray(entries)) throw unreadable(response, undefined)
  if (entries.length > items.length) {
    throw unreadable(response, `${entries.length} entries for ${items.length} assets`)
  }
  const entryOf = finder(entries)
  return new Map(items.map((item, at) => [item, verdictOf(entryOf(item.key, at), item.key, action, response)]))
}

/** The one entry about a key, or words about why there is none. */
function finder(entries: readonly Json[]): (key: string, at: number) => Json {
  const byCode = new Map<string, Json[]>()
  for (const entry of entries) {
    const code = codeOf(entry)
    byCode.set(code, [...(byCode.get(code) ?? []), entry])
  }
  return (key, at) => {
    const own = byCode.get(fold(key)) ?? []
    const nameless = codeOf(entries[at]) === '' ? entries[at] : undefined
    return own.length > 1 ? `${own.length} entries for ${key}` : (own[0] ?? nameless ?? `no entry for ${key}`)
  }
}

function codeOf(entry: Json | undefined): string {
  return isJsonObject(entry) && typeof entry.code === 'string' ? fold(entry.code) : ''
}

function verdictOf(entry: Json, key: string, action: Load['action'], response: HttpResponse): Verdict | Faulty {
  const passed = (status: 'created' | 'updated'): Verdict => ({
    ...facts(response),
    status,
    reason: null,
    message: null,
  })
  const fault: Faulty = { status: 'fault', fault: unreadable(response, entry) }
  if (!isJsonObject(entry) || typeof entry.status_code !== 'number') return fault
  const { status_code: status } = entry
  if (status >= 400 && status < 500) {
    const message = describe(entry) || `Akeneo refused it with status ${status}.`
    return { ...facts(response), status: 'failed', reason: 'target-rejected', message }
  }
  if (codeOf(entry) !== fold(key)) return fault
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
