import { isJsonObject, type Json } from '../../model/json.ts'
import { jsonAnswer } from '../exchange.ts'
import { emptyAnswer, link, Refused } from './answers.ts'
import type { Asset } from './asset-store.ts'
import type { Call, Route } from './call.ts'
import { requireFamily } from './family.ts'
import { showAsset, type ValueFilter } from './show-asset.ts'

/** GET /api/rest/v1/asset-families/{family}/assets/{code} */
export const getAsset: Route = call => {
  const asset = requireAsset(call)
  return jsonAnswer(200, showAsset(asset, call.request, call.pim.settings, { channel: null, locales: null }))
}

/** DELETE /api/rest/v1/asset-families/{family}/assets/{code} */
export const deleteAsset: Route = call => {
  const { code } = requireAsset(call)
  call.pim.assets.remove(code)
  return emptyAnswer(204)
}

/** GET /api/rest/v1/asset-families/{family}/assets: the page after `search_after`, which a client takes from `next`. */
export const listAssets: Route = call => {
  const { request, pim } = call
  requireFamily(call.params[0] ?? '')
  const filter = readValueFilter(call)
  const found = findPage(call, pim.settings.pageSize + 1)
  const page = found.slice(0, pim.settings.pageSize)
  const last = found.length > page.length ? page.at(-1) : undefined
  return jsonAnswer(200, {
    _links: {
      self: { href: hrefOf(call, request.query.get('search_after')) },
      first: { href: hrefOf(call, null) },
      ...(last && { next: { href: hrefOf(call, pim.assets.keyOf(last.code)) } }),
    },
    _embedded: { items: page.map(asset => showAsset(asset, request, pim.settings, filter)) },
  })
}

function requireAsset({ pim, params: [family = '', code = ''] }: Call): Asset {
  requireFamily(family)
  const asset = pim.assets.find(code)
  if (asset === null) throw new Refused(404, `Asset "${code}" does not exist.`)
  return asset
}

/** Lists come from a search index, which learns of a new asset some time after it was stored. */
function findPage({ request, pim }: Call, limit: number): Asset[] {
  const after = request.query.get('search_after') ?? ''
  const indexedUntil = pim.clock.wall() - pim.settings.indexLagMs
  const codes = readSearch(request.query.get('search'), pim.settings.searchable)
  if (codes === null) return pim.assets.page(after, limit, indexedUntil)
  const keys = [...new Set(codes.map(code => pim.assets.keyOf(code)))].filter(key => key > after).sort()
  const assets = keys.map(key => pim.assets.find(key)).filter(asset => asset !== null)
  return assets.filter(({ created }) => created <= indexedUntil).slice(0, limit)
}

/** The codes of `{"code":[{"operator":"IN","value":[…]}]}`, the one search this emulator knows; null without a search. */
function readSearch(text: string | null, isKnown: boolean): string[] | null {
  if (text === null) return null
  const search = parse(text)
  if (!isJsonObject(search)) throw new Refused(400, 'The search query parameter must be a valid JSON.')
  const { code: filters, ...others } = search
  const filter: Json = Array.isArray(filters) && filters.length === 1 ? filters[0] : null
  if (isKnown && Object.keys(others).length === 0 && isJsonObject(filter)) {
    const { operator, value } = filter
    if (operator === 'IN' && Array.isArray(value) && value.every(code => typeof code === 'string')) return value
  }
  throw new Refused(422, 'The search filters have an invalid format.')
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function readValueFilter({ request: { query }, pim }: Call): ValueFilter {
  const channels = new Map(Object.entries(pim.settings.channels))
  const channel = query.get('channel')
  if (channel !== null && !channels.has(channel)) throw new Refused(422, `Channel "${channel}" does not exist.`)
  const locales = query.get('locales')?.split(',') ?? null
  const unknown = locales?.find(locale => ![...channels.values()].flat().includes(locale))
  if (unknown !== undefined) throw new Refused(422, `Locale "${unknown}" does not exist or is not activated.`)
  return { channel, locales }
}

/** This list, from another place on. */
function hrefOf({ request }: Call, after: string | null): string {
  const query = new URLSearchParams(request.query)
  query.delete('search_after')
  if (after !== null) query.set('search_after', after)
  const text = query.toString()
  return link(request, `${request.path}${text === '' ? '' : `?${text}`}`)
}
