import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Fault } from '../../src/model/fault.ts'
import type { Send } from '../../src/model/http.ts'
import type { Item, SentItem } from '../../src/model/item.ts'
import type { Product } from '../../src/model/product.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'
import type { ItemAnswer, Load, Look, PendingItem, Sight, Sought, Target } from '../../src/targets/target.ts'
import type { TransportOptions } from '../../src/transport/index.ts'
import { faultOf } from '../helpers/http.ts'
import { aProduct, images, products } from '../helpers/items.ts'
import { type Answer, servers } from '../helpers/server.ts'
import { secretsOf, type TargetWire, wires } from '../helpers/wire.ts'

export interface Kit {
  /** Options besides those that the sandbox itself names. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Codes that this API can take besides plain ones. @default {@link HOSTILE_CODES} */
  readonly codes?: readonly string[]
  /** True where reading takes a request per image. @default false */
  readonly readsOneByOne?: boolean
}

/** Codes that break naive tools: prototypes, numbers, paths, markup, other scripts. */
export const HOSTILE_CODES = [
  '007',
  '0',
  '1E5',
  '-1',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  'a/b?c#d&e=f%2e',
  ' lamp ',
  'hello? sausage/êé/Hello, 世界/ " \' @ < > & ? + ≠',
  'Ångström ✨ 💡',
  'مصباح',
  '=HYPERLINK("https://example.com")',
  '$' + '{TOKEN}',
  'lamp\r\nX-Injected: yes',
  '\u0000lamp\u202e',
]

const HOSTILE_URLS = [
  'https://cdn.example.com/lamp.jpg?size=1024&format=webp#front',
  'https://cdn.example.com/%E4%B8%96%E7%95%8C/Lampe%20%22gro%C3%9F%22.jpg',
  'https://cdn.example.com/世界/größe.jpg',
  "https://cdn.example.com/it's,(a)|lamp;1.jpg",
  `https://cdn.example.com/${'long/'.repeat(300)}lamp.jpg`,
]

/** Bodies with which a server that is not this API answers 200. */
const STRANGE_BODIES = ['', ' ', 'null', 'true', '7', '"ok"', '[]', '{}', '[{}]', '{"status":"ok"}', '<html></html>']

