import type { JsonObject } from '../../model/json.ts'
import type { ApiAnswer } from '../exchange.ts'
import { storeProblem } from './account.ts'
import { detailError, Refused, success } from './answers.ts'
import { assetId } from './asset-id.ts'
import type { Call, Route } from './call.ts'
import { isText, readEntries } from './entries.ts'
import type { AssetStore, Group } from './store.ts'

/** The assets that one entry names. Null is no condition: without `ids` they are all assets that the rest fits. */
interface Selection {
  readonly storeUuid: string
  readonly channel: string | null
  readonly code: string | null
  readonly ids: ReadonlySet<string> | null
}

/** DELETE /assets. The document requires `store_uuid` alone, so an entry with nothing else deletes the whole store. */
export const deleteAssets: Route = call => remove(call, 'deleted_count', readDelete)

/** POST /assets/unlink. An entry without `asset_id` unlinks all assets of its code and channel, as documented. */
export const unlinkAssets: Route = call => remove(call, 'unlinked', readUnlink)

function remove({ request, store }: Call, counter: string, read: (entry: JsonObject) => Selection | string): ApiAnswer {
  const selections = readEntries(request, read)
  const problem = selections.map(({ storeUuid }) => storeProblem(storeUuid)).find(found => found !== null)
  if (problem) throw new Refused(detailError(400, problem))
  const counts = store.transaction(() => selections.map(selection => removeSelected(store, selection)))
  const removed = counts.reduce((total, count) => total + count, 0)
  const failed = selections.reduce((total, { ids }, at) => total + missing(ids, counts[at] ?? 0), 0)
  return success(request, { [counter]: removed, failed, error_info: [] })
}

/** Ids that were not there each count as failed; an entry without ids that fits nothing counts as one. */
function missing(ids: ReadonlySet<string> | null, removed: number): number {
  return ids ? ids.size - removed : Number(removed === 0)
}

function removeSelected(store: AssetStore, selection: Selection): number {
  let removed = 0
  for (const group of selectGroups(store, selection)) {
    const kept = [...group.assets].filter(([name]) => !isSelected(group, name, selection.ids))
    if (kept.length < group.assets.size) store.replace({ ...group, assets: new Map(kept) })
    removed += group.assets.size - kept.length
  }
  return removed
}

function selectGroups(store: AssetStore, { channel, code }: Selection): Group[] {
  if (channel !== null && code !== null) return store.groupsOf(channel, code)
  return store
    .all()
    .filter(group => group.channel === (channel ?? group.channel) && group.code === (code ?? group.code))
}

function isSelected({ channel, code, type }: Group, name: string, ids: ReadonlySet<string> | null): boolean {
  return ids === null || ids.has(assetId(channel, code, type, name))
}

function readDelete({ store_uuid, channel, parent_code, asset_id }: JsonObject): Selection | string {
  if (!isText(store_uuid)) return 'store_uuid: must be a non-empty string'
  if (channel !== undefined && !isText(channel)) return 'channel: must be a non-empty string'
  if (parent_code !== undefined && !isText(parent_code)) return 'parent_code: must be a non-empty string'
  const ids = { storeUuid: store_uuid, channel: channel ?? null, code: parent_code ?? null }
  if (asset_id === undefined) return { ...ids, ids: null }
  if (!Array.isArray(asset_id) || asset_id.length === 0 || !asset_id.every(isText)) {
    return 'asset_id: must be a non-empty array of non-empty strings'
  }
  return { ...ids, ids: new Set(asset_id) }
}

function readUnlink({ store_uuid, channel, parent_code, asset_id }: JsonObject): Selection | string {
  if (!isText(store_uuid)) return 'store_uuid: must be a non-empty string'
  if (!isText(channel)) return 'channel: must be a non-empty string'
  if (!isText(parent_code)) return 'parent_code: must be a non-empty string'
  if (asset_id !== undefined && !isText(asset_id)) return 'asset_id: must be a non-empty string'
  const ids = asset_id === undefined ? null : new Set([asset_id])
  return { storeUuid: store_uuid, channel, code: parent_code, ids }
}
