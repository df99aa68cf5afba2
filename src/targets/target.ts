import type { z } from '../lib/schema.ts'
import type { FaultKind } from '../model/fault.ts'
import type { HttpResponse, Send } from '../model/http.ts'
import type { ImageFile, ImageProblem } from '../model/image.ts'
import type { Held, Item, SentItem } from '../model/item.ts'
import type { Json } from '../model/json.ts'
import type { Faulty, Pending, Suspect, Verdict } from '../model/outcome.ts'
import type { Problem, Product } from '../model/product.ts'
import type { Rate } from '../model/rate.ts'
import type { Forecaster } from './forecast.ts'

/** What a target is given to do its work with. */
export interface Io {
  /** Authenticated, paced and retried; resolves only with answers whose `meaning` is "answer". */
  readonly send: Send
  /** Without a trailing slash. */
  readonly baseUrl: string
  /**
   * Makes the id that the target gave an item durable before the item is complete, so that a crash between two requests
   * about it can be repaired.
   */
  note(item: Item, remoteId: string): void
  /** The bytes of an image, for APIs that take no address. Fetched once per run, from public addresses only. Never throws. */
  image(url: string): Promise<ImageFile | ImageProblem>
}

/** Headers that authenticate requests, and for how long. */
export interface Login {
  readonly headers: Readonly<Record<string, string>>
  /** Seconds; null: for ever. */
  readonly expiresIn: number | null
  /** What the next login may need of this one, such as a refresh token. */
  readonly memory?: string
}

/** An item that `push` left pending, with the verdict it gave for the time being. */
export interface PendingItem {
  readonly item: SentItem
  readonly meanwhile: Verdict
}

/** One item's verdict, or why there is none yet. */
export type ItemAnswer = Verdict | Suspect | Faulty | Pending

/** What an answer means, in terms of what may be done about it. */
export interface Meaning {
  readonly kind: 'answer' | FaultKind
  /** The target's own words, for people. */
  readonly message: string
  readonly requestId: string | null
}

/** The items of one batch, all of one action: `update` when the ledger holds their keys at this target. */
export interface Load {
  readonly action: 'create' | 'update'
  readonly items: readonly SentItem[]
}

/** A product with its items at this target, each with what the ledger says of it there, to be looked at. */
export interface Sought {
  readonly product: Product
  readonly items: readonly { readonly item: Item; readonly held: Held | null }[]
}

/**
 * What is seen of one product. An item of which nothing is seen is missing.
 * - `image`: an image is there. `key`: the item that it is, or null; `rank`: null where the target has none; `url`: null where it
 *   does not tell; `name`: what else people find it by; `note`: what could not be compared, in the same words for all images
 * - `other`: the item is there with another image, which the target does not tell the address of
 * - `absent`: the item is there in some way, but does not count as an image of the product
 * - `hidden`: nothing can be said of the item
 */
export type Sight =
  | {
      readonly kind: 'image'
      readonly key: string | null
      readonly rank: number | null
      readonly url: string | null
      readonly name: string
      readonly note: string | null
    }
  | { readonly kind: 'other'; readonly key: string; readonly name: string; readonly message: string }
  | { readonly kind: 'absent' | 'hidden'; readonly key: string; readonly reason: string; readonly message: string }

/** Sees what is there of these products: what was seen of each, in the order given. Faults that concern all of them pass through. */
export type Look = (sought: readonly Sought[]) => Promise<readonly (readonly Sight[])[]>

/** How a target is read. */
export interface Reading<Options> {
  /** What reading it cannot tell, one sentence each. */
  readonly cannot: readonly string[]
  /** Reads what has to be known first, once per run. Faults pass through. */
  open(io: Io, options: Options): Promise<Look>
}

/**
 * A target turns items into requests and answers into verdicts, and nothing else. The sentences of this contract are
 * repeated by the contract kit, which runs against every target.
 *
 * 1. It MUST return exactly one verdict per item, in the order given.
 * 2. It MUST NOT retry, wait, count, log or print: it classifies, the engine and the transport act.
 * 3. `encode` and `payload` MUST be pure: same product, same bytes.
 * 4. The same load twice MUST NOT make a second item (unless `replay` is "create").
 * 5. One bad item MUST NOT fail its neighbours.
 * 6. An answer it cannot read MUST NOT become a success.
 * 7. It MUST NOT exceed its declared limits.
 * 8. An empty load MUST make no request; `probe` MUST write nothing.
 * 9. Codes and URLs MUST arrive as they were given, whatever characters they hold.
 * 10. Where it is `searched`, an item that `mayArrive` MUST be looked for and MUST NOT be created; it is `unknown` when it is
 *     not found.
 * 11. `read` MUST write nothing, MUST ask for many products in one request where the API can, and MUST NOT call anything the
 *     same that it could not see.
 */
