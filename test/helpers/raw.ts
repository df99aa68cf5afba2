import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach } from 'vitest'

/** Starts servers on loopback that answer with bytes of their own making, and closes them after each test. */
export function rawServers(): (answer: (socket: Socket) => void) => Promise<string> {
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })
  return async answer => {
    const sockets: Socket[] = []
    const server = createServer(socket => {
      sockets.push(socket.on('error', () => undefined))
      socket.once('data', () => answer(socket))
    })
    closers.push(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
    const port = await new Promise<number>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
    return `http://127.0.0.1:${port}`
  }
}
