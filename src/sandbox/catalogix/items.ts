import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { isText } from './entries.ts'

export const ASSET_TYPES = ['image', 'video', 'pdf', '3D', 'text'] as const

export interface AssetItem {
  readonly parentCode: string
  readonly assetType: string
  /** URL by attribute name. */
  readonly assets: ReadonlyMap<string, string>
}

/** An item of POST /assets, or what is wrong with it. */
export function readItem(entry: JsonObject): AssetItem | string {
  const { parent_code, asset_type, product_uuid } = entry
  if (!isText(parent_code)) return 'parent_code: must be a non-empty string'
  if (!isAssetType(asset_type)) return `asset_type: must be one of ${ASSET_TYPES.join(', ')}`
  if (product_uuid !== undefined && typeof product_uuid !== 'string') return 'product_uuid: must be a string'
  const assets = readAssets(entry.assets)
  return typeof assets === 'string' ? assets : { parentCode: parent_code, assetType: asset_type, assets }
}

export function isAssetType(value: unknown): value is string {
  return ASSET_TYPES.some(type => type === value)
}

function readAssets(value: Json | undefined): Map<string, string> | string {
  if (!isJsonObject(value)) return 'assets: must be an object'
  const assets = new Map<string, string>()
  for (const [name, url] of Object.entries(value)) {
    if (typeof url !== 'string') return `assets[${JSON.stringify(name)}]: must be a string`
    assets.set(name, url)
  }
  return assets.size > 0 ? assets : 'assets: must not be empty'
}
