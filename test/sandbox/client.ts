import { afterEach } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed text; undefined when it is no JSON. */
  readonly json: unknown
}

export interface Options {
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** A sandbox with a client for its Catalogix. */
export class Rig {
  readonly sandbox: Sandbox

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  get storeUuid(): string {
    return this.sandbox.targets.catalogix.storeUuid
  }

  /** Calls the API with valid credentials, unless the options say otherwise. */
  async call(method: string, path: string, options: Options = {}): Promise<Answer> {
    const { baseUrl, token, storeUuid } = this.sandbox.targets.catalogix
    const query = new URLSearchParams(options.query ?? { store_uuid: storeUuid })
    const body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body)
    return request(`${baseUrl}${path}?${query}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...options.headers },
      body: body ?? null,
      signal: options.signal ?? null,
    })
  }

  post(items: unknown, options: Options = {}): Promise<Answer> {
    return this.call('POST', '/assets', { ...options, body: items })
  }

  get galleries(): Readonly<Record<string, readonly string[]>> {
    return this.sandbox.state().catalogix.galleries
  }

  get requests(): number {
    return this.sandbox.state().catalogix.requests
  }
}

export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parse(text) }
}

/** Starts sandboxes and closes them after each test. */
export function rigs(): (options?: SandboxOptions) => Promise<Rig> {
  const opened: Sandbox[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(sandbox => sandbox.close()))
  })
  return async options => {
    const sandbox = await startSandbox(options)
    opened.push(sandbox)
    return new Rig(sandbox)
  }
}

/** A product with so many images as POST /assets takes it. */
export function item(code: string, images = 1): { parent_code: string; asset_type: string; assets: object } {
  const ranks = Array.from({ length: images }, (_, at) => at + 1)
  return {
    parent_code: code,
    asset_type: 'image',
    assets: Object.fromEntries(ranks.map(rank => [`Image URL ${rank}`, image(code, rank)])),
  }
}

export function image(code: string, rank: number): string {
  return `https://cdn.example.com/${encodeURIComponent(code)}/${rank}.jpg`
}

export function counts(created: number, updated: number, failed: number, error_info: unknown[] = []): object {
  return { created, updated, failed, error_info }
}

/** `data` of an answer of the API. */
export function data(answer: Answer): unknown {
  return (answer.json as { data?: unknown }).data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
