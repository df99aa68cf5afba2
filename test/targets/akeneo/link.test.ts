import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/model/fault.ts'
import type { HttpResponse } from '../../../src/model/http.ts'
import { isSame, mergeCodes } from '../../../src/targets/akeneo/collection.ts'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import type { PendingItem } from '../../../src/targets/target.ts'
import { aFault, anAnswer, aWire } from '../../helpers/http.ts'
import { aProduct, aVerdict, images } from '../../helpers/items.ts'
import { noImage } from '../../helpers/wire.ts'
import { asset } from '../../sandbox/akeneo/client.ts'
import { itemsOf, optionsOf, type Rig, rigs, statuses, told } from './rig.ts'

const open = rigs()
const LINK = { link: { attribute: 'packshots' } }
const lamp = (count: number, code = 'LAMP') => aProduct({ code, gallery: images(code, count) })
const codesOf = (count: number, code = 'LAMP') => Array.from({ length: count }, (_, at) => `${code}_${at + 1}`)

/** Assets of somebody else, in the product's collection. */
async function foreign(rig: Rig, codes: readonly string[], product = 'LAMP'): Promise<void> {
  await rig.pim.patch(codes.map(code => asset(code)))
  await rig.pim.link(product, codes)
}

/** The codes in the product's collection, as the PIM tells them. */
async function collectionOf(rig: Rig, product = 'LAMP'): Promise<unknown> {
  const { json } = await rig.pim.get(`/api/rest/v1/products/${encodeURIComponent(product)}`)
  return (json as { values: { packshots?: [{ data: unknown }] } }).values.packshots?.[0].data ?? []
}

const writes = (rig: Rig) => rig.sent.filter(({ method, url }) => method === 'PATCH' && url.endsWith('/products'))

