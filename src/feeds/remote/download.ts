import type { Clock } from '../../lib/clock.ts'
import { openConnections, type Proxies } from '../../lib/connections.ts'
import { digest } from '../../lib/hash.ts'
import { plural } from '../../lib/text.ts'
import { type Address, nameOf, parseAddress } from './address.ts'
import { type Answer, ask, type Line } from './ask.ts'
import { bodyOf } from './body.ts'
import { Shelf } from './shelf.ts'
import { conditionsOf, validatorsOf } from './validators.ts'
import { Watch } from './watch.ts'

/** What downloads need. */
export interface RemoteInput {
  /** Folder that keeps the last copy from every address, so that only what changed comes again; null: nothing is kept. */
  readonly downloads: string | null
  /** Milliseconds without a single byte after which a server is given up. */
  readonly timeoutMs: number
  readonly proxies: Proxies
  /** User-Agent, such as `assetsync/1.0.0`. */
  readonly agent: string
  readonly clock: Clock
  /** Ends a download at once with an AssetsyncError; a number as its reason is the exit code. */
  readonly stop: AbortSignal
}

/** A feed that is on disk now. */
export interface Downloaded {
  /** The address as it may be shown. */
  readonly file: string
  /** Must be read or left: that removes what is not kept. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** How it came, for people. */
  readonly notes: readonly string[]
}

export interface DownloadLimits {
  /** Of a body, as it is sent and once it is inflated. */
  readonly maxBytes: number
  /** Milliseconds from the first connection to the last byte. */
  readonly totalMs: number
}

const CONNECT_MS = 10_000
export const DOWNLOAD_LIMITS: DownloadLimits = { maxBytes: 4 * 1024 ** 3, totalMs: 15 * 60_000 }

/**
 * Downloads a feed whole, so that a connection that breaks costs nothing, unless the server says that the copy of last time
 * is still good. Throws a UsageError for an address that cannot be asked, and a FeedError when the feed does not come.
 */
export async function download(
  source: string,
  input: RemoteInput,
  { maxBytes, totalMs } = DOWNLOAD_LIMITS,
): Promise<Downloaded> {
  const address = parseAddress(source)
  const { clock, stop, agent, timeoutMs } = input
  const dispatcher = openConnections({ connections: 1, connect: { timeout: CONNECT_MS } }, input.proxies)
  const shelf = new Shelf(input.downloads, address.key, clock.wall())
  const watch = new Watch(address.name, { idleMs: timeoutMs, totalMs, clock, stop })
  try {
    const notes = await fill(shelf, { address, dispatcher, agent, watch, maxBytes, now: clock.wall() })
    return { file: address.name, bytes: shelf.read(address.name), notes }
  } catch (error) {
    shelf.close()
    watch.signal.throwIfAborted() // what follows from giving up is not the reason for it
    throw error
  } finally {
    watch.end()
    await dispatcher.destroy()
  }
}

interface Job extends Line {
  readonly address: Address
  readonly maxBytes: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Leaves the feed on the shelf and says how it came there. */
async function fill(shelf: Shelf, job: Job): Promise<string[]> {
  const { address, watch } = job
  const held = await shelf.held(watch.signal)
  // Validators belong to the URL that gave them, not to another one to which the address may lead today.
  const answer = await ask(address, job, url => (held?.from === digest(url.href) ? conditionsOf(held) : {}))
  const moved = answer.url.href === address.url.href ? [] : [`redirected to ${nameOf(answer.url)}`]
  if (answer.status === 304) return [...moved, `unchanged since ${held?.since}`]
  return [...moved, ...(await store(answer, shelf, job))]
}

async function store(answer: Answer, shelf: Shelf, { address, watch, maxBytes, now }: Job): Promise<string[]> {
  const { headers, url } = answer
  const content = await shelf.write(bodyOf(answer, { name: address.name, watch, maxBytes }))
  const validators = validatorsOf(headers)
  if (validators === null) shelf.drop()
  else shelf.keep({ ...validators, ...content, from: digest(url.href), since: iso(now) })
  return [`downloaded ${plural(content.bytes, 'byte')}`, ...(hasLength(headers) ? [] : [NO_LENGTH])]
}

const NO_LENGTH = 'the server did not say how long it is, so that a cut would not show'

/** Otherwise a body ends where the connection ends, for whatever reason. */
function hasLength(headers: Answer['headers']): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

/** To the second. */
function iso(wall: number): string {
  return new Date(wall).toISOString().replace(/\.\d+Z$/, 'Z')
}
