import type { Clock } from '../lib/clock.ts'
import type { Proxies } from '../lib/connections.ts'
import { truncate } from '../lib/text.ts'
import { createConnections } from './connections.ts'
import { withDeadline } from './deadline.ts'
import { download, type Source } from './download.ts'
import { ImageFault } from './fault.ts'
import { filenameOf } from './filename.ts'
import { createGate } from './gate.ts'
import { createGuard } from './guard.ts'
import type { ImageFile, ImageProblem } from './image.ts'
import { guardedLookup, type Resolve, resolveBySystem } from './lookup.ts'
import { withRetries } from './retry.ts'
import { ImageSpool, type Stored } from './spool.ts'
import { describeOther, HEAD_BYTES, imageType } from './type.ts'

export type { ImageFile, ImageProblem, ImageReason } from './image.ts'
export type { ImageType } from './type.ts'

export interface ImagesOptions {
  /** Host names or addresses, without a port, that may be fetched whatever their addresses and ports are. */
  readonly allowHosts: readonly string[]
  /** For one image. */
  readonly maxBytes: number
  /** Milliseconds for one attempt, from the first connection to the last byte, redirects included. */
  readonly timeoutMs: number
  readonly proxies: Proxies
  readonly clock: Clock
  /** User-Agent. */
  readonly agent: string
  /** Downloads at once. */
  readonly connections: number
  /**
   * The sandbox's: gives the URL that is asked instead of this one, before anything is checked, redirects included. With it
   * loopback is allowed and no proxy is used.
   */
  readonly rewrite: ((url: string) => string) | null
}

/** The pictures that a feed names, as bytes, for targets that take no URLs. */
export interface Images {
  /**
   * The picture behind a URL, downloaded once per run however often and by however many it is asked for; a problem stays
   * one. Never throws for what a URL does, only when the disk is full (OutputError).
   */
  get(url: string): Promise<ImageFile | ImageProblem>
  /** Gives up what is under way and removes every file. */
  close(): Promise<void>
}

const SHOWN_LENGTH = 120

/** @param resolve how host names become addresses; default: as the system does it */
export function openImages(options: ImagesOptions, resolve: Resolve = resolveBySystem): Images {
  const { allowHosts, connections, clock, rewrite, timeoutMs } = options
  const guard = createGuard({ allowHosts, sandboxed: rewrite !== null })
  const proxies = rewrite === null ? options.proxies : null
  const dispatcher = createConnections(connections, proxies, guardedLookup(guard, resolve))
  const source: Source = { ...options, dispatcher, guard, rewrite: rewrite ?? (url => url) }
  const spool = new ImageSpool()
  const gate = createGate(connections)
  const stop = new AbortController()
  const limits = { timeoutMs, clock, stop: stop.signal }
  const known = new Map<string, Promise<ImageFile | ImageProblem>>()

  const attempt = (url: string): Promise<Stored> =>
    gate(() => withDeadline(limits, signal => download(url, spool, signal, source)))

  async function fetchImage(url: string): Promise<ImageFile | ImageProblem> {
    try {
      return recognise(url, await withRetries(clock, stop.signal, () => attempt(url)), spool)
    } catch (error) {
      if (error instanceof ImageFault) return problemOf(url, error)
      throw error
    }
  }

  return {
    get(url) {
      const image = known.get(url) ?? fetchImage(url)
      known.set(url, image)
      return image
    },
    async close() {
      stop.abort()
      await dispatcher.destroy()
      await Promise.allSettled(known.values())
      spool.close()
    },
  }
}

function recognise(url: string, image: Stored, spool: ImageSpool): ImageFile {
  const head = spool.read(image, HEAD_BYTES)
  const type = imageType(head)
  if (type === null) throw new ImageFault('image-not-an-image', describeOther(head))
  return {
    kind: 'file',
    url,
    size: image.size,
    type,
    filename: filenameOf(url, type),
    read: async () => spool.read(image),
  }
}

function problemOf(url: string, { reason, message }: ImageFault): ImageProblem {
  return { kind: 'problem', reason, message: `The image ${shown(url)} cannot be used: ${message}.` }
}

/** Without the query, which may hold a signature, and without user name and password. */
function shown(url: string): string {
  if (!URL.canParse(url)) return `"${truncate(url, SHOWN_LENGTH)}"`
  const { protocol, host, pathname } = new URL(url)
  return truncate(`${protocol}//${host}${pathname}`, SHOWN_LENGTH)
}
