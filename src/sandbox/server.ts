import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { UsageError } from '../model/errors.ts'
import { type ApiAnswer, jsonAnswer } from './exchange.ts'

export interface HttpServer {
  /** Without a trailing slash. */
  readonly url: string
  /** Ends every connection at once, whatever it is waiting for. */
  close(): Promise<void>
}

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const HOST = '127.0.0.1'
const MAX_BODY_BYTES = 10 * 1024 * 1024

/** Serves HTTP on loopback only. @param port 0 takes any free one */
export async function listen(port: number, handle: Handle): Promise<HttpServer> {
  const server = createServer((request, response) => {
    handle(request, response).catch(error => fail(response, error))
  })
  const url = `http://${HOST}:${await bind(server, port)}`
  return { url, close: () => close(server) }
}

/** The whole body, or null when it is larger than 10 MB. Read to its end all the same, so that the client gets an answer. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  // Without an encoding set, the stream's chunks are buffers; its type does not say so.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : null
}

export function send(response: ServerResponse, answer: ApiAnswer): void {
  const length = Buffer.byteLength(answer.body)
  response.writeHead(answer.status, { ...answer.headers, 'content-length': length }).end(answer.body)
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      const fix = 'Choose another port, or 0 for any free one.'
      reject(new UsageError(`The sandbox cannot listen on ${HOST}:${port}: ${error.message}`, { cause: error, fix }))
    })
    server.listen(port, HOST, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** A client that went away needs no answer; anything else is the sandbox's own defect and says so. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return
  send(response, jsonAnswer(500, { error: `The sandbox failed: ${error instanceof Error ? error.message : error}` }))
}