describe('akeneo link', () => {
  it('puts all assets of a product into its collection, in rank order', async () => {
    const rig = await open({}, LINK)
    const answers = await rig.deliver([lamp(3), lamp(2, 'SOFA-1')])
    expect(new Set(Object.values(statuses(answers)))).toEqual(new Set(['created']))
    expect(await collectionOf(rig)).toEqual(codesOf(3))
    expect(await collectionOf(rig, 'SOFA-1')).toEqual(codesOf(2, 'SOFA_1'))
  })

  it('is asked for after the assets are written: until then the first one is pending with what it is', async () => {
    const rig = await open({}, LINK)
    const answers = await rig.push([lamp(2)])
    expect(answers.map(({ status }) => status)).toEqual(['pending', 'created'])
    expect(answers[0]).toMatchObject({
      meanwhile: {
        status: 'created',
        reason: 'link-pending',
        message: 'The asset is written, but not linked to its product yet.',
      },
    })
  })

  it('leaves the first answer as it was: created stays created, updated updated', async () => {
    const rig = await open({}, LINK)
    expect((await rig.deliver([lamp(1)])).LAMP_1).toMatchObject({
      status: 'created',
      reason: null,
      message: null,
      attempts: 2,
    })
    expect((await rig.deliver([lamp(1)])).LAMP_1).toMatchObject({
      status: 'updated',
      reason: null,
      message: null,
      attempts: 1,
    })
  })

  it('sends products as lines of JSON under their own type, with scope instead of channel', async () => {
    const rig = await open({}, LINK)
    await rig.deliver([lamp(1), lamp(1, 'SOFA')])
    expect(writes(rig).map(({ headers, body }) => [headers, String(Buffer.from(body ?? [])).split('\n')])).toEqual(
      ['LAMP', 'SOFA'].map(identifier => [
        { 'content-type': 'application/vnd.akeneo.collection+json' },
        [
          JSON.stringify({
            identifier,
            values: { packshots: [{ locale: null, scope: null, data: [`${identifier}_1`] }] },
          }),
        ],
      ]),
    )
  })

  it('writes up to a hundred products in one request', async () => {
    const rig = await open({}, LINK)
    const goods = Array.from({ length: 401 }, (_, at) => lamp(1, `L${at}`))
    const facts = await rig.prepare()
    const items = rig.items(...goods)
    const pending = items.map((item): PendingItem => ({ item, meanwhile: aVerdict() }))
    for (let at = 0; at < items.length; at += 100) {
      await akeneo.push({ action: 'create', items: items.slice(at, at + 100) }, rig.io, rig.options, facts)
    }
    await akeneo.settle?.(pending, rig.io, rig.options, facts)
    const lines = writes(rig).map(({ body }) => String(Buffer.from(body ?? [])).split('\n').length)
    expect(lines.toSorted((a, b) => b - a)).toEqual([100, 100, 100, 100, 1])
  })

  it('writes nothing when the collection is so already', async () => {
    const rig = await open({}, LINK)
    await rig.deliver([lamp(3)])
    await rig.deliver([lamp(3)])
    expect(writes(rig)).toHaveLength(1)
  })

  it('keeps the assets of others, after ours', async () => {
    const rig = await open({}, LINK)
    await foreign(rig, ['hero', 'LAMP_front', 'plan'])
    await rig.deliver([lamp(2)])
    expect(await collectionOf(rig)).toEqual(['LAMP_1', 'LAMP_2', 'hero', 'LAMP_front', 'plan'])
  })

  it('lets go of ranks that the gallery has lost', async () => {
    const rig = await open({}, LINK)
    await rig.deliver([lamp(3)])
    await rig.deliver([lamp(2)])
    expect(await collectionOf(rig)).toEqual(['LAMP_1', 'LAMP_2'])
  })

  it('never creates a product: one that is missing fails its item', async () => {
    const rig = await open({ products: ['SOFA'] }, LINK)
    const answers = await rig.deliver([lamp(2), lamp(1, 'SOFA')])
    expect(Object.values(answers).map(told)).toEqual([
      [
        'failed',
        'product-missing',
        'The assets are written, but the PIM has no product "LAMP" to link them to (or none that this user may see).',
      ],
      ['created', null, null],
      ['created', null, null],
    ])
    expect((await rig.pim.get('/api/rest/v1/products/LAMP')).status).toBe(404)
  })

  it('holds 50 assets: no asset of others is pushed out, and what found no place is told', async () => {
    const rig = await open({}, LINK)
    const others = Array.from({ length: 48 }, (_, at) => `hero_${at + 1}`)
    await foreign(rig, others)
    const answers = await rig.deliver([lamp(4)])
    expect(told(answers.LAMP_1)).toEqual([
      'failed',
      'collection-full',
      'The collection holds assets of others and takes 50 in all, so there is no place for LAMP_3, LAMP_4.',
    ])
    expect(await collectionOf(rig)).toEqual(['LAMP_1', 'LAMP_2', ...others])
  })

  it('is made without an asset that was refused, which the PIM would refuse to name', async () => {
    const rig = await open({ prefix: 'https://cdn.example.com/' }, LINK)
    const gallery = [
      'https://cdn.example.com/1.jpg',
      'https://other.example.com/2.jpg',
      'https://cdn.example.com/3.jpg',
    ]
    const answers = await rig.deliver([aProduct({ code: 'LAMP', gallery })])
    expect(Object.values(answers).map(answer => told(answer).slice(0, 2))).toEqual([
      ['failed', 'link-incomplete'],
      ['failed', 'prefix-mismatch'],
      ['created', null],
    ])
    expect(told(answers.LAMP_1)[2]).toBe('The product is linked without LAMP_2: not in the PIM.')
    expect(await collectionOf(rig)).toEqual(['LAMP_1', 'LAMP_3'])
  })

  it('that the PIM refuses fails its item, with the PIM’s words', async () => {
    const rig = await open({ collections: ['packshots'] }, { link: { attribute: 'pictures' } })
    const [status, reason, message] = told((await rig.deliver([lamp(1)])).LAMP_1)
    expect([status, reason]).toEqual(['failed', 'link-rejected'])
    expect(message).toContain('pictures')
  })
})

