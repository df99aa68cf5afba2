import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach } from 'vitest'

export interface Proxy {
  /** Without a trailing slash. */
  readonly url: string
  /** What it was asked to connect to, as `host:port`. */
  readonly asked: readonly string[]
  /** The Proxy-Authorization of each of them, or null. */
  readonly credentials: readonly (string | null)[]
  close(): Promise<void>
}

/** Starts proxies that lead every tunnel to one address on loopback, and closes them after each test. */
export function proxies(): (goal: string, answer?: number) => Promise<Proxy> {
  const opened: Proxy[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(proxy => proxy.close()))
  })
  return async (goal, answer = 200) => {
    const proxy = await startProxy(Number(new URL(goal).port), answer)
    opened.push(proxy)
    return proxy
  }
}

/** @param answer status with which CONNECT is answered; only 200 makes a tunnel */
async function startProxy(port: number, answer: number): Promise<Proxy> {
  const asked: string[] = []
  const credentials: (string | null)[] = []
  const sockets: Socket[] = []
  const server = createServer((_, response) => response.writeHead(405).end())
  server.on('connection', socket => sockets.push(socket.on('error', () => undefined)))
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    credentials.push(request.headers['proxy-authorization'] ?? null)
    if (answer !== 200) {
      socket.end(`HTTP/1.1 ${answer} No Tunnel\r\n\r\n`)
      return
    }
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      tunnel.pipe(socket).pipe(tunnel)
    })
    sockets.push(tunnel.on('error', () => undefined))
  })
  const own = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  return {
    url: `http://127.0.0.1:${own}`,
    asked,
    credentials,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
