import type { JsonObject } from '../../model/json.ts'
import { channelOf, storeProblem } from './account.ts'
import { detailError, Refused, success } from './answers.ts'
import type { Call, CatalogixBehaviour, Route } from './call.ts'
import { invalid, readEntries } from './entries.ts'
import { type AssetItem, readItem } from './items.ts'
import type { AssetStore } from './store.ts'

/** What became of one item, in the unit that the answer counts. */
interface Result {
  readonly created: number
  readonly updated: number
  readonly failed: number
  readonly failure: JsonObject | null
}

/** POST /assets: sets attributes by name; those that are not named stay as they are. */
export const upsertAssets: Route = call => {
  const problem = storeProblem(call.request.query.get('store_uuid'))
  if (problem !== null) throw new Refused(detailError(400, problem))
  const items = readEntries(call.request, readItem)
  refuseRepeatedCodes(items)
  const channel = channelOf(call.request.query)
  const results = call.store.transaction(() => items.map(item => upsertItem(call, channel, item)))
  return success(call.request, {
    created: sum(results, 'created'),
    updated: sum(results, 'updated'),
    failed: sum(results, 'failed'),
    error_info: errorInfo(results, call.behaviour.errorInfo),
  })
}

/** The document leaves two items of one code undefined; the strict reading keeps clients from relying on either order. */
function refuseRepeatedCodes(items: readonly AssetItem[]): void {
  const first = new Map<string, number>()
  for (const [index, { parentCode }] of items.entries()) {
    const before = first.get(parentCode)
    if (before !== undefined) throw invalid(`[${index}].parent_code: is the same as in [${before}]`)
    first.set(parentCode, index)
  }
}

function upsertItem({ store, behaviour, fails }: Call, channel: string, item: AssetItem): Result {
  const images = behaviour.count === 'images'
  const failure = failureOf(item, fails)
  if (failure) return { created: 0, updated: 0, failed: images ? item.assets.size : 1, failure }
  const { isNew, added } = merge(store, channel, item)
  const created = images ? added : Number(isNew)
  return { created, updated: (images ? item.assets.size : 1) - created, failed: 0, failure: null }
}

/** Whether the channel had nothing under this code, and how many attribute names are new. */
function merge(store: AssetStore, channel: string, item: AssetItem): { isNew: boolean; added: number } {
  const groups = store.groupsOf(channel, item.parentCode)
  const held = groups.find(group => group.type === item.assetType)?.assets ?? new Map<string, string>()
  const assets = new Map([...held, ...item.assets])
  store.replace({ channel, code: item.parentCode, type: item.assetType, assets })
  return { isNew: groups.length === 0, added: assets.size - held.size }
}

function failureOf({ parentCode, assets }: AssetItem, fails: Call['fails']): JsonObject | null {
  if (fails(parentCode)) {
    return { parent_code: parentCode, reason: 'not_stored', details: 'the item could not be stored' }
  }
  const wrong = [...assets].find(([, url]) => !isHttpUrl(url))
  if (!wrong) return null
  const details = `${JSON.stringify(wrong[0])} is not an http(s) URL: ${JSON.stringify(wrong[1])}`
  return { parent_code: parentCode, reason: 'invalid_url', details }
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

function sum(results: readonly Result[], count: 'created' | 'updated' | 'failed'): number {
  return results.reduce((total, result) => total + result[count], 0)
}

function errorInfo(results: readonly Result[], form: CatalogixBehaviour['errorInfo'] = 'none'): JsonObject[] {
  if (form === 'empty-objects') return [{}]
  return form === 'named' ? results.map(result => result.failure).filter(failure => failure !== null) : []
}
