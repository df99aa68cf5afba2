import type { Json, JsonObject } from '../../model/json.ts'
import type { ApiRequest } from '../exchange.ts'
import { ACCOUNT } from './account.ts'
import { link } from './answers.ts'
import type { Asset, AssetValue } from './asset-store.ts'
import { attributeOf } from './attributes.ts'
import type { Settings } from './behaviour.ts'
import { fullUrl } from './rules.ts'

/** Which values are shown; null is no condition. Values without a channel or locale are always shown. */
export interface ValueFilter {
  readonly channel: string | null
  readonly locales: readonly string[] | null
}

/** The asset as GET shows it. What only GET knows must not be sent back. */
export function showAsset(asset: Asset, request: ApiRequest, settings: Settings, filter: ValueFilter): JsonObject {
  const href = link(request, `/api/rest/v1/asset-families/${ACCOUNT.family}/assets/${asset.code}`)
  return {
    _links: { self: { href } },
    code: asset.code,
    ...(settings.saas && { asset_family_code: ACCOUNT.family }),
    values: showValues(
      asset.values.filter(value => isShown(value, filter)),
      request,
      settings,
    ),
    created: showTime(asset.created),
    updated: showTime(asset.updated),
  }
}

function isShown({ channel, locale }: AssetValue, filter: ValueFilter): boolean {
  const fitsChannel = channel === null || filter.channel === null || filter.channel === channel
  return fitsChannel && (locale === null || filter.locales === null || filter.locales.includes(locale))
}

function showValues(values: readonly AssetValue[], request: ApiRequest, settings: Settings): JsonObject {
  const byAttribute = new Map<string, Json[]>()
  for (const value of values) {
    const shown = byAttribute.get(value.attribute) ?? []
    byAttribute.set(value.attribute, [...shown, showValue(value, request, settings)])
  }
  return Object.fromEntries(byAttribute)
}

function showValue({ attribute, locale, channel, data }: AssetValue, request: ApiRequest, settings: Settings): Json {
  const value = { locale, channel, data }
  if (!settings.saas) return value
  const type = attributeOf(attribute, settings)?.type ?? 'text'
  return { ...value, attribute_type: type, ...showMedia(type, data, request, settings) }
}

function showMedia(type: string, data: string, request: ApiRequest, settings: Settings): JsonObject {
  if (type === 'media_file') {
    return { _links: { download: { href: link(request, `/api/rest/v1/asset-media-files/${data}`) } } }
  }
  if (type !== 'media_link') return {}
  const { prefix, suffix } = settings
  return { linked_data: { full_url: fullUrl(data, settings), prefix, suffix } }
}

/** Like `2026-01-31T09:23:34+00:00`. */
function showTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00')
}
