import type { Rate } from '../model/rate.ts'
import type { Target } from '../targets/target.ts'

/** Everything that can be configured, complete and checked: no default is left to fill in. */
export interface Config {
  /** Absolute path of the project's config file, or null where there is none. */
  readonly file: string | null
  /** Its folder, else the working directory: where `.assetsync` lives unless --state says otherwise. */
  readonly folder: string
  readonly feed: FeedConfig
  /** Hosts whose private addresses may be fetched knowingly. */
  readonly allowHosts: readonly string[]
  /** In the order of the config file. */
  readonly targets: readonly ConfiguredTarget[]
}

export interface FeedConfig {
  /** Name of the source; null: the feed's arguments are its name. */
  readonly name: string | null
  /** From a config file: absolute, globs included. Feed arguments stay as written, relative to the working directory. */
  readonly files: readonly string[]
  readonly preset: string
  readonly code: string | null
  readonly images: readonly string[]
  readonly position: string | null
  readonly separator: string | null
  readonly imageBaseUrl: string | null
  readonly records: string | null
  /** One character, "tab", "\\t", or "auto". */
  readonly delimiter: string
  /** A name that TextDecoder knows, or "auto". */
  readonly encoding: string
  readonly onBadImage: 'reject-product' | 'drop-image' | 'send-anyway'
}

export interface ConfiguredTarget {
  readonly name: string
  readonly target: Target
  /** What `target.options` made of the config. */
  readonly options: unknown
  readonly settings: TargetSettings
  /** The values of the secret options, so that they can be kept out of everything that is printed. */
  readonly secrets: readonly string[]
}

/** What every target can be told besides its own options. */
export interface TargetSettings {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly concurrency: number
  /** Null: no limit. */
  readonly rate: Rate | null
  /** Items of one request, at most what the target's API takes. */
  readonly batchSize: number
  /** Seconds. */
  readonly timeout: number
  readonly retries: number
  /** Seconds. */
  readonly maxWait: number
}
