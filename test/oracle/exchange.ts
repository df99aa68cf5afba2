import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Reply } from './fault.ts'

/** What the emulator answered. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const DRIP_MS = 20

/** The request once more, at the emulator. */
export function forward(
  { method = 'GET', url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  to: URL,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: to.hostname,
      port: to.port,
      method,
      path: url,
      headers: { ...headers, connection: 'close' },
    }
    const sent = request(options, response => {
      const { statusCode: status = 0, headers } = response
      readAll(response).then(body => resolve({ status, headers, body }), reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Gives the client what the fault says. Resolves when that is on its way. */
export function reply(how: Reply, answer: Answer | null, exchange: Exchange): Promise<void> {
  const { response } = exchange
  if (response.destroyed) return Promise.resolve() // the client has gone
  switch (how.how) {
    case 'answer':
      return answer === null ? Promise.resolve() : pass(answer, response)
    case 'say':
      return say(how, exchange)
    case 'cut':
      return cut(answer?.body ?? Buffer.from('{"cut'), how.framing, answer, response)
    case 'away':
      return finish(response.writeHead(how.status, { location: `${exchange.elsewhere}/v1/assets?k=1` }))
    case 'drip':
      return drip(response)
    case 'silence':
      return Promise.resolve()
    case 'reset':
    case 'down':
      exchange.request.socket.resetAndDestroy()
      return Promise.resolve()
  }
}

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What was sent. */
  readonly body: Buffer
  /** Address of a server that nobody may ask anything. */
  readonly elsewhere: string
}

function pass({ status, headers, body }: Answer, response: ServerResponse): Promise<void> {
  const { connection: _, 'transfer-encoding': __, ...rest } = headers
  return finish(response.writeHead(status, { ...rest, 'content-length': body.length }), body)
}

/** Careless servers repeat what they were sent, and make the id of a request of it. */
function say({ status, retryAfter, text }: Extract<Reply, { how: 'say' }>, exchange: Exchange): Promise<void> {
  const { authorization, 'x-api-key': key } = exchange.request.headers
  const credentials = String(authorization ?? key)
  const sent = exchange.body.toString('utf8')
  const told = { error: `no, with ${credentials}`, message: `HTTP ${status}: ${sent}`, code: status, details: [sent] }
  const body = text ?? JSON.stringify(told)
  exchange.response.writeHead(status, {
    'x-request-id': credentials,
    'content-type': text?.startsWith('<') ? 'text/html' : 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  })
  return finish(exchange.response, Buffer.from(body))
}

function cut(
  body: Buffer,
  framing: Extract<Reply, { how: 'cut' }>['framing'],
  answer: Answer | null,
  response: ServerResponse,
): Promise<void> {
  const half = body.subarray(0, Math.ceil(body.length / 2))
  const type = answer?.headers['content-type'] ?? 'application/json'
  const head = { 'content-type': type, ...(framing === 'length' ? { 'content-length': body.length + 1 } : {}) }
  if (framing === 'close') {
    // Written by hand: Node frames every answer, and the point of this one is that nothing tells where it ends.
    const { socket } = response
    socket?.end(`HTTP/1.1 ${answer?.status ?? 200} OK\r\ncontent-type: ${type}\r\nconnection: close\r\n\r\n${half}`)
    return Promise.resolve()
  }
  response.writeHead(answer?.status ?? 200, head)
  response.flushHeaders()
  return new Promise(resolve => {
    response.write(half, () => {
      response.socket?.destroy()
      resolve()
    })
  })
}

function drip(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), DRIP_MS)
  response.on('close', () => clearInterval(timer))
  return Promise.resolve()
}

function finish(response: ServerResponse, body: Buffer | string = ''): Promise<void> {
  return new Promise(resolve => {
    response.on('close', resolve)
    response.end(body, resolve)
  })
}
