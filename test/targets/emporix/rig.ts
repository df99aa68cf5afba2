import { afterEach } from 'vitest'
import { Fault } from '../../../src/model/fault.ts'
import type { HttpRequest, Send } from '../../../src/model/http.ts'
import type { ImageFile, ImageProblem } from '../../../src/model/image.ts'
import type { Item, SentItem } from '../../../src/model/item.ts'
import type { Product } from '../../../src/model/product.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts'
import { newFacts } from '../../../src/targets/emporix/facts.ts'
import { emporix } from '../../../src/targets/emporix/index.ts'
import type { EmporixOptions } from '../../../src/targets/emporix/options.ts'
import type { ItemAnswer, Load } from '../../../src/targets/target.ts'
import { wires } from '../../helpers/wire.ts'

export const CREDENTIALS = { tenant: 'lampshop', clientId: 'lamp-client', clientSecret: 'lamp-secret' }

export function optionsOf(more: object = {}): EmporixOptions {
  return emporix.options.parse({ ...CREDENTIALS, ...more })
}

export interface PushFacts {
  readonly action?: Load['action']
  /** Of a config that has been changed since. */
  readonly options?: EmporixOptions
  /** What the ledger knows: asset ids by image URL. */
  readonly remoteIds?: Readonly<Record<string, string>>
  readonly image?: (url: string) => ImageFile | ImageProblem
  /** What happens between the adapter and the wire. */
  readonly meddle?: (request: HttpRequest, send: Send) => ReturnType<Send>
}

/** The adapter at a sandbox, through the real transport. */
export interface Rig {
  readonly sandbox: Sandbox
  readonly options: EmporixOptions
  /** Every request, in order: "GET /media/…". */
  readonly requests: string[]
  push(goods: readonly Product[], facts?: PushFacts): Promise<readonly ItemAnswer[]>
  /** Removes the assets with these ids, by image URL: in a later run, if not in the same one. */
  remove(
    remoteIds: Readonly<Record<string, string | null>>,
    facts?: Pick<PushFacts, 'meddle'> & { readonly sameRun?: boolean },
  ): Promise<readonly ItemAnswer[]>
  /** Calls the API as somebody else would. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>
  assets(): Promise<readonly AssetSeen[]>
}

export interface AssetSeen {
  readonly id: string
  readonly type: string
  readonly access: string
  readonly url: string
  readonly refIds: readonly { readonly id: string; readonly type: string }[]
  readonly details?: { readonly filename: string; readonly mimeType: string; readonly bytes?: number }
  readonly metadata: { readonly version: number }
}

/** Starts rigs and closes them after each test. */
export function rigs(): (more?: object, sandboxOptions?: SandboxOptions) => Promise<Rig> {
  const open = wires()
  const sandboxes: Sandbox[] = []
  afterEach(async () => {
    await Promise.all(sandboxes.splice(0).map(sandbox => sandbox.close()))
  })
  return async (more = {}, sandboxOptions = {}) => {
    const sandbox = await startSandbox(sandboxOptions)
    sandboxes.push(sandbox)
    const { baseUrl, ...credentials } = sandbox.targets.emporix
    const own = optionsOf({ ...credentials, ...more })
    const { io } = open(emporix, own, baseUrl, { retries: 0 })
    const requests: string[] = []
    const facts = newFacts()

    const through = (meddle: NonNullable<PushFacts['meddle']>): Send => {
      return request => {
        requests.push(`${request.method} ${decodeURIComponent(request.url.slice(baseUrl.length))}`)
        return meddle(request, io.send)
      }
    }

    const push: Rig['push'] = async (goods, more = {}) => {
      const { action = 'create', options = own, remoteIds = {}, image = aPicture, meddle = pass } = more
      const items = itemsOf(goods, options).map(item => sent(item, remoteIds))
      const help = { ...io, send: through(meddle), image: async (url: string) => image(url) }
      return emporix.push({ action, items }, help, options, facts)
    }

    const remove: Rig['remove'] = async (remoteIds, { meddle = pass, sameRun = false } = {}) => {
      const items = Object.entries(remoteIds).map(([url, remoteId]) => {
        return {
          key: `LAMP-001 ${url}`,
          code: 'LAMP-001',
          gallery: [url],
          values: {},
          remoteId,
          trim: [],
          doubtful: false,
        }
      })
      const help = { ...io, send: through(meddle) }
      return (await emporix.remove?.(items, help, own, sameRun ? facts : newFacts())) ?? []
    }

    async function call(method: string, path: string, body?: unknown) {
      const { headers } = await emporix.login({ ...io, send: plainSend }, own, null)
      const response = await fetch(`${baseUrl}/media/${own.tenant}/assets${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
      })
      const text = await response.text()
      return { status: response.status, json: text === '' ? null : JSON.parse(text) }
    }

    const assets = async () => (await call('GET', '')).json as AssetSeen[]
    return { sandbox, options: own, requests, push, remove, call, assets }
  }
}

export function itemsOf(goods: readonly Product[], options: EmporixOptions): readonly Item[] {
  return goods.flatMap(product => {
    const items = emporix.encode(product, options)
    if ('reason' in items) throw new Error(items.message)
    return items
  })
}

/** Bytes that differ from image to image. */
export function aPicture(url: string): ImageFile {
  const bytes = Buffer.from(`\u0089PNG of ${url}`)
  return { kind: 'file', url, size: bytes.length, type: 'image/png', filename: 'lamp.png', read: async () => bytes }
}

/** The request arrives, its answer does not. */
export function losing(isLost: (request: HttpRequest) => boolean): PushFacts['meddle'] & {} {
  return async (request, send) => {
    const response = await send(request)
    if (isLost(request))
      throw new Fault('ambiguous', 'the connection broke', { attempts: 1, reason: 'connection-lost' })
    return response
  }
}

export function statuses(answers: readonly ItemAnswer[]): string[] {
  return answers.map(answer => {
    if (answer.status === 'fault') return `fault ${answer.fault.kind}`
    const reason = 'reason' in answer ? answer.reason : null
    return reason === null ? answer.status : `${answer.status} ${reason}`
  })
}

function sent(item: Item, remoteIds: Readonly<Record<string, string>>): SentItem {
  return { ...item, remoteId: remoteIds[item.gallery[0] ?? ''] ?? null, trim: [], doubtful: false }
}

const pass: NonNullable<PushFacts['meddle']> = (request, send) => send(request)

const plainSend: Send = async ({ method, url, headers, body }) => {
  const response = await fetch(url, { method, headers, body })
  return { status: response.status, headers: {}, body: await response.text(), attempts: 1 }
}
