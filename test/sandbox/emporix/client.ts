import { afterEach } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts'
import { type Answer, request } from '../client.ts'

export interface Options {
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** A text or a form is sent as it is, anything else as JSON. */
  readonly body?: unknown
}

/** A sandbox with a client for its Emporix. */
export class Shop {
  readonly sandbox: Sandbox
  #token = ''

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
  }

  get account(): Sandbox['targets']['emporix'] {
    return this.sandbox.targets.emporix
  }

  get galleries(): Readonly<Record<string, readonly string[]>> {
    return this.sandbox.state().emporix.galleries
  }

  /** Asks for a token as the document says, unless the fields say otherwise. */
  askToken(
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { baseUrl, clientId, clientSecret } = this.account
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, ...fields }
    return request(`${baseUrl}/oauth/token`, { method: 'POST', headers, body: new URLSearchParams(form) })
  }

  /** Makes this client act with a new token. */
  async signIn(scope?: string): Promise<string> {
    const answer = await this.askToken(scope === undefined ? {} : { scope })
    this.#token = (answer.json as { access_token: string }).access_token
    return this.#token
  }

  call(method: string, path: string, { query = {}, headers = {}, body }: Options = {}): Promise<Answer> {
    const isPlain = body === undefined || typeof body === 'string' || body instanceof FormData
    const type = body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }
    const search = new URLSearchParams(query).toString()
    return request(`${this.account.baseUrl}${path}${search && `?${search}`}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...type, ...headers },
      body: isPlain ? (body ?? null) : JSON.stringify(body),
      redirect: 'manual',
    })
  }

  /** Calls below the tenant's assets. */
  assets(method: string, path = '', options: Options = {}): Promise<Answer> {
    return this.call(method, `/media/${this.account.tenant}/assets${path}`, options)
  }

  create(body: unknown, options: Options = {}): Promise<Answer> {
    return this.assets('POST', '', { ...options, body })
  }

  /** Creates an asset that must be accepted, and returns its id. */
  async put(body: unknown): Promise<string> {
    const answer = await this.create(body)
    if (answer.status !== 201) throw new Error(answer.text)
    return (answer.json as { id: string }).id
  }

  update(id: string, body: unknown): Promise<Answer> {
    return this.assets('PUT', `/${id}`, { body })
  }

  async read(id: string): Promise<unknown> {
    return (await this.assets('GET', `/${id}`)).json
  }

  list(query: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.assets('GET', '', { query, headers })
  }

  products(query: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call('GET', `/product/${this.account.tenant}/products`, { query, headers })
  }

  /** The id of the product with this code. */
  async idOf(code: string): Promise<string> {
    const { json } = await this.products({ q: `code:"${code}"` })
    return (json as { id: string }[])[0]?.id ?? ''
  }
}

/** Starts sandboxes, signed in, and closes them after each test. */
export function shops(): (options?: SandboxOptions) => Promise<Shop> {
  const opened: Sandbox[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(sandbox => sandbox.close()))
  })
  return async options => {
    const sandbox = await startSandbox(options)
    opened.push(sandbox)
    const shop = new Shop(sandbox)
    await shop.signIn()
    return shop
  }
}

/** What POST takes for an image at a URL, with a product's id. */
export function link(
  url: string,
  ...products: readonly string[]
): { type: string; access: string; url: string; refIds: object[] } {
  return { type: 'LINK', access: 'PUBLIC', url, refIds: products.map(id => ({ type: 'PRODUCT', id })) }
}

/** A form with an image's bytes. @param body overrules the fields of the part `body` */
export function blob(body: object = {}, content = 'bytes', filename = 'oak.jpg'): FormData {
  const form = new FormData()
  form.append('file', new Blob([content], { type: 'image/jpeg' }), filename)
  form.append('body', JSON.stringify({ type: 'BLOB', access: 'PUBLIC', ...body }))
  return form
}

export function details(answer: Answer): unknown {
  return (answer.json as { details?: unknown }).details
}
