import { afterEach } from 'vitest'
import { Fault } from '../../../src/model/fault.ts'
import type { HttpRequest, Send } from '../../../src/model/http.ts'
import type { ImageFile, ImageProblem } from '../../../src/model/image.ts'
import type { SentItem } from '../../../src/model/item.ts'
import type { Product } from '../../../src/model/product.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts'
import { productai } from '../../../src/targets/productai/index.ts'
import type { ProductAiOptions } from '../../../src/targets/productai/options.ts'
import type { ItemAnswer, Load, PendingItem } from '../../../src/targets/target.ts'
import type { TransportOptions } from '../../../src/transport/index.ts'
import type { Meter } from '../../../src/transport/meter.ts'
import { anItem } from '../../helpers/items.ts'
import { wires } from '../../helpers/wire.ts'

export function optionsOf(more: object = {}): ProductAiOptions {
  return productai.options.parse({ apiKey: 'lamp-key', ...more })
}

/** An asset as the list shows it. */
export interface Listed {
  readonly asset_id: string
  readonly status: string
  readonly name: string
  readonly tags: readonly string[]
}

export interface RunFacts {
  /** Of a config that has been changed since. */
  readonly options?: object
  readonly action?: Load['action']
  /** What the ledger knows of every item. */
  readonly remoteId?: string | null
  readonly doubtful?: boolean
  readonly image?: (url: string) => ImageFile | ImageProblem
  /** What happens between the adapter and the wire. */
  readonly meddle?: (request: HttpRequest, send: Send) => ReturnType<Send>
}

/** One run: its push, and what can be asked afterwards. */
export interface Run {
  readonly answers: readonly ItemAnswer[]
  /** Ids that were to be made durable at once. */
  readonly noted: readonly string[]
  /** Asks once about what is pending. */
  settle(): Promise<readonly ItemAnswer[]>
}

/** The adapter at a sandbox, through the real transport. */
export interface Rig {
  readonly sandbox: Sandbox
  readonly meter: Meter
  /** Requests of the adapter since the last look: "GET /my-uploaded-assets?limit=100&offset=0". */
  requests(): readonly string[]
  items(goods: readonly Product[], facts?: RunFacts): readonly SentItem[]
  run(goods: readonly Product[], facts?: RunFacts): Promise<Run>
  remove(goods: readonly Product[], facts?: RunFacts): Promise<readonly ItemAnswer[]>
  /** All assets, asked for as somebody else would. */
  assets(): Promise<readonly Listed[]>
  /** Somebody else imports an image. Gives its id. */
  import(body: object): Promise<string>
  /** Somebody else deletes an asset. */
  delete(id: string): Promise<void>
}