/** The sentences of src/targets/target.ts, for one target, over real HTTP through the real transport. */
export function describeTarget(
  target: Target,
  { options: more, codes = HOSTILE_CODES, readsOneByOne = false }: Kit,
): void {
  const open = wires()
  const serve = servers()
  const sandboxes: Sandbox[] = []
  afterEach(async () => {
    vi.restoreAllMocks()
    await Promise.all(sandboxes.splice(0).map(sandbox => sandbox.close()))
  })

  async function start(sandboxOptions: SandboxOptions = {}, facts: Partial<TransportOptions> = {}) {
    const sandbox = await startSandbox(sandboxOptions)
    sandboxes.push(sandbox)
    const rig = at(String(entryOf(sandbox.targets, target.type).baseUrl), sandbox, facts)
    const state = () => entryOf(sandbox.state(), target.type)
    return { ...rig, galleries: () => state().galleries, requests: () => state().requests }
  }

  /** The target at any address, with the credentials that the sandbox takes. */
  function at(baseUrl: string, sandbox: Sandbox, facts: Partial<TransportOptions> = {}) {
    const { baseUrl: _, ...credentials } = entryOf(sandbox.targets, target.type)
    const options = target.options.parse({ ...credentials, ...more })
    const wire = open(target, options, baseUrl, { retries: 0, maxWait: 0, ...facts })
    return {
      options,
      wire,
      push: (goods: readonly Product[], before?: Pushed | null, facts?: Partial<SentItem>) =>
        push(target, options, wire, goods, before, facts),
    }
  }

  async function elsewhere(answer: Answer, facts: Partial<TransportOptions> = {}) {
    const server = await serve(() => answer)
    const sandbox = await startSandbox()
    sandboxes.push(sandbox)
    return { server, ...at(server.url, sandbox, facts) }
  }

  const faulty = (fault: '401' | '413' | '429' | '500' | '502' | 'html' | 'garbage' | 'reset') =>
    start({ faults: [{ target: target.type as 'catalogix', fault }] })

  describe(`${target.type} keeps the contract of a target`, () => {
    it('1. It MUST return exactly one verdict per item, in the order given.', async () => {
      const { push } = await start({ faults: [{ target: target.type as 'catalogix', fault: 'partial' }] })
      const goods = products(7).map((each, at) => (at === 2 ? { ...each, code: 'poison' } : each))
      const { items, answers } = await push(goods)
      expect(answers).toHaveLength(items.length)
      const suspects = items.filter((_, at) => answers[at]?.status === 'suspect' || isFailure(answers[at]))
      expect(suspects.some(({ code }) => code === 'poison')).toBe(true)
    })

    it('2. It MUST NOT retry, wait, count, log or print: it classifies, the engine and the transport act.', async () => {
      const prints = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
      const { wire, options } = await start()
      const sent: string[] = []
      const send: Send = async ({ method, url }) => {
        sent.push(`${method} ${url}`)
        throw new Fault('ambiguous', 'no answer')
      }
      const facts = await target.prepare?.(wire.io, options)
      const items = encoded(target, options, [aProduct({ gallery: images('LAMP-001', 1) })])
      const load = { action: 'create' as const, items }
      const answers = await orFaults(items, target.push(load, { ...wire.io, send }, options, facts))
      expect([sent.length > 0, sent, answers.map(isFailure)]).toEqual([true, [...new Set(sent)], [true]])
      expect(prints.map(({ mock }) => mock.calls)).toEqual([[], []])
    })

    it('3. `encode` and `payload` MUST be pure: same product, same bytes.', async () => {
      const { options } = await start()
      const urls = fc.array(fc.webUrl(), { minLength: 1, maxLength: 5 })
      fc.assert(
        fc.property(fc.string({ minLength: 1, unit: 'binary' }), urls, (code, gallery) => {
          const product = deepFreeze(aProduct({ code, gallery: [...new Set(gallery)] }))
          const bytes = () => JSON.stringify(payloads(target, options, product))
          expect(bytes()).toBe(bytes())
        }),
      )
    })

    it('4. The same load twice MUST NOT make a second item (unless `replay` is "create").', async () => {
      if (target.replay === 'create') return
      const { push, galleries } = await start()
      await push(products(3))
      const once = galleries()
      await push(products(3))
      expect(galleries()).toEqual(once)
    })

    it('5. One bad item MUST NOT fail its neighbours.', async () => {
      const { push, galleries } = await start({ faults: [{ target: target.type as 'catalogix', fault: 'partial' }] })
      const goods = ['LAMP-1', 'poison', 'LAMP-2'].map((code, seq) => aProduct({ code, seq }))
      const { items, answers } = await push(goods)
      expect(galleryCodes(galleries())).toEqual(['LAMP-1', 'LAMP-2'])
      expect(items.filter((_, at) => isFailure(answers[at])).every(({ code }) => code === 'poison')).toBe(true)
    })

    it.each([200, 201, 202, 204, 207])('6. An answer it cannot read MUST NOT become a success. (%i)', async status => {
      for (const body of STRANGE_BODIES) {
        const { push, server } = await elsewhere({ status, body: status === 204 ? '' : body })
        const { answers } = await push([aProduct()])
        expect(answers.filter(answer => !isFailure(answer))).toEqual([])
        await server.close()
      }
    })

    it('7. It MUST NOT exceed its declared limits.', async () => {
      const { push, galleries } = await start()
      const { answers } = await push(
        products(target.limits.items).map(each => ({ ...each, gallery: each.gallery.slice(1) })),
      )
      expect(answers.filter(answer => !isSuccess(answer))).toEqual([])
      expect(galleryCodes(galleries())).toHaveLength(target.limits.items)
    })

    it('8. An empty load MUST make no request; `probe` MUST write nothing.', async () => {
      const { push, galleries, wire, options, requests } = await start()
      await push(products(2))
      const [before, count] = [galleries(), requests()]
      const facts = await target.prepare?.(wire.io, options)
      const prepared = requests()
      expect(await target.push({ action: 'create', items: [] }, wire.io, options, facts)).toEqual([])
      expect(requests()).toBe(prepared)
      await target.probe(wire.io, options)
      expect([galleries(), requests() > count]).toEqual([before, true])
    })

    it('9. Codes and URLs MUST arrive as they were given, whatever characters they hold.', async () => {
      const { push, galleries } = await start()
      const goods = codes.map((code, seq) => aProduct({ code, seq, gallery: [`https://cdn.example.com/${seq}.jpg`] }))
      const { answers } = await push([...goods, aProduct({ code: 'URLS', gallery: HOSTILE_URLS })])
      expect(answers.filter(answer => !isSuccess(answer))).toEqual([])
      const expected = [...goods.map(({ code, gallery }) => [code, gallery]), ['URLS', HOSTILE_URLS]]
      expect(new Map(Object.entries(galleries()))).toEqual(new Map(expected as [string, string[]][]))
    })
  })

  if (target.searched === true) {
    describe(`${target.type}, where only a search tells what is there,`, () => {
      it('10. looks for an item that may still arrive, and MUST NOT create it.', async () => {
        const { push, galleries } = await start()
        const goods = products(2)
        const early = await push(goods, null, { mayArrive: true })
        expect([early.answers.map(statusOf), galleries()]).toEqual([early.items.map(() => 'unknown'), {}])
        await push(goods)
        const held = galleries()
        const late = await push(goods, null, { mayArrive: true })
        expect([late.answers.every(isSuccess), galleries()]).toEqual([true, held])
      })
    })
  }

  const { read } = target
  if (read !== undefined) {
    describe(`${target.type}, which can be read,`, () => {
      it('11. `read` MUST write nothing and ask for many products in one request where the API can.', async () => {
        const { push, galleries, wire, options, requests } = await start()
        const goods = products(10)
        const pushed = await push(goods)
        const held = galleries()
        const look = await read.open(wire.io, options)
        const before = requests()
        const sights = await look(soughtOf(target, options, goods, pushed))
        expect(sights.map(each => each.map(({ kind }) => kind))).toEqual(goods.map(() => ['image', 'image']))
        for (const [at, { gallery }] of goods.entries()) {
          expect(sights[at]?.map(urlOf).filter((url, rank) => url !== null && url !== gallery[rank])).toEqual([])
        }
        expect(requests() - before).toBeLessThanOrEqual(readsOneByOne ? pushed.items.length : 3)
        expect(galleries()).toEqual(held)
      })

      it('sees codes as they were given, whatever characters they hold', async () => {
        const { push, wire, options } = await start()
        const goods = codes.map((code, seq) => aProduct({ code, seq, gallery: [`https://cdn.example.com/${seq}.jpg`] }))
        const pushed = await push(goods)
        const look = await read.open(wire.io, options)
        const sights = await look(soughtOf(target, options, goods, pushed))
        expect(goods.filter((_, at) => sights[at]?.map(({ kind }) => kind).join() !== 'image')).toEqual([])
      })

      it('11. `read` MUST NOT call anything the same that it could not see.', async () => {
        const { push, wire, options } = await start()
        const pushed = await push(products(2))
        const look = await read.open(wire.io, options)
        const strangers = products(2).map(each => ({ ...each, code: `SOFA-${each.seq}`, gallery: images('SOFA') }))
        const sought = soughtOf(target, options, strangers, null)
        expect((await look(sought)).flat().filter(({ kind }) => kind === 'image')).toEqual([])
        for (const body of STRANGE_BODIES) {
          const { wire: strange, server } = await elsewhere({ status: 200, body })
          expect(await imagesSeen(read.open(strange.io, options), soughtOf(target, options, products(2), pushed))).toBe(
            0,
          )
          await server.close()
        }
      })

      it.each(['401', '500', 'html', 'garbage'] as const)('passes a fault on (%s)', async fault => {
        const { wire, options } = await faulty(fault)
        const sought = soughtOf(target, options, products(1), null, 'LAMP')
        const seen = read.open(wire.io, options).then(look => look(sought))
        expect(['credentials', 'ambiguous', 'unreadable']).toContain((await faultOf(seen)).kind)
      })
    })
  }

  describe(`${target.type} does what a push needs`, () => {
    it('leaves at the target what the feed said, in its order', async () => {
      const { push, galleries } = await start()
      const gallery = [12, 2, 30, 1, 21, 3, 11].map(no => `https://cdn.example.com/${no}.jpg`)
      await push([aProduct({ code: 'LAMP-1', gallery }), aProduct({ code: 'LAMP-2', gallery: gallery.toReversed() })])
      const sorted = (urls: readonly string[] = []) => (target.ordered === false ? urls.toSorted() : urls)
      expect(sorted(galleries()['LAMP-1'])).toEqual(sorted(gallery))
      expect(sorted(galleries()['LAMP-2'])).toEqual(sorted(gallery.toReversed()))
    })

    it('tells created from updated', async () => {
      const { push } = await start()
      const first = await push(products(3))
      expect(new Set(first.answers.map(statusOf))).toEqual(new Set(['created']))
      const changed = products(3).map(each => ({ ...each, gallery: each.gallery.map(url => `${url}?v=2`) }))
      const second = await push(changed, first)
      expect(new Set(second.answers.map(statusOf))).toEqual(new Set(['updated']))
    })

    it.each([
      ['401', 'credentials'],
      ['413', 'too-large'],
      ['429', 'throttled'],
      ['500', 'ambiguous'],
      ['502', 'ambiguous'],
      ['html', 'unreadable'],
      ['garbage', 'unreadable'],
      ['reset', 'ambiguous'],
    ] as const)('says of an answer like %s that it is %s', async (fault, kind) => {
      const { push } = await faulty(fault)
      const { answers } = await push([aProduct({ gallery: images('LAMP-001', 1) })])
      expect(answers.map(faultKind)).toEqual([kind])
    })

    it('says what was wrong in the words of the target, at most a few lines of them', async () => {
      const { push } = await elsewhere({ status: 400, body: `no lamps today ${'!'.repeat(100_000)}` })
      const { answers } = await push([aProduct()])
      for (const answer of answers) {
        const message = answer.status === 'fault' ? answer.fault.message : ''
        expect([message.slice(0, 14), message.length < 1000]).toEqual(['no lamps today', true])
      }
    })

    it('starts no request after a stop', async () => {
      const { push, wire, requests } = await start()
      wire.stop.abort()
      const { answers } = await push(products(3))
      expect(new Set(answers.map(faultKind))).toEqual(new Set(['stopped']))
      expect(requests()).toBe(0)
    })

    it('tells wrong credentials by a probe', async () => {
      const { wire, options } = await faulty('401')
      expect((await faultOf(target.probe(wire.io, options))).kind).toBe('credentials')
    })

    it('names the key of a setting that is missing', () => {
      const parsed = target.options.safeParse({})
      const keys = parsed.error?.issues.map(({ path }) => path[0]) ?? []
      expect(keys.length).toBeGreaterThan(0)
      expect(keys.every(key => typeof key === 'string')).toBe(true)
    })

    it('shows no secret in any event, fault or verdict, whatever the server echoes', async () => {
      const sandbox = await startSandbox()
      sandboxes.push(sandbox)
      for (const status of [200, 400, 401, 500]) {
        const server = await serve(({ headers, path, body }) => ({
          status,
          headers: { 'x-request-id': String(headers.authorization), 'www-authenticate': JSON.stringify(headers) },
          body: JSON.stringify({ status: { code: -1, message: JSON.stringify([headers, path, body]) }, data: {} }),
        }))
        const { push, wire, options } = at(server.url, sandbox)
        const { answers } = await push([aProduct()])
        const faults = answers.map(answer =>
          answer.status === 'fault' ? [answer.fault.message, answer.fault] : answer,
        )
        const said = JSON.stringify([faults, wire.events])
        expect(secretsOf(target, options).filter(secret => said.includes(secret))).toEqual([])
      }
    })

    it('has an account without secrets, and another one for other options', async () => {
      const { options } = await start()
      const account = target.account(options)
      expect(secretsOf(target, options).filter(secret => account.includes(secret))).toEqual([])
      expect(target.account(options)).toBe(account)
    })
  })
}