export interface Target<Options = unknown, Facts = unknown> {
  /** The name used for `type` in the config. */
  readonly type: string
  readonly title: string
  /** Address of the vendor's document. */
  readonly docs: string
  /** The vendor's address, used when the config names none; null: every customer has an own one, which the config must name. */
  readonly baseUrl: string | null
  /** What users of this target should know that its API cannot do, one sentence each. */
  readonly cannot: readonly string[]
  /** What one item is. */
  readonly unit: 'product' | 'image'
  /** May a request without a trustworthy answer be sent again? `upsert`: yes, it gives the same state. */
  readonly replay: 'upsert' | 'keyed' | 'create'
  /**
   * Set where only a search tells whether something is there already, so that a request that is still on its way is missed: an
   * item whose request got no trustworthy answer is `unknown`, and is not sent again before it must have arrived.
   */
  readonly searched?: true
  /** False where images have no rank there: a gallery that was only reordered is unchanged. Default: true. */
  readonly ordered?: boolean
  /** What becomes of ranks after the end of a gallery that got shorter: this API keeps them, or they go. */
  readonly tail: 'stays' | 'goes'
  readonly limits: {
    /** Items of one batch. */
    readonly items: number
    /** Bytes of one batch's payloads. */
    readonly bytes: number
    /** Where one request cannot carry a whole batch: how many a new item takes, for forecasts. */
    readonly requestsPerItem?: number
    readonly concurrency: number
    readonly rate: Rate | null
  }
  readonly options: z.ZodType<Options>

  /** Which account of the target the options name: part of the target's identity in the ledger. Holds no secret. */
  account(options: Options): string
  /**
   * How requests are authenticated. Static headers need no request; a token is asked for with `io`, whose `send` carries no
   * credentials. Called again shortly before it expires, and once when it is refused; `last` is what it gave before.
   */
  login(io: Io, options: Options, last: Login | null): Promise<Login>
  /** Names of the feed's columns that the options refer to. */
  columns(options: Options): readonly string[]
  /** Names in the options that stand for a column where the feed has one, and for themselves where it has none. */
  optionalColumns?(options: Options): readonly string[]
  /** Reads status and body of any answer, success or not. */
  meaning(response: HttpResponse): Meaning
  /**
   * For keys that are made from codes: the form in which the target compares them. Codes whose keys are the same in this form are
   * rejected as `code-collision`.
   */
  fold?(key: string): string
  /** The items of a product, or why it cannot be sent to this target. */
  encode(product: Product, options: Options): readonly Item[] | Problem
  /** What is sent for the item. Two equal payloads mean: nothing has changed. */
  payload(item: Item, options: Options): Json
  /** Counts the requests of a plan beforehand. Default: one per load, or `requestsPerItem`, and nothing besides. */
  forecast?(options: Options): Forecaster
  /** Reads what has to be known before the first write, once per run. Writes nothing. Faults pass through. */
  prepare?(io: Io, options: Options): Promise<Facts>
  /** Sends the load in as few requests as the API allows. A fault that concerns the whole load passes through. */
  push(load: Load, io: Io, options: Options, facts: Facts): Promise<readonly ItemAnswer[]>
  /** Asked about pending items, after all batches, until none is pending or time is up. One answer per item, in order. */
  settle?(items: readonly PendingItem[], io: Io, options: Options, facts: Facts): Promise<readonly ItemAnswer[]>
  /**
   * Removes exactly these items, which the ledger says we put there: verdicts `deleted`, also for what is gone already. Missing
   * where the API cannot remove.
   */
  remove?(items: readonly SentItem[], io: Io, options: Options, facts: Facts): Promise<readonly ItemAnswer[]>
  /** What it really holds. Missing where the API cannot be read. */
  readonly read?: Reading<Options>
  /** Proves address and credentials with a request that writes nothing. Faults pass through. */
  probe(io: Io, options: Options): Promise<void>
}
