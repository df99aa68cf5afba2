import { describe, expect, it } from 'vitest'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import { anAnswer, aWire, faultOf } from '../../helpers/http.ts'
import { aProduct, images, products } from '../../helpers/items.ts'
import { noImage } from '../../helpers/wire.ts'
import { itemsOf, optionsOf, rigs, statuses, told } from './rig.ts'

const open = rigs()

const LAMP = aProduct({ code: 'LAMP', gallery: images('LAMP', 2) })
const one = (code: string, url = `https://cdn.example.com/${code}.jpg`) => aProduct({ code, gallery: [url] })

const attribute = (code: string, facts: object = {}) => ({ code, type: 'text', ...facts })
const media = (facts: object = {}) => attribute('media', { type: 'media_link', prefix: null, suffix: null, ...facts })

/** The assets as they are sent to a family with these attributes. */
async function sentTo(attributes: readonly object[], facts: object, product = one('LAMP')): Promise<unknown> {
  const options = optionsOf(facts)
  const wire = aWire(anAnswer({ body: JSON.stringify(attributes) }), anAnswer({ body: '[]' }))
  const io = { send: wire.send, baseUrl: 'https://pim.example.com', note: () => undefined, image: noImage }
  const read = await akeneo.prepare?.(io, options)
  if (read === undefined) throw new Error('nothing was read')
  await akeneo.push({ action: 'create', items: itemsOf(options, product) }, io, options, read)
  return JSON.parse(String(Buffer.from(wire.sent[1]?.body ?? [])))
}

describe('akeneo push', () => {
  it('sends one JSON array of assets, with all three keys of every value', async () => {
    const rig = await open()
    await rig.push([LAMP])
    const [, request] = rig.sent
    expect({ ...request, body: JSON.parse(String(Buffer.from(request?.body ?? []))) }).toEqual({
      method: 'PATCH',
      url: `${rig.pim.account.baseUrl}/api/rest/v1/asset-families/packshots/assets`,
      headers: { 'content-type': 'application/json' },
      body: images('LAMP', 2).map((data, at) => ({
        code: `LAMP_${at + 1}`,
        values: { media: [{ locale: null, channel: null, data }] },
      })),
    })
  })

  it('sends a hundred assets in one request', async () => {
    const rig = await open()
    const answers = await rig.push(products(50))
    expect([answers.length, new Set(answers.map(({ status }) => status)), rig.sent.length]).toEqual([
      100,
      new Set(['created']),
      2,
    ])
  })

  it('tells created from updated by the PIM’s word, whatever the ledger thinks', async () => {
    const rig = await open()
    expect(statuses(await rig.deliver([LAMP], 'update'))).toEqual({ LAMP_1: 'created', LAMP_2: 'created' })
    expect(statuses(await rig.deliver([LAMP], 'create'))).toEqual({ LAMP_1: 'updated', LAMP_2: 'updated' })
  })

  it('shows the errors behind "does not comply with the business rules"', async () => {
    const rig = await open({ texts: ['caption'] }, { values: { colour: 'red {rank}' } })
    const [status, reason, message] = told((await rig.deliver([one('LAMP')])).LAMP_1)
    expect([status, reason]).toEqual(['failed', 'target-rejected'])
    expect(message).toContain('colour')
  })

  it('fails one asset and stores its neighbours', async () => {
    const rig = await open({ namingConvention: '^LAMP' })
    expect(statuses(await rig.deliver([one('LAMP-1'), one('SOFA-1'), one('LAMP-2')]))).toEqual({
      LAMP_1_1: 'created',
      SOFA_1_1: 'failed',
      LAMP_2_1: 'created',
    })
  })

  it('is refused as a whole where the connection may not write assets', async () => {
    const rig = await open({ forbidden: true })
    const fault = await faultOf(rig.push([LAMP]))
    expect([fault.kind, fault.http]).toEqual(['credentials', 403])
    expect(fault.message).toMatch(/^Access forbidden/)
  })

  it('sent again after a crash in the middle stores all, and does not call those updated that it may have created', async () => {
    const rig = await open({ crash: { after: 1, times: 1 } })
    const answers = await rig.deliver([one('LAMP-1'), one('LAMP-2')])
    expect(Object.values(answers).map(answer => told(answer).slice(0, 2))).toEqual([
      ['accepted', 'sent-again'],
      ['created', null],
    ])
    expect(Object.keys(rig.pim.galleries)).toEqual(['LAMP_1', 'LAMP_2'])
  })

  it('waits for a throttle as long as the PIM asks', async () => {
    const rig = await open({}, {}, { faults: [{ target: 'akeneo', fault: '429', times: 2, retryAfter: '7' }] })
    expect(statuses(await rig.deliver([one('LAMP')]))).toEqual({ LAMP_1: 'created' })
    expect(rig.wire.clock.now()).toBeGreaterThanOrEqual(7000)
  })
})

