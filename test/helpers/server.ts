import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach } from 'vitest'

/** A request as it arrived. */
export interface Seen {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Which connection it came over, from 1. */
  readonly connection: number
}

export interface Answer {
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string | Uint8Array
}

/**
 * - `reset`: the whole request is taken, then the connection is reset
 * - `cut`: an answer of 1000 bytes ends after ten with a reset
 * - `silence`: taken, never answered
 * - `drip`: an answer that comes byte by byte and never ends
 */
export type Misbehaviour = 'reset' | 'cut' | 'silence' | 'drip'

/** What to do with the nth request, counted from 1. */
export type Script = (seen: Seen, no: number) => Answer | Misbehaviour

/** A request that is cut off: its connection is reset as soon as its head is there. */
export type CutsOff = (no: number) => boolean

export interface Loopback {
  /** Without a trailing slash. */
  readonly url: string
  /** Requests in the order they arrived; of one that was cut off only the head. */
  readonly seen: readonly Seen[]
  /** Connections that were opened so far. */
  readonly connections: number
  /** Resolves when so many requests have arrived. */
  arrived(count: number): Promise<void>
  close(): Promise<void>
}

const DRIP_MS = 1

/** Starts servers on loopback that do what a script says, and closes them after each test. */
export function servers(): (script: Script, cutsOff?: CutsOff) => Promise<Loopback> {
  const opened: Loopback[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(server => server.close()))
  })
  return async (script, cutsOff = () => false) => {
    const server = await startServer(script, cutsOff)
    opened.push(server)
    return server
  }
}

/** Gives the answers in turn; the last one again and again. */
export function inTurn(...answers: readonly (Answer | Misbehaviour)[]): Script {
  return (_, no) => answers[Math.min(no, answers.length) - 1] ?? {}
}

async function startServer(script: Script, cutsOff: CutsOff): Promise<Loopback> {
  const seen: Seen[] = []
  const sockets = new Map<Socket, number>()
  const watchers: { readonly count: number; readonly tell: () => void }[] = []
  const record = (request: Seen): number => {
    const no = seen.push(request)
    for (const { count, tell } of watchers) if (no >= count) tell()
    return no
  }
  const server = createServer((request, response) => {
    const head = headOf(request, sockets.get(request.socket) ?? 0)
    if (cutsOff(seen.length + 1)) {
      record(head)
      request.socket.resetAndDestroy()
      return
    }
    bodyOf(request).then(
      body => {
        const whole = { ...head, body }
        reply(script(whole, record(whole)), response)
      },
      () => undefined, // the client went away
    )
  })
  server.on('connection', socket => sockets.set(socket, sockets.size + 1))
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    get connections() {
      return sockets.size
    },
    arrived: count =>
      new Promise(resolve => {
        if (seen.length >= count) resolve()
        else watchers.push({ count, tell: resolve })
      }),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function headOf({ method = '', url = '', headers }: IncomingMessage, connection: number): Seen {
  const flat = Object.entries(headers).map(([name, value]) => [name, String(value)])
  return { method, path: url, headers: Object.fromEntries(flat), body: '', connection }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function reply(answer: Answer | Misbehaviour, response: ServerResponse): void {
  switch (answer) {
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'cut':
      response.writeHead(200, { 'content-length': 1000 })
      response.write('0123456789', () => response.socket?.resetAndDestroy())
      return
    case 'silence':
      return
    case 'drip': {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), DRIP_MS)
      response.on('close', () => clearInterval(drip))
      return
    }
    default:
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
      response.end(answer.body ?? '{}')
  }
}