/** Starts rigs and closes them after each test. */
export function rigs(): (
  more?: object,
  sandboxOptions?: SandboxOptions,
  facts?: Partial<TransportOptions>,
) => Promise<Rig> {
  const open = wires()
  const sandboxes: Sandbox[] = []
  afterEach(async () => {
    await Promise.all(sandboxes.splice(0).map(sandbox => sandbox.close()))
  })
  return async (more = {}, sandboxOptions = {}, facts = {}) => {
    const sandbox = await startSandbox(sandboxOptions)
    sandboxes.push(sandbox)
    const { baseUrl, ...credentials } = sandbox.targets.productai
    const parse = (changed: object = {}) => productai.options.parse({ ...credentials, ...more, ...changed })
    const { io, transport } = open(productai, parse(), baseUrl, { retries: 0, ...facts })
    const requests: string[] = []

    function helpOf({ meddle = pass, image = aPicture }: RunFacts, noted: string[] = []) {
      const send: Send = request => {
        requests.push(`${request.method} ${request.url.slice(baseUrl.length)}`)
        return meddle(request, io.send)
      }
      return { ...io, send, image: async (url: string) => image(url), note: (_: unknown, id: string) => noted.push(id) }
    }

    const items: Rig['items'] = (goods, { options, remoteId = null, doubtful = false } = {}) =>
      goods.flatMap(product => {
        const encoded = productai.encode(product, parse(options))
        if ('reason' in encoded) throw new Error(encoded.message)
        return encoded.map(item => anItem({ ...item, remoteId, doubtful }))
      })

    const run: Rig['run'] = async (goods, facts = {}) => {
      const noted: string[] = []
      const help = helpOf(facts, noted)
      const options = parse(facts.options)
      const known = await productai.prepare?.(io, options)
      if (known === undefined) throw new Error('nothing is prepared')
      const sent = items(goods, facts)
      const action = facts.action ?? (facts.remoteId === undefined ? 'create' : 'update')
      const answers = await productai.push({ action, items: sent }, help, options, known)
      let open = pendingOf(sent, answers)
      const settle = async () => {
        const found = (await productai.settle?.(open, help, options, known)) ?? []
        open = pendingOf(
          open.map(({ item }) => item),
          found,
        )
        return found
      }
      return { answers, noted, settle }
    }

    const remove: Rig['remove'] = async (goods, facts = {}) => {
      const known = await productai.prepare?.(io, parse())
      if (known === undefined) throw new Error('nothing is prepared')
      const gone = items(goods, facts).map(item => ({ ...item, values: {} }))
      return (await productai.remove?.(gone, helpOf(facts), parse(), known)) ?? []
    }

    async function call(method: string, path: string, body?: object) {
      const response = await fetch(`${baseUrl}/${path}`, {
        method,
        headers: { authorization: `Bearer ${credentials.apiKey}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      })
      const text = await response.text()
      return text === '' ? null : JSON.parse(text)
    }

    return {
      sandbox,
      meter: transport.meter,
      requests: () => requests.splice(0),
      items,
      run,
      remove,
      assets: async () => (await call('GET', 'my-uploaded-assets?limit=100')).assets,
      import: async body => (await call('POST', 'training-asset', body)).asset_id,
      delete: id => call('DELETE', `assets/${id}`),
    }
  }
}

function pendingOf(items: readonly SentItem[], answers: readonly ItemAnswer[]): PendingItem[] {
  return items.flatMap((item, at) => {
    const answer = answers[at]
    return answer?.status === 'pending' ? [{ item, meanwhile: answer.meanwhile }] : []
  })
}

const PNG = Buffer.from('\x89PNG\r\n\x1a\n a picture of a lamp', 'latin1')

/** A small picture of a type that ProductAI takes. */
export function aPicture(url: string, facts: Partial<ImageFile> = {}): ImageFile {
  const filename = `${url.split('/').at(-1)?.replace(/\..*/, '')}.png`
  return { kind: 'file', url, size: PNG.length, type: 'image/png', filename, read: async () => PNG, ...facts }
}

/** These requests arrive, their answers do not. */
export function losing(isLost: (request: HttpRequest) => boolean): NonNullable<RunFacts['meddle']> {
  return async (request, send) => {
    const response = await send(request)
    if (isLost(request)) throw lost()
    return response
  }
}

/** These requests do not arrive. */
export function dropping(isDropped: (request: HttpRequest) => boolean): NonNullable<RunFacts['meddle']> {
  return async (request, send) => {
    if (isDropped(request)) throw lost()
    return send(request)
  }
}

function lost(): Fault {
  return new Fault('ambiguous', 'the connection broke', { attempts: 1, reason: 'connection-lost' })
}

export const isUpload = ({ method }: HttpRequest): boolean => method === 'POST'
export const isDelete = ({ method }: HttpRequest): boolean => method === 'DELETE'

/** Status or kind of fault, and reason. What is pending: "pending", with what it is meanwhile. */
export function told(answers: readonly ItemAnswer[]): string[] {
  return answers.map(answer => {
    if (answer.status === 'fault') return `fault ${answer.fault.kind} ${answer.fault.reason}`
    const verdict = answer.status === 'pending' ? answer.meanwhile : answer
    const words = [
      answer.status === 'pending' ? 'pending' : null,
      verdict.status,
      'reason' in verdict && verdict.reason,
    ]
    return words.filter(word => typeof word === 'string').join(' ')
  })
}

/** What people are told, item by item. */
export function wordsOf(answers: readonly ItemAnswer[]): (string | null)[] {
  return answers.map(answer => {
    if (answer.status === 'fault') return answer.fault.message
    const verdict = answer.status === 'pending' ? answer.meanwhile : answer
    return 'message' in verdict ? verdict.message : null
  })
}

const pass: NonNullable<RunFacts['meddle']> = (request, send) => send(request)
