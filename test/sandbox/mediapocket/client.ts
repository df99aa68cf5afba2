import type { Sandbox, SandboxOptions } from '../../../src/sandbox/index.ts'
import type { MediaPocketBehaviour } from '../../../src/sandbox/mediapocket/call.ts'
import { type Answer, type Options, request, rigs } from '../client.ts'

export interface Shown {
  readonly id: string
  readonly [field: string]: unknown
}

/** A sandbox with a client for its Media Pocket. */
export class MediaPocket {
  readonly sandbox: Sandbox

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  /** Calls the API with the valid key, unless the options say otherwise. */
  call(method: string, path: string, options: Options = {}): Promise<Answer> {
    const { baseUrl, apiKey } = this.sandbox.targets.mediapocket
    const body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body)
    return request(`${baseUrl}/api/v2${path}`, {
      method,
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json', ...options.headers },
      body: body ?? null,
    })
  }

  create(body: unknown): Promise<Answer> {
    return this.call('POST', '/assets', { body })
  }

  /** Creates an asset for a place in a gallery. */
  async place(external_id: string): Promise<Shown> {
    return shown(await this.create({ title: 'Lamp', external_id }))
  }

  attach(id: string, file_url: string, filename = 'lamp.jpg'): Promise<Answer> {
    return this.call('POST', `/assets/${id}/media`, { body: { file_url, filename } })
  }

  async get(id: string): Promise<Shown> {
    return shown(await this.call('GET', `/assets/${id}`))
  }

  get galleries(): Readonly<Record<string, readonly string[]>> {
    return this.sandbox.state().mediapocket.galleries
  }
}

/** Starts sandboxes and closes them after each test. */
export function mediaPockets(): (behaviour?: MediaPocketBehaviour, options?: SandboxOptions) => Promise<MediaPocket> {
  const start = rigs()
  return async (behaviour = {}, options = {}) =>
    new MediaPocket((await start({ ...options, mediapocket: behaviour })).sandbox)
}

/** `asset` of an answer. */
export function shown(answer: Answer): Shown {
  const { asset } = answer.json as { asset?: Shown }
  if (!asset) throw new Error(`no asset in ${answer.status} ${answer.text}`)
  return asset
}

export function facts({ status, json }: Answer): [status: number, json: unknown] {
  return [status, json]
}

export const NOT_FOUND = [404, { error: 'asset not found' }]
export const TAKEN = [400, { error: 'External id has already been taken' }]
export const OK = [200, { ok: 'ok' }]
