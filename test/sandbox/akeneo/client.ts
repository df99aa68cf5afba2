import { afterEach } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts'
import { type Answer, type Options, request } from '../client.ts'

export const LINES = 'application/vnd.akeneo.collection+json'

/** A sandbox with a client for its Akeneo that has a token. */
export class Pim {
  readonly sandbox: Sandbox
  #token = ''

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  get account() {
    return this.sandbox.targets.akeneo
  }

  get family(): string {
    return `/api/rest/v1/asset-families/${this.account.family}`
  }

  get galleries(): Readonly<Record<string, readonly string[]>> {
    return this.sandbox.state().akeneo.galleries
  }

  get requests(): number {
    return this.sandbox.state().akeneo.requests
  }

  /** Asks for a token with a password and uses it from now on. */
  async login(): Promise<{ access_token: string; refresh_token: string }> {
    const { username, password } = this.account
    const answer = await this.token({ grant_type: 'password', username, password })
    const token = answer.json as { access_token: string; refresh_token: string }
    this.#token = token.access_token
    return token
  }

  token(parameters: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { clientId, secret } = this.account
    return this.call('POST', '/api/oauth/v1/token', {
      body: parameters,
      headers: { authorization: basic(clientId, secret), ...headers },
    })
  }

  /** Calls the API with the token and JSON, unless the options say otherwise; an empty header is left out. */
  call(method: string, path: string, options: Options = {}): Promise<Answer> {
    const body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body)
    const defaults = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' }
    const headers = Object.entries({ ...defaults, ...options.headers }).filter(([, value]) => value !== '')
    const query = options.query ? `?${new URLSearchParams(options.query)}` : ''
    // A text would get a content type of its own when there is none.
    const bytes = body === undefined ? null : new TextEncoder().encode(body)
    return request(`${this.account.baseUrl}${path}${query}`, {
      method,
      headers,
      body: bytes,
      signal: options.signal ?? null,
    })
  }

  get(path: string, options: Options = {}): Promise<Answer> {
    return this.call('GET', path, options)
  }

  /** The list PATCH of assets. */
  patch(items: unknown, options: Options = {}): Promise<Answer> {
    return this.call('PATCH', `${this.family}/assets`, { ...options, body: items })
  }

  /** Puts the codes into a product's collection. */
  link(product: string, codes: readonly string[] | null, attribute = 'packshots'): Promise<Answer> {
    const path = `/api/rest/v1/products/${encodeURIComponent(product)}`
    return this.call('PATCH', path, { body: { values: collection(codes, attribute) } })
  }

  upload(filename: string, bytes: string | Uint8Array<ArrayBuffer> = 'image'): Promise<Answer> {
    const form = new FormData()
    form.set('file', new File([bytes], filename))
    return this.post(form)
  }

  post(form: FormData): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#token}` }
    return request(`${this.account.baseUrl}/api/rest/v1/asset-media-files`, { method: 'POST', headers, body: form })
  }
}

/** Starts sandboxes whose Akeneo has given out one token, and closes them after each test. */
export function pims(): (options?: SandboxOptions) => Promise<Pim> {
  const opened: Sandbox[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(sandbox => sandbox.close()))
  })
  return async options => {
    const pim = new Pim(await startSandbox(options))
    opened.push(pim.sandbox)
    await pim.login()
    return pim
  }
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

/** An asset as the list PATCH takes it. */
export function asset(code: string, data: unknown = link(code), scope: object = {}) {
  return { code, values: { media: [{ locale: null, channel: null, data, ...scope }] } }
}

export function link(code: string): string {
  return `https://cdn.example.com/${code}.jpg`
}

export function collection(codes: readonly string[] | null, attribute = 'packshots'): object {
  return { [attribute]: [{ locale: null, scope: null, data: codes }] }
}
