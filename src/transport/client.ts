import { nextTurn } from '../lib/clock.ts'
import { type Dispatcher, openConnections, type Proxies, request as undiciRequest } from '../lib/connections.ts'
import { UsageError } from '../model/errors.ts'
import { Fault } from '../model/fault.ts'
import type { HttpRequest, HttpResponse, Send } from '../model/http.ts'
import { textOfBody } from './inflate.ts'
import { faultOfError } from './socket-errors.ts'

/** An answer larger than this is not one of a catalog API; also when it was packed. */
const ANSWER_BYTES = 10 * 1024 * 1024
const CONNECT_MS = 10_000
const PROXY_PROTOCOLS = ['http:', 'https:']

export interface Client {
  readonly send: Send
  close(): Promise<void>
}

/**
 * HTTP over kept-alive connections, at most `connections` to a host. Redirects are answers, never followed. A proxy whose
 * address is none is a UsageError.
 */
export function createClient(connections: number, proxies: Proxies): Client {
  const dispatcher = createDispatcher(connections, proxies)
  return {
    send: request => exchange(request, dispatcher),
    close: () => dispatcher.destroy(),
  }
}

function createDispatcher(connections: number, { http, https, no }: Proxies): Dispatcher {
  return openConnections(
    { connections, maxResponseSize: ANSWER_BYTES, connect: { timeout: CONNECT_MS } },
    { http: proxyAddress(http), https: proxyAddress(https), no },
  )
}

/** As everywhere, an address without a scheme is one of http. It may hold a password, so it is not repeated. */
function proxyAddress(text = ''): string {
  if (text === '') return ''
  const address = text.includes('://') ? text : `http://${text}`
  if (URL.canParse(address) && PROXY_PROTOCOLS.includes(new URL(address).protocol)) return address
  throw new UsageError('The address of the proxy cannot be used.', {
    fix: 'Write it as http://host:port in HTTPS_PROXY and HTTP_PROXY, or unset them.',
  })
}

async function exchange(request: HttpRequest, dispatcher: Dispatcher): Promise<HttpResponse> {
  try {
    return await orAborted(roundTrip(request, dispatcher), request.signal)
  } catch (error) {
    if (request.signal?.aborted && request.signal.reason instanceof Fault) throw request.signal.reason
    throw error instanceof Fault ? error : faultOfError(error, new URL(request.url).host)
  }
}

async function roundTrip(request: HttpRequest, dispatcher: Dispatcher): Promise<HttpResponse> {
  const { statusCode, headers, body } = await undiciRequest(request.url, {
    dispatcher,
    method: request.method,
    headers: { ...request.headers },
    body: request.body,
    signal: request.signal ?? null,
    // One deadline for the whole exchange is set around this; undici's own restart with every chunk.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const flat = flatten(headers)
  const text = await textOfBody(await body.bytes(), flat['content-encoding'], ANSWER_BYTES)
  // undici sends nothing more over a connection in the turn in which an answer came: who goes on at once with the next request
  // would keep it, and the answers behind it, waiting for all the work in between.
  await nextTurn()
  return { status: statusCode, headers: flat, body: text, attempts: 1 }
}

/** undici hears of an abort only when it is connected, and connecting may take as long as its timeout. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  const aborted = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(signal.reason)
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
  })
  return Promise.race([work, aborted])
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}
