import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { unreadable } from './answers.ts'

/** The documented default; a maximum is not documented. */
const PAGE_SIZE = 60

/** Something with an id, as a list of this API holds it. */
export type Entry = JsonObject & { readonly id: string }

/**
 * All pages of the list at this address, which has a query. The total is told only when it is asked for, by a header;
 * without it, a page that is not full is the last. Rows that move between pages are counted once.
 */
export async function allEntries({ send }: Pick<Io, 'send'>, url: string): Promise<readonly Entry[]> {
  const entries = new Map<string, Entry>()
  for (let page = 1; ; page++) {
    const response = await send({
      method: 'GET',
      url: `${url}&pageNumber=${page}&pageSize=${PAGE_SIZE}`,
      headers: { 'x-total-count': 'true' },
      body: null,
    })
    const rows = readEntries(response)
    const before = entries.size
    for (const row of rows) entries.set(row.id, row)
    const total = totalOf(response)
    const isLast = total === null ? rows.length < PAGE_SIZE : entries.size >= total
    if (isLast || entries.size === before) return [...entries.values()]
  }
}

/** The entries of one page. */
export function readEntries(response: HttpResponse): readonly Entry[] {
  const rows = parseJson(response.body)
  if (Array.isArray(rows) && rows.every(isEntry)) return rows
  throw unreadable(response, 'list of entries with ids')
}

export function isEntry(value: unknown): value is Entry {
  return isJsonObject(value) && typeof value.id === 'string' && value.id !== ''
}

function totalOf({ headers }: HttpResponse): number | null {
  const total = headers['x-total-count'] ?? ''
  return /^\d+$/.test(total) ? Number(total) : null
}