interface Pushed {
  readonly items: readonly SentItem[]
  /** One per item; a fault of the whole load is every item's. */
  readonly answers: readonly ItemAnswer[]
}

/**
 * Encodes and sends the products in one load, and asks once about what is pending then.
 *
 * @param before what was sent of the same products before: the load is an update then, with the ids that were answered
 */
async function push(
  target: Target,
  options: unknown,
  { io }: TargetWire,
  goods: readonly Product[],
  before: Pushed | null = null,
  facts: Partial<SentItem> = {},
): Promise<Pushed> {
  const items = encoded(target, options, goods).map((item, at) => ({
    ...item,
    remoteId: remoteIdOf(before, at),
    ...facts,
  }))
  const work = async () => {
    const facts = await target.prepare?.(io, options)
    const load: Load = { action: before === null ? 'create' : 'update', items }
    const answers = await target.push(load, io, options, facts)
    const pending = items.flatMap((item, at): PendingItem[] => {
      const answer = answers[at]
      return answer?.status === 'pending' ? [{ item, meanwhile: answer.meanwhile }] : []
    })
    if (pending.length === 0) return answers
    const found = [...((await target.settle?.(pending, io, options, facts)) ?? [])]
    return answers.map(answer => (answer.status === 'pending' ? (found.shift() ?? answer) : answer))
  }
  return { items, answers: await orFaults(items, work()) }
}

