import type { HttpRequest } from '../../../src/model/http.ts'
import type { ImageFile } from '../../../src/model/image.ts'
import type { SentItem } from '../../../src/model/item.ts'
import type { Product } from '../../../src/model/product.ts'
import type { SandboxOptions } from '../../../src/sandbox/index.ts'
import type { Facts } from '../../../src/targets/akeneo/family.ts'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import type { AkeneoOptions } from '../../../src/targets/akeneo/options.ts'
import type { Io, ItemAnswer, Load, PendingItem } from '../../../src/targets/target.ts'
import { anItem } from '../../helpers/items.ts'
import { type TargetWire, wires } from '../../helpers/wire.ts'
import { type Pim, pims } from '../../sandbox/akeneo/client.ts'

export const ACCOUNT = {
  clientId: '1_lamps',
  secret: 'lamp-secret',
  username: 'lamps_0001',
  password: 'lamp-password',
  family: 'packshots',
  attribute: 'media',
}

export function optionsOf(facts: object = {}): AkeneoOptions {
  return akeneo.options.parse({ ...ACCOUNT, ...facts })
}

/** The items of products as the engine would send them. */
export function itemsOf(options: AkeneoOptions, ...products: readonly Product[]): SentItem[] {
  return products.flatMap(product => {
    const items = akeneo.encode(product, options)
    if ('reason' in items) throw new Error(items.message)
    return items.map(item => anItem(item))
  })
}

/** The target with an emulated PIM behind the real transport. */
export class Rig {
  readonly pim: Pim
  readonly options: AkeneoOptions
  readonly wire: TargetWire
  /** Every request that the target made, as it made it. */
  readonly sent: HttpRequest[] = []
  image: Io['image'] = async url => anImage(url)

  constructor(pim: Pim, options: AkeneoOptions, wire: TargetWire) {
    this.pim = pim
    this.options = options
    this.wire = wire
  }

  get io(): Io {
    const send: Io['send'] = request => {
      this.sent.push(request)
      return this.wire.io.send(request)
    }
    return { ...this.wire.io, send, image: url => this.image(url) }
  }

  items(...products: readonly Product[]): SentItem[] {
    return itemsOf(this.options, ...products)
  }

  prepare(): Promise<Facts> {
    if (akeneo.prepare === undefined) throw new Error('akeneo prepares nothing')
    return akeneo.prepare(this.io, this.options)
  }

  async push(products: readonly Product[], action: Load['action'] = 'create'): Promise<readonly ItemAnswer[]> {
    return akeneo.push({ action, items: this.items(...products) }, this.io, this.options, await this.prepare())
  }

  /** What a run does: prepare, push in one load, settle what is pending once. The answers by key. */
  async deliver(products: readonly Product[], action: Load['action'] = 'create'): Promise<Record<string, ItemAnswer>> {
    const facts = await this.prepare()
    const items = this.items(...products)
    const answers = await akeneo.push({ action, items }, this.io, this.options, facts)
    const pending = items.flatMap((item, at): PendingItem[] => {
      const answer = answers[at]
      return answer?.status === 'pending' ? [{ item, meanwhile: answer.meanwhile }] : []
    })
    const settled = (await akeneo.settle?.(pending, this.io, this.options, facts)) ?? []
    const found = new Map(pending.map(({ item }, at) => [item, settled[at]]))
    return Object.fromEntries(items.flatMap((item, at) => entry(item.key, found.get(item) ?? answers[at])))
  }
}

function entry(key: string, answer: ItemAnswer | undefined): [string, ItemAnswer][] {
  return answer === undefined ? [] : [[key, answer]]
}

export type OpenRig = (
  behaviour?: NonNullable<SandboxOptions['akeneo']>,
  options?: object,
  sandbox?: SandboxOptions,
) => Promise<Rig>

/** Starts PIMs that behave so, and closes them after each test. */
export function rigs(): OpenRig {
  const start = pims()
  const open = wires()
  return async (behaviour = {}, more = {}, sandbox = {}) => {
    const pim = await start({ ...sandbox, akeneo: behaviour })
    const { baseUrl, ...credentials } = pim.account
    const options = akeneo.options.parse({ ...credentials, ...more })
    return new Rig(pim, options, open(akeneo, options, baseUrl))
  }
}

export function anImage(url: string, bytes: string = `bytes of ${url}`): ImageFile {
  const filename = new URL(url).pathname.split('/').at(-1) ?? 'image.jpg'
  const read = async () => new TextEncoder().encode(bytes)
  return { kind: 'file', url, size: bytes.length, type: 'image/jpeg', filename, read }
}

/** What people are told of an answer: its status, reason and words. */
export function told(answer: ItemAnswer | undefined): readonly [string, string | null, string | null] {
  if (answer === undefined) return ['none', null, null]
  if (answer.status === 'fault') return ['fault', answer.fault.kind, answer.fault.message]
  if (answer.status === 'suspect') return ['suspect', null, null]
  const { reason, message } = answer.status === 'pending' ? answer.meanwhile : answer
  return [answer.status, reason, message]
}

/** The statuses of the answers, by key. */
export function statuses(answers: Readonly<Record<string, ItemAnswer>>): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, answer.status]))
}
