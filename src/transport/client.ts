import { Agent, type Dispatcher, EnvHttpProxyAgent, request as undiciRequest } from '../lib/undici.ts'
import { UsageError } from '../model/errors.ts'
import { Fault } from '../model/fault.ts'
import type { HttpRequest, Send } from '../model/http.ts'

/** An answer larger than this is not one of a catalog API. */
const ANSWER_BYTES = 10 * 1024 * 1024
const CONNECT_MS = 10_000
const PROXY_PROTOCOLS = ['http:', 'https:']

/** Errors that prove that no byte of the request arrived. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
])
/** The same, told by words only: a proxy that makes no tunnel, a connection that ended before its TLS began. */
const NEVER_SENT_WORDS = ['HTTP Tunneling', 'before secure TLS connection']

export interface Proxies {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

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
  const options = { connections, maxResponseSize: ANSWER_BYTES, connect: { timeout: CONNECT_MS } }
  if (!http && !https) return new Agent(options)
  // An empty text means none; without any, undici would look into the environment by itself.
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxyAddress(http),
    httpsProxy: proxyAddress(https),
    noProxy: no ?? '',
  })
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

async function exchange(request: HttpRequest, dispatcher: Dispatcher) {
  try {
    return await orAborted(roundTrip(request, dispatcher), request.signal)
  } catch (error) {
    throw faultOf(error, request)
  }
}

async function roundTrip(request: HttpRequest, dispatcher: Dispatcher) {
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
  return { status: statusCode, headers: flatten(headers), body: await body.text(), attempts: 1 }
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

function faultOf(error: unknown, request: HttpRequest): Fault {
  if (request.signal?.aborted && request.signal.reason instanceof Fault) return request.signal.reason
  const { code, message } = describe(error)
  const { host } = new URL(request.url)
  if (NEVER_SENT.has(code) || NEVER_SENT_WORDS.some(words => message.includes(words))) {
    return new Fault('unreachable', `${host} cannot be reached: ${message}`, { cause: error })
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new Fault('unreadable', `${host} answered with more than ${ANSWER_BYTES} bytes`, { cause: error })
  }
  return new Fault('ambiguous', `the connection to ${host} broke: ${message}`, {
    cause: error,
    reason: 'connection-lost',
  })
}

/**
 * Connection attempts over several addresses fail with an AggregateError that has a code but no words, TLS with words that
 * are OpenSSL's own but for their `reason`.
 */
function describe(error: unknown): { code: string; message: string } {
  const facts = error as { code?: unknown; message?: unknown; reason?: unknown }
  const code = textOf(facts.code)
  const message = code.startsWith('ERR_SSL_') ? `TLS failed, ${textOf(facts.reason)}` : textOf(facts.message)
  return { code, message: message === '' ? code : message }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