describe('akeneo media link', () => {
  const frame = { prefix: 'https://cdn.example.com/', suffix: '?w=1024' }

  it('is sent without the prefix and suffix that the PIM adds', async () => {
    const rig = await open(frame)
    await rig.deliver([one('LAMP', 'https://cdn.example.com/lamps/1.jpg?w=1024')])
    expect(rig.pim.galleries).toEqual({ LAMP: ['https://cdn.example.com/lamps/1.jpg?w=1024'] })
    expect(String(Buffer.from(rig.sent[1]?.body ?? []))).toContain('"data":"lamps/1.jpg"')
  })

  it('of another host or form fails with words, its neighbours do not', async () => {
    const rig = await open(frame)
    const answers = await rig.deliver([
      one('A', 'https://cdn.example.com/lamps/1.jpg?w=1024'),
      one('B', 'https://other.example.com/lamps/1.jpg?w=1024'),
      one('C', 'https://cdn.example.com/lamps/1.jpg'),
    ])
    const words = (url: string) =>
      `Akeneo makes every address of "media" so that it starts with "https://cdn.example.com/" and ends with "?w=1024"; ${url} does not.`
    expect(Object.values(answers).map(told)).toEqual([
      ['created', null, null],
      ['failed', 'prefix-mismatch', words('https://other.example.com/lamps/1.jpg?w=1024')],
      ['failed', 'prefix-mismatch', words('https://cdn.example.com/lamps/1.jpg')],
    ])
  })

  it('that fails was not sent: no attempt, and no request when there is nothing else', async () => {
    const rig = await open(frame)
    const answers = await rig.deliver([one('B', 'https://other.example.com/1.jpg')])
    expect(answers.B_1).toMatchObject({ status: 'failed', attempts: 0, http: null })
    expect(rig.sent.map(({ method }) => method)).toEqual(['GET'])
  })

  it('does not take a prefix and a suffix that overlap for both', async () => {
    const rig = await open({ prefix: 'https://cdn.example.com/a', suffix: 'a' })
    expect(statuses(await rig.deliver([one('A', 'https://cdn.example.com/a')]))).toEqual({ A_1: 'failed' })
  })
})

describe('akeneo media file', () => {
  it('is uploaded, and its code becomes the value', async () => {
    const rig = await open({ mediaType: 'media_file' })
    const answers = await rig.deliver([LAMP])
    expect(statuses(answers)).toEqual({ LAMP_1: 'created', LAMP_2: 'created' })
    expect(answers.LAMP_1).toMatchObject({ attempts: 2 })
    expect(rig.pim.galleries).toEqual({ LAMP: ['file:1.jpg', 'file:2.jpg'] })
    expect(rig.sent.map(({ method, url }) => `${method} ${url.split('/rest/v1/')[1]}`)).toEqual([
      'GET asset-families/packshots/attributes',
      'POST asset-media-files',
      'POST asset-media-files',
      'PATCH asset-families/packshots/assets',
    ])
  })

  it('travels as a form with a boundary, byte for byte', async () => {
    const rig = await open({ mediaType: 'media_file' })
    await rig.deliver([one('LAMP')])
    const upload = rig.sent[1]
    const form = await new Response(Buffer.from(upload?.body ?? []), { headers: upload?.headers ?? {} }).formData()
    const file = form.get('file')
    if (!(file instanceof File)) throw new Error('no file')
    expect([file.name, file.type, await file.text()]).toEqual([
      'LAMP.jpg',
      'image/jpeg',
      'bytes of https://cdn.example.com/LAMP.jpg',
    ])
  })

  it('that cannot be had fails its asset, in the words of the download', async () => {
    const rig = await open({ mediaType: 'media_file' })
    const problem = { kind: 'problem', reason: 'image-too-large', message: 'The image is larger than 30 MB.' } as const
    const image = rig.image
    rig.image = async url => (url.endsWith('/2.jpg') ? problem : image(url))
    expect(Object.values(await rig.deliver([LAMP])).map(told)).toEqual([
      ['created', null, null],
      ['failed', 'image-too-large', 'The image is larger than 30 MB.'],
    ])
  })

  it('that the attribute does not allow fails in the words of the PIM', async () => {
    const rig = await open({ mediaType: 'media_file', allowedExtensions: ['png'] })
    expect(told((await rig.deliver([one('LAMP')])).LAMP_1).slice(0, 2)).toEqual(['failed', 'target-rejected'])
  })

  it('is a success with its code only', async () => {
    const options = optionsOf()
    const facts = { media: { ...FILE, type: 'media_file' }, attributes: new Map(), missing: new Set<string>() }
    const wire = aWire(anAnswer({ status: 201, body: '', headers: { location: 'https://pim.example.com/x' } }))
    const image = async () => ({ kind: 'file', url: '', size: 1, type: 'image/png', filename: 'a.png', read }) as const
    const io = { send: wire.send, baseUrl: 'https://pim.example.com', note: () => undefined, image }
    const answers = await akeneo.push({ action: 'create', items: itemsOf(options, one('LAMP')) }, io, options, facts)
    expect(answers.map(told)).toEqual([
      ['fault', 'unreadable', 'HTTP 201, but not an answer of this API: "no Asset-media-file-code"'],
    ])
    expect(wire.sent).toHaveLength(1)
  })
})

