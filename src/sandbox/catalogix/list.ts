import type { JsonObject } from '../../model/json.ts'
import { ACCOUNT, channelOf, storeProblem } from './account.ts'
import { errorInfo, Refused, success } from './answers.ts'
import { assetId } from './asset-id.ts'
import type { Route } from './call.ts'
import { ASSET_TYPES, isAssetType } from './items.ts'
import type { Group } from './store.ts'

const MAX_LIMIT = 50

/** GET /assets: a page of the groups of one channel and format, ordered by code. */
export const listAssets: Route = ({ request, store }) => {
  const { query } = request
  const channel = channelOf(query)
  const format = query.get('asset_format') ?? 'image'
  const offset = readNumber(query.get('offset'), 0)
  const limit = readNumber(query.get('limit'), MAX_LIMIT)
  const problem = storeProblem(query.get('store_uuid')) ?? pageProblem(format, offset, limit)
  if (problem !== null) throw new Refused(errorInfo(request, 400, -1, problem))
  const groups = store.page(channel, format, offset, limit)
  return success(request, {
    total_groups: store.count(channel, format),
    returned_groups: groups.length,
    assets: Object.fromEntries(groups.map(group => [group.code, show(group)])),
  })
}

function show({ channel, code, type, assets }: Group): JsonObject {
  const list = [...assets].map(([name, url]) =>
    Object.fromEntries([
      [name, url],
      ['asset_id', assetId(channel, code, type, name)],
    ]),
  )
  return { channel, asset_type: type, store_uuid: ACCOUNT.storeUuid, assets: list }
}

function pageProblem(format: string, offset: number, limit: number): string | null {
  if (!isAssetType(format)) return `asset_format must be one of ${ASSET_TYPES.join(', ')}`
  if (Number.isNaN(offset)) return 'offset must be a whole number'
  return limit >= 1 && limit <= MAX_LIMIT ? null : `limit must be a whole number from 1 to ${MAX_LIMIT}`
}

/** NaN for a text that is no whole number. */
function readNumber(text: string | null, otherwise: number): number {
  if (text === null) return otherwise
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
}
