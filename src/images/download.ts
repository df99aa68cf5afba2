import type { Clock } from '../lib/clock.ts'
import { type Dispatcher, request } from '../lib/connections.ts'
import { retryAfter } from '../lib/retry-after.ts'
import { ImageFault } from './fault.ts'
import type { Guard } from './guard.ts'
import type { ImageSpool, Stored } from './spool.ts'

export interface Source {
  readonly dispatcher: Dispatcher
  readonly guard: Guard
  /** Gives the URL that is asked instead. */
  readonly rewrite: (url: string) => string
  /** User-Agent. */
  readonly agent: string
  readonly maxBytes: number
  readonly clock: Clock
}

type Answer = Dispatcher.ResponseData

const MOST_REDIRECTS = 3
/** An answer that is not kept is read up to here, so that its connection can be used again. */
const REST_BYTES = 64 * 1024
const REDIRECTS = [301, 302, 303, 307, 308]
/** Besides all of 500 and above: request timeout, too early, too many requests. */
const PASSING_STATUSES = [408, 425, 429]
const PASSING_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Gets what a URL leads to, once, into the spool. Throws an ImageFault, or an OutputError when the disk is full. */
export async function download(url: string, spool: ImageSpool, signal: AbortSignal, source: Source): Promise<Stored> {
  const answer = await follow(url, signal, source)
  return keep(answer, spool, signal, source.maxBytes)
}

/** The first answer that is no redirect; it has status 200. */
async function follow(url: string, signal: AbortSignal, source: Source): Promise<Answer> {
  let next = url
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const goal = approve(source.rewrite(next), source.guard)
    const answer = await ask(goal, signal, source)
    if (answer.statusCode === 200) return answer
    await answer.body.dump({ limit: REST_BYTES, signal })
    next = destination(answer, goal) ?? refused(answer, goal, source)
  }
  throw new ImageFault('image-refused', `it redirects more than ${MOST_REDIRECTS} times`)
}

function approve(text: string, guard: Guard): URL {
  if (!URL.canParse(text)) throw new ImageFault('image-address-forbidden', 'it is not a URL')
  const url = new URL(text)
  guard.checkUrl(url)
  return url
}

/** No cookies, no credentials, no Referer; any type, lest the server picks one for us; uncompressed, to count its bytes. */
function ask(goal: URL, signal: AbortSignal, { dispatcher, agent }: Source): Promise<Answer> {
  signal.throwIfAborted()
  const answer = request(goal, {
    dispatcher,
    signal,
    headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': agent },
    // One deadline for the whole download is set around this; undici's own restart with every chunk.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return Promise.race([answer, abortion(signal)]).catch(lose)
}

/** Rejects when the signal aborts. undici by itself looks at the signal only once it is connected. */
function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function destination({ statusCode, headers }: Answer, from: URL): string | null {
  if (!REDIRECTS.includes(statusCode) || typeof headers.location !== 'string') return null
  if (URL.canParse(headers.location, from.href)) return new URL(headers.location, from).href
  throw new ImageFault('image-refused', 'it redirects to what is not a URL')
}

function refused({ statusCode, headers }: Answer, { host }: URL, { clock }: Source): never {
  throw new ImageFault('image-refused', `${host} answers with status ${statusCode}`, {
    mayPass: statusCode >= 500 || PASSING_STATUSES.includes(statusCode),
    retryAfter: retryAfter(headers, clock.wall()),
  })
}

async function keep({ headers, body }: Answer, spool: ImageSpool, signal: AbortSignal, maxBytes: number) {
  const tooLarge = new ImageFault('image-too-large', `it has more than ${maxBytes} bytes`)
  if (Number(headers['content-length']) > maxBytes) {
    await body.dump({ limit: 1, signal })
    throw tooLarge
  }
  const image = spool.begin()
  for await (const chunk of received(body)) {
    if (image.size + chunk.length > maxBytes) throw tooLarge
    spool.add(image, chunk)
  }
  return image
}

async function* received(body: Answer['body']): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    lose(error)
  }
}

/** Throws what the guard or an aborted signal said; all else is the network's doing. */
function lose(error: unknown): never {
  if (error instanceof ImageFault) throw error
  const { code = '', message = '' } = Object(error) as { code?: string; message?: string }
  // Attempts over several addresses fail with an AggregateError that has a code but no words.
  throw new ImageFault('image-unreachable', `the connection failed: ${message || code}`, {
    mayPass: PASSING_CODES.has(code),
    cause: error,
  })
}
