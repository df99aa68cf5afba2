import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Api, Ending } from './api.ts'
import { answerControl, type Controls } from './control.ts'
import { jsonAnswer } from './exchange.ts'
import { type Handle, readBody, send } from './server.ts'

/** Path prefix of everything that is the sandbox's own and no vendor's. */
export const CONTROL = '__sandbox'

export interface Desk {
  /** By path prefix. */
  readonly apis: ReadonlyMap<string, Api>
  readonly controls: Controls
  /** Resolves after so many milliseconds, or when the sandbox closes. */
  pause(ms: number): Promise<void>
}

/** Takes each request to the emulator or the control that its path names. */
export function router(desk: Desk): Handle {
  return async (request, response) => {
    const { prefix, path, query } = readAddress(request.url ?? '/')
    const method = request.method ?? 'GET'
    const body = await readBody(request)
    const api = desk.apis.get(prefix)
    if (api) {
      const ending = await api.serve(body && { method, path, query, headers: request.headers, body })
      await deliver(ending, request, response, desk)
    } else if (prefix === CONTROL) {
      send(response, answerControl(method, path, desk.controls))
    } else {
      send(response, jsonAnswer(404, { error: `The sandbox has nothing at /${prefix}` }))
    }
  }
}

/** Cut by hand: URL would take a path that starts with two slashes for a host. */
function readAddress(target: string): { prefix: string; path: string; query: URLSearchParams } {
  const [, prefix = '', path = '', query = ''] = /^\/([^/?]*)([^?]*)(.*)$/s.exec(target) ?? []
  return { prefix, path, query: new URLSearchParams(query) }
}

async function deliver(ending: Ending, request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  switch (ending.how) {
    case 'answer':
      if (ending.delayMs > 0) await desk.pause(ending.delayMs)
      send(response, ending.answer)
      break
    case 'reset':
      request.socket.resetAndDestroy()
      break
    case 'silence':
  }
}
