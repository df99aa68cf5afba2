import { jsonAnswer } from '../exchange.ts'
import { Refused } from './answers.ts'
import type { Route } from './call.ts'
import { processedUntil } from './processing.ts'
import { showInList } from './show.ts'
import { STATUSES, type Status } from './store.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 100
/** The word for no filter, which is also the default. */
const ALL = 'all'

/** GET /my-uploaded-assets: a page of the assets, the newest first, so that uploads in between shift the pages. */
export const listAssets: Route = call => {
  const { request, store, behaviour } = call
  const limit = readNumber(request.query, 'limit', DEFAULT_LIMIT)
  const offset = readNumber(request.query, 'offset', 0)
  if (limit < 1 || limit > MAX_LIMIT) throw new Refused(422, `limit must be from 1 to ${MAX_LIMIT}`)
  const filter = {
    status: readStatus(request.query.get('status') ?? ALL),
    // A tag with a comma in it cannot be asked for: the document knows no way to quote it.
    tags: (request.query.get('tags') ?? '').split(',').filter(tag => tag !== ''),
    tagFilter: behaviour.tagFilter ?? 'any',
  }
  const until = processedUntil(call)
  const assets = store.page(filter, until, offset, limit).map(showInList)
  const total = store.count(filter, until)
  return jsonAnswer(200, { assets, total, limit, offset, has_more: offset + assets.length < total })
}

function readStatus(text: string): Status | null {
  if (text === ALL) return null
  const status = STATUSES.find(each => each === text)
  if (status === undefined) throw new Refused(422, `status must be one of ${[ALL, ...STATUSES].join(', ')}`)
  return status
}

function readNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^\d{1,9}$/.test(text)) throw new Refused(422, `${name} must be a whole number`)
  return Number(text)
}
