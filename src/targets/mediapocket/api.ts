import type { HttpRequest, HttpResponse } from '../../model/http.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Io } from '../target.ts'
import { type Asset, assetIn, saysOk, unreadable } from './answers.ts'

/** What the API says of one asset, and the answer it was said in. */
export interface Told {
  readonly asset: Asset
  readonly response: HttpResponse
}

/** POST /assets makes a placeholder. An answer about another external id than the one sent is none. */
export async function createAsset(body: JsonObject, io: Io): Promise<Told> {
  const response = await call('POST', '', body, io)
  const asset = assetIn(response)
  if (asset.externalId !== body.external_id) throw unreadable(response, 'The answer is about another external id.')
  return { asset, response }
}

/** Fields that are not named may be cleared by a PUT (it is not documented), so all are sent. */
export function updateAsset(id: string, body: JsonObject, io: Io): Promise<Told> {
  return act('PUT', '', id, body, io)
}

/** Moves the asset to the trash bin, which Media Pocket empties after 14 days. */
export function trashAsset(id: string, io: Io): Promise<Told> {
  return act('POST', '/trash_bin', id, {}, io)
}

export function restoreAsset(id: string, io: Io): Promise<Told> {
  return act('POST', '/restore', id, {}, io)
}

/** Media Pocket fetches the file by itself, later: its ok means that it took the address. */
export async function attachMedia(id: string, media: JsonObject, io: Io): Promise<HttpResponse> {
  const response = await call('POST', `${pathOf(id)}/media`, media, io)
  if (!saysOk(response)) throw unreadable(response)
  return response
}

/** An asset without media is left as it is. */
export async function detachMedia(id: string, io: Io): Promise<void> {
  const response = await call('DELETE', `${pathOf(id)}/media`, null, io)
  mustBe(id, assetIn(response), response)
}

/** A Fault unless the API shows the asset. */
export async function readAsset(id: string, io: Io): Promise<Asset> {
  const response = await call('GET', pathOf(id), null, io)
  return mustBe(id, assetIn(response), response)
}

/** Calls whose answers are not documented: either form of success is taken, as long as it is about this asset. */
async function act(method: 'PUT' | 'POST', path: string, id: string, body: JsonObject, io: Io): Promise<Told> {
  const response = await call(method, pathOf(id) + path, body, io)
  if (saysOk(response)) return { asset: { ...NOTHING_SAID, id }, response }
  return { asset: mustBe(id, assetIn(response), response), response }
}

const NOTHING_SAID = { externalId: null, trashed: false, mediaType: null, filename: null }

function mustBe(id: string, asset: Asset, response: HttpResponse): Asset {
  if (asset.id !== id) throw unreadable(response, 'The answer is about another asset.')
  return asset
}

function call(
  method: HttpRequest['method'],
  path: string,
  body: JsonObject | null,
  { send, baseUrl }: Io,
): Promise<HttpResponse> {
  return send({
    method,
    url: `${baseUrl}/api/v2/assets${path}`,
    headers: { 'content-type': 'application/json' },
    body: body === null ? null : Buffer.from(JSON.stringify(body)),
  })
}

/** Ids may start with `-` or `_`; whatever they hold, they stay one part of the path. */
function pathOf(id: string): string {
  return `/${encodeURIComponent(id)}`
}