/** The products with what a ledger would know of them after a push. */
function soughtOf(
  target: Target,
  options: unknown,
  goods: readonly Product[],
  pushed: Pushed | null,
  remoteId: string | null = null,
): Sought[] {
  const ids = new Map(pushed?.items.map(({ key }, at) => [key, remoteIdOf(pushed, at)]))
  return goods.map(product => ({
    product,
    items: itemsOf(target, options, product).map(item => {
      const { key, code, gallery } = item
      const held = { key, code, gallery, fingerprint: 'today', tail: [], remoteId: ids.get(key) ?? remoteId }
      return { item, held }
    }),
  }))
}

/** How many images were seen where there is nothing to see; a fault is an answer too. */
async function imagesSeen(opening: Promise<Look>, sought: readonly Sought[]): Promise<number> {
  try {
    const look = await opening
    return (await look(sought)).flat().filter(({ kind }) => kind === 'image').length
  } catch (error) {
    if (error instanceof Fault) return 0
    throw error
  }
}

function urlOf(sight: Sight): string | null {
  return sight.kind === 'image' ? sight.url : null
}

function remoteIdOf(before: Pushed | null, at: number): string | null {
  const answer = before?.answers[at]
  return answer !== undefined && 'remoteId' in answer ? answer.remoteId : null
}

