/** Decides what differs between versions of the PIM, what its administrator sets up, and what its documents leave open. */
export interface AkeneoBehaviour {
  /** Seconds for which an access token is good. @default 3600 */
  readonly tokenSeconds?: number
  /** Longest body of a token request: newer versions refuse more with 413, older ones with 422. @default 300 */
  readonly tokenBytes?: 300 | 200
  /** The connection must not create or update assets: 403. @default false */
  readonly forbidden?: boolean

  /** Type of the family's media attribute. @default media_link */
  readonly mediaType?: 'media_link' | 'media_file'
  /** What a media_link attribute puts around the data. @default null */
  readonly prefix?: string | null
  readonly suffix?: string | null
  /** Whether the media attribute has a value per locale, per channel. @default false */
  readonly valuePerLocale?: boolean
  readonly valuePerChannel?: boolean
  /** Channels with the locales activated for them. @default ecommerce: en_US and fr_FR; print: en_US */
  readonly channels?: Readonly<Record<string, readonly string[]>>
  /** Whether prefix, data and suffix must make an http(s) URL; the documents do not say. @default false */
  readonly checksUrls?: boolean
  /** Of a media_file attribute, without dots; none means all. @default all */
  readonly allowedExtensions?: readonly string[]
  /** Of a media_file attribute, in megabytes as a text. @default null, no limit */
  readonly maxFileSize?: string | null
  /**
   * The family's text attributes besides `label` and `photographer`, without a value per locale or channel. `any` takes
   * every other name as a text, so that a rehearsal accepts the attributes of a real family. @default any
   */
  readonly texts?: 'any' | readonly string[]

  /** Which of the properties that only GET knows a PATCH forgives: none (4.0, 5.0), created and updated, or all. @default dates */
  readonly forgives?: 'none' | 'dates' | 'all'
  /** Whether asset codes that differ by case alone are one asset. The documents do not say. @default ignored */
  readonly codeCase?: 'ignored' | 'distinct'
  /** A regular expression that the code of a new asset must match, or its creation is aborted. @default null */
  readonly namingConvention?: string | null
  /** A list PATCH of assets breaks with 500 after so many items are stored, so many times. @default null, never */
  readonly crash?: { readonly after: number; readonly times: number } | null

  /** Whether assets can be searched by code: 7.0 and SaaS. @default true */
  readonly searchable?: boolean
  /** Assets of one page; the vendor does not tell its number. @default 100 */
  readonly pageSize?: number
  /** Milliseconds until a new asset turns up in lists; a GET by its code finds it at once. @default 0 */
  readonly indexLagMs?: number
  /** Whether answers carry what only SaaS tells: attribute_type, linked_data, asset_family_code. @default true */
  readonly saas?: boolean

  /** The product codes that exist; others are created by a PATCH. @default any, so that a rehearsal works with any feed */
  readonly products?: 'any' | readonly string[]
  /**
   * The product attributes that hold assets of the family. `any` takes every attribute for one.
   * @default any, for the same reason; the usual name is packshots
   */
  readonly collections?: 'any' | readonly string[]

  /** Calls at once, beyond which the PIM answers 429; its documents name 4. @default null, no limit */
  readonly concurrency?: number | null
  /** Milliseconds that each call takes. @default 0 */
  readonly callMs?: number
  /** Seconds in the Retry-After of every 429. @default null, no such header */
  readonly retryAfter?: number | null
  /** How a body that is too large for the platform is refused; the documents name both. @default 413 */
  readonly oversize?: 413 | 403
}

export type Settings = Required<AkeneoBehaviour>

const DEFAULTS: Settings = {
  tokenSeconds: 3600,
  tokenBytes: 300,
  forbidden: false,
  mediaType: 'media_link',
  prefix: null,
  suffix: null,
  valuePerLocale: false,
  valuePerChannel: false,
  channels: { ecommerce: ['en_US', 'fr_FR'], print: ['en_US'] },
  checksUrls: false,
  allowedExtensions: [],
  maxFileSize: null,
  texts: 'any',
  forgives: 'dates',
  codeCase: 'ignored',
  namingConvention: null,
  crash: null,
  searchable: true,
  pageSize: 100,
  indexLagMs: 0,
  saas: true,
  products: 'any',
  collections: 'any',
  concurrency: null,
  callMs: 0,
  retryAfter: null,
  oversize: 413,
}

export function settle(behaviour: AkeneoBehaviour): Settings {
  return { ...DEFAULTS, ...behaviour }
}
