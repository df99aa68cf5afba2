import { afterEach, describe, expect, it } from 'vitest'
import { type Looked, verify } from '../../src/engine/verify.ts'
import { digest } from '../../src/lib/hash.ts'
import { Spool } from '../../src/lib/spool.ts'
import type { Fault } from '../../src/model/fault.ts'
import type { Held } from '../../src/model/item.ts'
import type { Product } from '../../src/model/product.ts'
import type { Look, Sight, Target } from '../../src/targets/target.ts'
import { aFault } from '../helpers/http.ts'
import { aProduct, aRejection, images, products } from '../helpers/items.ts'
import { aLane, aShop } from '../helpers/shop.ts'

/** What the shop shows of a product: everything, or what happens instead when it is asked the nth time. */
type Answers = (no: number) => Fault | null

describe('verifying a target', () => {
  const spools: Spool<Looked>[] = []
  afterEach(() => {
    for (const spool of spools.splice(0)) spool.close()
  })

  const shop = aShop({})
  const all: Look = async sought =>
    sought.map(({ product }) =>
      product.gallery.map(
        (url, at): Sight => ({ kind: 'image', key: product.code, rank: at + 1, url, name: url, note: null }),
      ),
    )

  function aTarget(answers: Answers = () => null, facts: Partial<Target> = {}) {
    let no = 0
    const look: Look = async sought => {
      const fault = answers(++no)
      if (fault !== null) throw fault
      return all(sought)
    }
    const target: Target = { ...shop.target, read: { cannot: ['Nothing else.'], open: async () => look }, ...facts }
    return { target, looks: () => no }
  }

  async function run(
    target: Target,
    goods: readonly Product[] = products(1),
    held: ReadonlyMap<string, Held> = new Map(),
  ) {
    const looked = new Spool<Looked>()
    spools.push(looked)
    const settings = { baseUrl: 'https://shop.example.com', concurrency: 2, rate: null, batchSize: 100, maxWait: 300 }
    const lane = aLane(shop, { target, settings, redact: text => text.replaceAll('lamp-secret', '***') })
    const entries = () => [...goods, aRejection({ seq: goods.length })]
    const verified = await verify(
      lane,
      { entries, target, options: {}, isKnown: true, held: () => held, whoNames: () => null },
      () => 0,
      looked,
    )
    const findings = [...looked.read()].flatMap(each => each.findings)
    return { ...verified, lane, findings, statuses: [...new Set(findings.map(({ status }) => status))] }
  }

  /** So many products that each is looked at alone. */
  const many = (count: number) => products(count).map(each => ({ ...each, gallery: images(each.code, 90) }))

  it('is well when every image is the same', async () => {
    const { summary, exits, notices } = await run(aTarget().target, products(3))
    expect(summary).toMatchObject({
      name: 'shop',
      totals: { same: 6, missing: 0, differs: 0, moved: 0, extra: 0, unreadable: 0 },
      images: 6,
      readable: true,
      cannot: ['Nothing else.'],
    })
    expect([exits, notices]).toEqual([[0, 0], []])
  })

  it('tells findings in the order of the feed, whichever answer comes first', async () => {
    const slow: Look = async sought => {
      if (sought[0]?.product.seq === 0) for (let turn = 0; turn < 50; turn++) await Promise.resolve()
      return all(sought)
    }
    const { target } = aTarget(() => null, { read: { cannot: [], open: async () => slow } })
    const { findings } = await run(target, many(4))
    const codes = [...new Set(findings.map(({ code }) => code))]
    expect(codes).toEqual(many(4).map(({ code }) => code))
  })

  it.each([
    ['credentials', 4, 'The credentials were refused (a lamp fell: credentials). Check them and verify again.'],
    ['unreachable', 5, 'a lamp fell: unreachable. Verify again later.'],
    ['throttled', 5, 'a lamp fell: throttled. Verify again later.'],
    ['endpoint', 0, 'The address does not work (a lamp fell: endpoint). Check baseUrl and the options of the target.'],
    ['stopped', 0, 'The run was interrupted.'],
  ] as const)(
    'asks nothing more after a fault that means that nothing will be answered (%s)',
    async (kind, exit, words) => {
      const { target, looks } = aTarget(() => aFault(kind))
      const { exits, notices, statuses, summary } = await run(target, many(6))
      expect([exits, statuses, summary.readable]).toEqual([[1, exit], ['unreadable'], false])
      expect(notices).toEqual([`shop cannot be verified: ${words}`])
      expect(looks()).toBeLessThanOrEqual(2) // as many as are under way at once
    },
  )

  it('goes on after a single answer that is none', async () => {
    const { target } = aTarget(no => (no === 2 ? aFault('ambiguous', { http: 500 }) : null))
    const { summary, exits, notices } = await run(target, many(4))
    expect(summary.totals).toMatchObject({ same: 270, unreadable: 90 })
    expect([exits, notices]).toEqual([[1, 0], []])
  })

  it('takes a target for down after three of them in a row', async () => {
    const { target, looks } = aTarget(() => aFault('ambiguous', { http: 502, message: 'Bad Gateway' }))
    const { exits, notices } = await run(target, many(9))
    expect(exits).toEqual([1, 5])
    expect(notices[0]).toContain('3 requests in a row got no answer to rely on (HTTP 502: Bad Gateway).')
    expect(looks()).toBeLessThanOrEqual(4)
  })

  it('says of a target that cannot be read that it cannot be verified', async () => {
    const { exits, notices, statuses, findings } = await run({ ...shop.target })
    expect([exits, statuses]).toEqual([[1, 0], ['unreadable']])
    expect(notices).toEqual(['shop cannot be verified: The API of Shop cannot be read.'])
    expect(findings[0]).toMatchObject({ reason: 'cannot-be-read', message: 'The API of Shop cannot be read.' })
  })

  it.each([
    ['refused', 0],
    ['too-large', 5],
    ['unreadable', 5],
  ] as const)('cannot even begin when what has to be known first is %s, and says why', async (kind, exit) => {
    const open = async () => {
      throw aFault(kind, { http: 400, message: 'No lamps today.' })
    }
    const { exits, notices } = await run(aTarget(() => null, { read: { cannot: [], open } }).target)
    expect([exits, notices]).toEqual([[1, exit], ['shop cannot be verified: HTTP 400: No lamps today.']])
  })

  it('counts what could be compared in part only, and what cannot be sent there', async () => {
    const partly: Look = async sought =>
      (await all(sought)).map(sights => sights.map(sight => ({ ...sight, url: null, note: 'No address.' }) as Sight))
    const { target } = aTarget(() => null, {
      read: { cannot: [], open: async () => partly },
      encode: ({ code, gallery, source }) =>
        code === 'SOFA'
          ? { reason: 'code-too-long', message: 'Too long.', fix: '', code, source }
          : [{ key: code, code, gallery, values: {} }],
    })
    const { exits, notices } = await run(target, [aProduct({ gallery: images('LAMP', 1) }), aProduct({ code: 'SOFA' })])
    expect(exits).toEqual([1, 0])
    expect(notices).toEqual([
      'shop cannot take 1 product of the feed (code-too-long). It was not compared; assetsync plan tells why.',
      'shop, 1 image: No address.',
    ])
  })

  it('shows no secret that a server repeats', async () => {
    const { target } = aTarget(() => aFault('unreachable', { message: 'lamp-secret?' }))
    const { notices, findings } = await run(target)
    expect(JSON.stringify([notices, findings])).not.toContain('lamp-secret')
  })

  it('knows what a plain push sends, and what it takes for unchanged', async () => {
    const none: Look = async sought => sought.map(() => [])
    const { target } = aTarget(() => null, { read: { cannot: [], open: async () => none } })
    const repairs = async (facts: Partial<Target>, held?: ReadonlyMap<string, Held>) =>
      new Set((await run({ ...target, ...facts }, products(1), held)).findings.map(({ repair }) => repair))
    const { code, gallery } = aProduct()
    const payload = JSON.stringify(target.payload({ key: code, code, gallery, values: {} }, {}))
    const unchanged = new Map([
      [code, { key: code, code, gallery, fingerprint: digest(payload), tail: [], remoteId: null }],
    ])
    expect(await repairs({})).toEqual(new Set(['push']))
    expect(await repairs({}, unchanged)).toEqual(new Set(['push-full']))
    expect(await repairs({ replay: 'create' }, unchanged)).toEqual(new Set(['fresh-ledger']))
  })
})
