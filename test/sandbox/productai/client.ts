import { expect } from 'vitest'
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/index.ts'
import type { ProductAiBehaviour } from '../../../src/sandbox/productai/call.ts'
import { type Answer, type Options, request, rigs } from '../client.ts'

export interface Shown {
  readonly asset_id: string
  readonly status: string
  readonly [field: string]: unknown
}

export interface Page {
  readonly assets: readonly Shown[]
  readonly total: number
  readonly limit: number
  readonly offset: number
  readonly has_more: boolean
}

/** A sandbox with a client for its ProductAI. */
export class ProductAi {
  readonly sandbox: Sandbox

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  /** Calls the API with the valid key, unless the options say otherwise. */
  call(method: string, path: string, options: Options = {}): Promise<Answer> {
    const { baseUrl, apiKey } = this.sandbox.targets.productai
    const query = new URLSearchParams(options.query)
    const body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body)
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    return request(`${baseUrl}${path}?${query}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...type, ...options.headers },
      body: body ?? null,
    })
  }

  import(body: unknown): Promise<Answer> {
    return this.call('POST', '/training-asset', { body })
  }

  /** Imports a URL for a code and gives the id of the new asset. */
  async hold(code: string, url: string): Promise<string> {
    return shown(await this.import({ url, name: 'Lamp', tags: [`sku:${code}`] })).asset_id
  }

  /** The headers of a form are left to fetch, which knows the boundary. */
  send(form: FormData): Promise<Answer> {
    const { baseUrl, apiKey } = this.sandbox.targets.productai
    const headers = { authorization: `Bearer ${apiKey}` }
    return request(`${baseUrl}/training-asset`, { method: 'POST', headers, body: form })
  }

  async get(id: string): Promise<Shown> {
    return shown(await this.call('GET', `/assets/${id}`))
  }

  async list(query: Readonly<Record<string, string>> = {}): Promise<Page> {
    return (await this.call('GET', '/my-uploaded-assets', { query })).json as Page
  }

  get galleries(): Readonly<Record<string, readonly string[]>> {
    return this.sandbox.state().productai.galleries
  }
}

/** Starts sandboxes and closes them after each test. */
export function productAis(): (behaviour?: ProductAiBehaviour, options?: SandboxOptions) => Promise<ProductAi> {
  const start = rigs()
  return async (behaviour = {}, options = {}) =>
    new ProductAi((await start({ ...options, productai: behaviour })).sandbox)
}

/** The asset that an answer shows. */
export function shown(answer: Answer): Shown {
  const asset = answer.json as Shown | undefined
  if (!asset?.asset_id) throw new Error(`no asset in ${answer.status} ${answer.text}`)
  return asset
}

export function facts({ status, json }: Answer): [status: number, json: unknown] {
  return [status, json]
}

/** The error body of the default shape. */
export function refusal(status: number, code: string, message: unknown = expect.any(String)): unknown {
  return [status, { status: 'ERROR', message, code }]
}

export function image(rank: number): string {
  return `https://cdn.example.com/lamp/${rank}.jpg`
}

export const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex')
export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
export const WEBP = Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1')
