import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { rest } from './address.ts'
import { unreadable } from './answers.ts'
import { fold } from './code.ts'

/** Codes of one search: as many as one PATCH takes, which also keeps the address short enough. */
const CODES_AT_ONCE = 100

/** Assets by their folded code. */
export type Assets = ReadonlyMap<string, JsonObject>

/**
 * Finds assets by their codes, a hundred in one search. A PIM before 7.0 cannot search by code, and a search index lags behind;
 * so what a search does not show is asked for by its code, unless `hint` is set: then it may as well be there as not.
 */
export type FindAssets = (codes: readonly string[], hint?: true) => Promise<Assets>

export function assetFinder(io: Io, family: string): FindAssets {
  let canSearch = true

  async function search(codes: readonly string[]): Promise<readonly JsonObject[]> {
    if (!canSearch) return []
    try {
      return await searchPages(codes, io, family)
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'refused') throw error
      canSearch = false
      return []
    }
  }

  return async (codes, hint) => {
    const found = new Map<string, JsonObject>()
    for (let start = 0; start < codes.length; start += CODES_AT_ONCE) {
      const part = codes.slice(start, start + CODES_AT_ONCE)
      for (const asset of await search(part)) found.set(fold(String(asset.code)), asset)
    }
    if (hint) return found
    for (const code of codes) {
      const asset = found.has(fold(code)) ? null : await readOne(code, io, family)
      if (asset !== null) found.set(fold(code), asset)
    }
    return found
  }
}

async function searchPages(codes: readonly string[], io: Io, family: string): Promise<readonly JsonObject[]> {
  const query = `search=${encodeURIComponent(JSON.stringify({ code: [{ operator: 'IN', value: codes }] }))}`
  const found: JsonObject[] = []
  for (let after: string | null = null; ; ) {
    const place: string = after === null ? '' : `&search_after=${encodeURIComponent(after)}`
    const url = `${rest(io, 'asset-families', family, 'assets')}?${query}${place}`
    const response = await io.send({ method: 'GET', url, headers: {}, body: null })
    const { assets, next } = pageOf(response)
    found.push(...assets)
    if (next === null || assets.length === 0) return found
    after = next
  }
}

function pageOf(response: HttpResponse): { assets: readonly JsonObject[]; next: string | null } {
  const page = parseJson(response.body)
  const embedded = isJsonObject(page) && isJsonObject(page._embedded) ? page._embedded : {}
  const { items } = embedded
  if (!isJsonObject(page) || !Array.isArray(items) || !items.every(isAsset)) throw unreadable(response, undefined)
  return { assets: items, next: nextOf(page) }
}

/** Only the place of the next page is taken from its address: a PIM behind a proxy may name a host that we must send no token to. */
function nextOf({ _links: links }: JsonObject): string | null {
  const next = isJsonObject(links) ? links.next : undefined
  const href = isJsonObject(next) ? next.href : undefined
  return typeof href === 'string' && URL.canParse(href) ? new URL(href).searchParams.get('search_after') : null
}

async function readOne(code: string, io: Io, family: string): Promise<JsonObject | null> {
  try {
    const url = rest(io, 'asset-families', family, 'assets', code)
    const response = await io.send({ method: 'GET', url, headers: {}, body: null })
    const asset = parseJson(response.body)
    if (!isAsset(asset) || fold(asset.code) !== fold(code)) throw unreadable(response, undefined)
    return asset
  } catch (error) {
    if (error instanceof Fault && error.http === 404 && error.kind === 'refused') return null
    throw error
  }
}

function isAsset(value: Json | undefined): value is JsonObject & { readonly code: string } {
  return isJsonObject(value) && typeof value.code === 'string'
}