describe('akeneo link with answers that cannot be trusted', () => {
  const options = optionsOf(LINK)
  const media = { code: 'media', type: 'media_link', perLocale: false, perChannel: false, prefix: '', suffix: '' }
  const facts = () => ({ media, attributes: new Map(), missing: new Set<string>() })

  async function settled(codes: readonly string[], ...turns: readonly (HttpResponse | Fault)[]) {
    const wire = aWire(...turns)
    const io = { send: wire.send, baseUrl: 'https://pim.example.com', note: () => undefined, image: noImage }
    const pending = codes
      .flatMap(code => itemsOf(options, lamp(1, code)))
      .map(item => ({ item, meanwhile: aVerdict() }))
    return { answers: (await akeneo.settle?.(pending, io, options, facts())) ?? [], sent: wire.sent }
  }
  const product = (values: unknown, identifier = 'LAMP') => anAnswer({ body: JSON.stringify({ identifier, values }) })
  const line = (entry: object) => anAnswer({ body: JSON.stringify({ line: 1, identifier: 'LAMP', ...entry }) })

  it.each([
    ['without values', { identifier: 'LAMP' }],
    ['with another code', { identifier: 'SOFA', values: {} }],
    ['without a code', { values: {} }],
    [
      'with codes that are none',
      { identifier: 'LAMP', values: { packshots: [{ locale: null, scope: null, data: [7] }] } },
    ],
    ['with one code', { identifier: 'LAMP', values: { packshots: [{ locale: null, scope: null, data: 'LAMP_1' }] } }],
    [
      'with a value per locale',
      { identifier: 'LAMP', values: { packshots: [{ locale: 'en_US', scope: null, data: [] }] } },
    ],
    ['that is a list', []],
  ])('writes nothing to a product %s, so that no link of others is lost', async (_, body) => {
    const { answers, sent } = await settled(['LAMP'], anAnswer({ body: JSON.stringify(body) }))
    expect([answers.map(answer => told(answer).slice(0, 2)), sent.length]).toEqual([[['fault', 'unreadable']], 1])
  })

  it.each([{}, [], { other: [] }, { packshots: [] }])('takes %j for an empty collection', async values => {
    const { answers } = await settled(['LAMP'], product(values), line({ status_code: 204 }))
    expect(answers.map(({ status }) => status)).toEqual(['created'])
  })

  it.each([
    ['no line', anAnswer({ body: '[]' })],
    ['another line', line({ line: 2, status_code: 204 })],
    ['another product', line({ identifier: 'SOFA', status_code: 204 })],
    ['another status', line({ status_code: 200 })],
    ['no status', line({})],
  ])('takes %s for no success', async (_, answer) => {
    const { answers } = await settled(['LAMP'], product({}), answer)
    expect(answers.map(each => told(each).slice(0, 2))).toEqual([['fault', 'unreadable']])
  })

  it('fails with a product that was deleted meanwhile and made again by the link', async () => {
    const { answers } = await settled(['LAMP'], product({}), line({ status_code: 201 }))
    expect(answers.map(told)).toEqual([
      [
        'failed',
        'product-missing',
        'The product "LAMP" was deleted while it was linked, and Akeneo made an empty one of that code: delete it.',
      ],
    ])
  })

  it('shows the words of a line without an identifier', async () => {
    const refused = anAnswer({ body: '{"line":1,"status_code":413,"message":"Line is too long."}\n' })
    expect((await settled(['LAMP'], product({}), refused)).answers.map(told)).toEqual([
      ['failed', 'link-rejected', 'Not linked: Line is too long.'],
    ])
  })

  it('keeps waiting with what it has not begun when the PIM throttles', async () => {
    const codes = Array.from({ length: 8 }, (_, at) => `L${at}`)
    const { answers, sent } = await settled(codes, aFault('throttled', { http: 429 }))
    expect([answers.filter(({ status }) => status === 'fault').length, sent.length]).toEqual([4, 4])
    expect(answers.filter(({ status }) => status === 'pending')).toHaveLength(4)
  })

  it('gives the fault of the write to every product in it', async () => {
    const { answers } = await settled(['LAMP'], product({}), aFault('ambiguous', { http: 502, attempts: 5 }))
    expect(answers).toMatchObject([{ status: 'fault', fault: { kind: 'ambiguous', attempts: 6 } }])
  })

  it('encodes the code in the address and reads what it says is another product', async () => {
    const { answers, sent } = await settled(['a/b?c#d'], product({}, 'b'))
    expect(sent[0]?.url).toBe('https://pim.example.com/api/rest/v1/products/a%2Fb%3Fc%23d')
    expect(answers.map(({ status }) => status)).toEqual(['fault'])
  })

  it('settles nothing without a request', async () => {
    expect(await settled([], aFault('ambiguous'))).toEqual({ answers: [], sent: [] })
  })
})

describe('akeneo collection', () => {
  const stem = ['LAMP_', '']
  const codes = fc.uniqueArray(fc.stringMatching(/^(?:hero|LAMP)_[1-9]\d?$/), { maxLength: 60 })

  it('has our codes first and in order, then all of others, 50 at most, and is the same when merged again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), codes, (count, held) => {
        const link = { codes: codesOf(count), stem }
        const before = held.slice(0, 50)
        const { codes: merged, surplus } = mergeCodes(link, before, new Set())
        const others = before.filter(code => code.startsWith('hero'))
        expect(merged).toEqual([...codesOf(count).slice(0, 50 - others.length), ...others])
        expect(surplus).toEqual(codesOf(count).slice(50 - others.length))
        expect(isSame(mergeCodes(link, merged, new Set()).codes, merged)).toBe(true)
      }),
    )
  })

  it('does not tell codes apart by their case', () => {
    const { codes: merged } = mergeCodes({ codes: codesOf(2), stem }, ['lamp_1', 'Lamp_2', 'hero'], new Set())
    expect([merged, isSame(merged, ['lamp_1', 'Lamp_2', 'hero'])]).toEqual([['LAMP_1', 'LAMP_2', 'hero'], true])
  })

  it('keeps an asset that is there already although this run could not write it', () => {
    const missing = new Set(['LAMP_1', 'LAMP_2'])
    expect(mergeCodes({ codes: codesOf(3), stem }, ['LAMP_2'], missing)).toEqual({
      codes: ['LAMP_2', 'LAMP_3'],
      missing: ['LAMP_1'],
      surplus: [],
    })
  })
})
