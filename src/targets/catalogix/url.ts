import type { CatalogixOptions } from './options.ts'

/** POST and GET /assets of one store and channel. */
export function assetsUrl(baseUrl: string, { storeUuid, channel }: CatalogixOptions): string {
  return `${baseUrl}/assets?store_uuid=${encodeURIComponent(storeUuid)}&channel=${encodeURIComponent(channel)}`
}