const FILE = { code: 'media', perLocale: false, perChannel: false, prefix: '', suffix: '' }
const read = async () => new Uint8Array([1])

describe('akeneo values', () => {
  it('carry locale and channel exactly where their attribute has values per locale and channel', async () => {
    const attributes = [
      media({ value_per_locale: true }),
      attribute('caption', { value_per_channel: true }),
      attribute('photographer'),
    ]
    const facts = {
      locale: 'en_US',
      channel: 'print',
      values: { caption: '{code}', photographer: 'by {rank}', unknown: '-' },
    }
    expect(await sentTo(attributes, facts)).toEqual([
      {
        code: 'LAMP_1',
        values: {
          caption: [{ locale: null, channel: 'print', data: 'LAMP' }],
          photographer: [{ locale: null, channel: null, data: 'by 1' }],
          unknown: [{ locale: null, channel: null, data: '-' }],
          media: [{ locale: 'en_US', channel: null, data: 'https://cdn.example.com/LAMP.jpg' }],
        },
      },
    ])
  })

  it('are texts, numbers too, but for lists and booleans', async () => {
    const attributes = [
      media(),
      attribute('shot', { type: 'number' }),
      attribute('colours', { type: 'multiple_options' }),
      attribute('hero', { type: 'boolean' }),
      attribute('retouched', { type: 'boolean' }),
      attribute('cropped', { type: 'boolean' }),
    ]
    const values = { shot: 7, colours: 'red, purple,', hero: true, retouched: 'No', cropped: 'perhaps' }
    const [{ values: sent }] = (await sentTo(attributes, { values })) as [
      { values: Record<string, [{ data: unknown }]> },
    ]
    expect(Object.fromEntries(Object.entries(sent).map(([name, [{ data }]]) => [name, data]))).toEqual({
      shot: '7',
      colours: ['red', 'purple'],
      hero: true,
      retouched: false,
      cropped: 'perhaps',
      media: 'https://cdn.example.com/LAMP.jpg',
    })
  })

  it('reach the PIM under the locale and channel of the options', async () => {
    const rig = await open({ valuePerLocale: true, valuePerChannel: true }, { locale: 'fr_FR', channel: 'ecommerce' })
    expect(statuses(await rig.deliver([one('LAMP')]))).toEqual({ LAMP_1: 'created' })
  })

  it('of a locale that is not activated fail in the words of the PIM', async () => {
    const rig = await open({ valuePerLocale: true }, { locale: 'de_DE' })
    const [status, , message] = told((await rig.deliver([one('LAMP')])).LAMP_1)
    expect([status, message?.includes('de_DE')]).toEqual(['failed', true])
  })
})

describe('akeneo removal', () => {
  it('deletes the assets it is given and no other; those that are gone already are as good', async () => {
    const rig = await open()
    await rig.deliver([LAMP, one('SOFA')])
    const facts = await rig.prepare()
    const items = [...rig.items(LAMP), ...rig.items(one('NEVER'))]
    const answers = (await akeneo.remove?.(items, rig.io, rig.options, facts)) ?? []
    expect(answers.map(answer => [answer.status, 'http' in answer && answer.http])).toEqual([
      ['deleted', 204],
      ['deleted', 204],
      ['deleted', 404],
    ])
    expect(rig.pim.galleries).toEqual({ SOFA: ['https://cdn.example.com/SOFA.jpg'] })
  })

  it('in a family that does not exist removes nothing and says so', async () => {
    const rig = await open()
    const facts = await rig.prepare()
    const other = { ...rig.options, family: 'Packshots' }
    const answers = (await akeneo.remove?.(rig.items(LAMP), rig.io, other, facts)) ?? []
    expect(answers.map(answer => told(answer).slice(0, 2))).toEqual([
      ['fault', 'endpoint'],
      ['fault', 'endpoint'],
    ])
  })
})
