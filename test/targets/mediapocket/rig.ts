import type { HttpRequest } from '../../../src/model/http.ts'
import type { SentItem } from '../../../src/model/item.ts'
import type { Product } from '../../../src/model/product.ts'
import type { SandboxOptions } from '../../../src/sandbox/index.ts'
import { mediapocket } from '../../../src/targets/mediapocket/index.ts'
import type { MediaPocketOptions } from '../../../src/targets/mediapocket/options.ts'
import type { Io, ItemAnswer } from '../../../src/targets/target.ts'
import { anItem } from '../../helpers/items.ts'
import { type TargetWire, wires } from '../../helpers/wire.ts'
import { type MediaPocket, mediaPockets, type Shown } from '../../sandbox/mediapocket/client.ts'

export function optionsOf(facts: object = {}): MediaPocketOptions {
  return mediapocket.options.parse({ apiKey: 'lamp-key', ...facts })
}

/** The items of products as the engine would send them, with the ids that a ledger knows by their keys. */
export function itemsOf(
  options: MediaPocketOptions,
  products: readonly Product[],
  known: ReadonlyMap<string, string> = new Map(),
): SentItem[] {
  return products.flatMap(product => {
    const items = mediapocket.encode(product, options)
    if ('reason' in items) throw new Error(items.message)
    return items.map(item => anItem({ ...item, remoteId: known.get(item.key) ?? null }))
  })
}

/** The target with an emulated Media Pocket behind the real transport, and what a ledger would know of it. */
export class Rig {
  readonly dam: MediaPocket
  readonly options: MediaPocketOptions
  readonly wire: TargetWire
  /** Every request that the target made, as it made it. */
  readonly sent: HttpRequest[] = []
  /** Ids by external id. */
  readonly ids = new Map<string, string>()

  constructor(dam: MediaPocket, options: MediaPocketOptions, wire: TargetWire) {
    this.dam = dam
    this.options = options
    this.wire = wire
  }

  get io(): Io {
    const send: Io['send'] = request => {
      this.sent.push(request)
      return this.wire.io.send(request)
    }
    return { ...this.wire.io, send, note: ({ key }, remoteId) => void this.ids.set(key, remoteId) }
  }

  items(...products: readonly Product[]): SentItem[] {
    return itemsOf(this.options, products, this.ids)
  }

  push(...products: readonly Product[]): Promise<readonly ItemAnswer[]> {
    const action = this.ids.size === 0 ? 'create' : 'update'
    return mediapocket.push({ action, items: this.items(...products) }, this.io, this.options, undefined)
  }

  async remove(...products: readonly Product[]): Promise<readonly ItemAnswer[]> {
    return (await mediapocket.remove?.(this.items(...products), this.io, this.options, undefined)) ?? []
  }

  /** What Media Pocket shows of the asset that the ledger knows by this external id. */
  asset(key: string): Promise<Shown> {
    return this.dam.get(this.id(key))
  }

  id(key: string): string {
    const id = this.ids.get(key)
    if (id === undefined) throw new Error(`no id of ${key}`)
    return id
  }

  /** The requests since the last look, as method and path below /assets; ids of the ledger stand as ":id". */
  requests(): string[] {
    const known = [...this.ids.values()]
    return this.sent.splice(0).map(({ method, url }) => {
      const [, path = ''] = url.split('/api/v2/assets')
      return `${method} ${known.reduce((text, id) => text.replace(`/${id}`, '/:id'), path)}`.trim()
    })
  }
}

export type OpenRig = (
  behaviour?: NonNullable<SandboxOptions['mediapocket']>,
  options?: object,
  sandbox?: SandboxOptions,
) => Promise<Rig>

/** Starts Media Pockets that behave so, and closes them after each test. */
export function rigs(): OpenRig {
  const start = mediaPockets()
  const open = wires()
  return async (behaviour = {}, more = {}, sandbox = {}) => {
    const dam = await start(behaviour, sandbox)
    const { baseUrl, ...credentials } = dam.sandbox.targets.mediapocket
    const options = mediapocket.options.parse({ ...credentials, ...more })
    return new Rig(dam, options, open(mediapocket, options, baseUrl))
  }
}

/** What people are told of an item: status or kind of fault, reason, message. */
export function told(answer: ItemAnswer | undefined): readonly [string, string | null, string | null] {
  if (answer?.status === 'fault') return [answer.fault.kind, answer.fault.reason, answer.fault.message]
  if (answer === undefined || answer.status === 'suspect' || answer.status === 'pending') return ['none', null, null]
  return [answer.status, answer.reason, answer.message]
}

/** Status or kind of fault, and reason. */
export function ends(answers: readonly ItemAnswer[]): (readonly [string, string | null])[] {
  return answers.map(told).map(([status, reason]) => [status, reason])
}