async function orFaults(
  items: readonly SentItem[],
  answers: Promise<readonly ItemAnswer[]>,
): Promise<readonly ItemAnswer[]> {
  try {
    return await answers
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return items.map(() => ({ status: 'fault', fault: error }))
  }
}

function encoded(target: Target, options: unknown, goods: readonly Product[]): SentItem[] {
  return goods
    .flatMap(product => itemsOf(target, options, product))
    .map(item => ({ ...item, remoteId: null, doubtful: false, trim: [] }))
}

function itemsOf(target: Target, options: unknown, product: Product): readonly Item[] {
  const items = target.encode(product, options)
  if ('reason' in items) throw new Error(items.message)
  return items
}

/** What would be sent for the product, or the problem that it has here. */
function payloads(target: Target, options: unknown, product: Product): unknown {
  const items = target.encode(product, options)
  return 'reason' in items ? items : items.map(item => [item, target.payload(item, options)])
}

function statusOf(answer: ItemAnswer): string {
  return answer.status === 'pending' ? answer.meanwhile.status : answer.status
}

function faultKind(answer: ItemAnswer): string {
  return answer.status === 'fault' ? answer.fault.kind : answer.status
}

function isSuccess(answer: ItemAnswer | undefined): boolean {
  return answer !== undefined && ['created', 'updated', 'accepted', 'pending'].includes(answer.status)
}

function isFailure(answer: ItemAnswer | undefined): boolean {
  return answer === undefined || ['failed', 'unknown', 'fault'].includes(answer.status)
}

function galleryCodes(galleries: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.keys(galleries).toSorted()
}

function entryOf<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = new Map(Object.entries(entries)).get(name)
  if (entry === undefined) throw new Error(`the sandbox has no ${name}`)
  return entry
}

function deepFreeze(product: Product): Product {
  Object.freeze(product.gallery)
  Object.freeze(product.fields)
  return Object.freeze(product)
}
