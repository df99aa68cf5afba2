import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that nobody may ask anything: redirects lead to it, and it is the proxy for every host but loopback. */
export interface Trap {
  readonly url: string
  /** What it was asked all the same. */
  readonly caught: readonly string[]
  close(): Promise<void>
}

export async function openTrap(): Promise<Trap> {
  const caught: string[] = []
  const server = createServer(({ method, url }, response) => {
    caught.push(`${method} ${url}`)
    response.end('{}')
  })
  server.on('connect', ({ url }, socket) => {
    caught.push(`CONNECT ${url}`)
    socket.destroy()
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caught,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
