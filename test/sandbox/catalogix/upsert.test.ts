import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counts, data, image, item, rigs } from '../client.ts'

const start = rigs()
const CHAIR = item('OAK-CHAIR')
const assetsOf = (code: string, assets: unknown) => ({ parent_code: code, asset_type: 'image', assets })

describe('catalogix POST /assets', () => {
  it('answers with totals only: created the first time, updated after', async () => {
    const rig = await start()
    const first = await rig.post([item('OAK-CHAIR', 2), item('LAMP-7', 3)], { headers: { 'x-request-id': 'a' } })
    expect([first.status, first.json]).toEqual([
      200,
      {
        status: { code: 0, message: 'SUCCESS', request_id: 'a' },
        data: { created: 2, updated: 0, failed: 0, error_info: [] },
      },
    ])
    expect(data(await rig.post([item('OAK-CHAIR', 2), item('SOFA-1')]))).toEqual(counts(1, 1, 0))
  })

  it('takes an empty array', async () => {
    const rig = await start()
    expect(data(await rig.post([]))).toEqual(counts(0, 0, 0))
  })

  it('sets attributes by name and keeps those that are not named, so that a shorter gallery leaves its tail', async () => {
    const rig = await start()
    await rig.post([item('OAK-CHAIR', 4)])
    await rig.post([assetsOf('OAK-CHAIR', { 'Image URL 1': 'https://cdn.example.com/new.jpg' })])
    expect(rig.galleries).toEqual({
      'OAK-CHAIR': ['https://cdn.example.com/new.jpg', ...[2, 3, 4].map(rank => image('OAK-CHAIR', rank))],
    })
  })

  it('can count images instead of items', async () => {
    const rig = await start({ catalogix: { count: 'images' } })
    await rig.post([item('OAK-CHAIR', 2)])
    const bad = assetsOf('LAMP-7', { 'Image URL 1': 'https://cdn.example.com/1.jpg', 'Image URL 2': 'ftp://x/2.jpg' })
    expect(data(await rig.post([item('OAK-CHAIR', 5), bad]))).toEqual(counts(3, 2, 2))
  })

  it('counts an item with a URL that is not http(s) as failed and stores the others', async () => {
    const rig = await start()
    const urls = ['ftp://cdn.example.com/1.jpg', 'images/1.jpg', '', 'javascript:alert(1)', 'http://']
    const bad = urls.map((url, at) =>
      assetsOf(`BAD-${at}`, { 'Image URL 1': 'https://cdn.example.com/ok.jpg', 'Image URL 2': url }),
    )
    const answer = await rig.post([...bad, CHAIR])
    expect([answer.status, data(answer)]).toEqual([200, counts(1, 0, 5)])
    expect(rig.galleries).toEqual({ 'OAK-CHAIR': [image('OAK-CHAIR', 1)] })
  })

  it('can name what failed, or show the empty object of the vendor’s example', async () => {
    const bad = assetsOf('LAMP-7', { 'Image URL 1': 'ftp://cdn.example.com/1.jpg' })
    const named = await start({
      catalogix: { errorInfo: 'named' },
      faults: [{ target: 'catalogix', fault: 'partial' }],
    })
    expect(data(await named.post([bad, CHAIR, item('poison')]))).toEqual(
      counts(1, 0, 2, [
        {
          parent_code: 'LAMP-7',
          reason: 'invalid_url',
          details: '"Image URL 1" is not an http(s) URL: "ftp://cdn.example.com/1.jpg"',
        },
        { parent_code: 'poison', reason: 'not_stored', details: 'the item could not be stored' },
      ]),
    )
    const empty = await start({ catalogix: { errorInfo: 'empty-objects' } })
    expect(data(await empty.post([CHAIR]))).toEqual(counts(1, 0, 0, [{}]))
    expect(data(await empty.post([CHAIR, bad]))).toEqual(counts(0, 1, 1, [{}]))
  })

  it('keeps channels apart; the default is SMP', async () => {
    const rig = await start()
    const query = (channel: string) => ({ query: { store_uuid: rig.storeUuid, channel } })
    await rig.post([item('OAK-CHAIR', 2)])
    expect(data(await rig.post([CHAIR], query('SMP')))).toEqual(counts(0, 1, 0))
    expect(data(await rig.post([CHAIR], query('B2B')))).toEqual(counts(1, 0, 0))
  })

  it.each([
    ['missing', {}, 'store_uuid is required'],
    ['empty', { store_uuid: '' }, 'store_uuid is required'],
    [
      'of another account',
      { store_uuid: '699ec31355208b213e56059a' },
      'store_uuid "699ec31355208b213e56059a" is unknown',
    ],
  ])('refuses a store_uuid that is %s with 400', async (_, query, detail) => {
    const rig = await start()
    const answer = await rig.post([CHAIR], { query })
    expect([answer.status, answer.json, rig.galleries]).toEqual([400, { status: 'error', detail }, {}])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/vnd.api+json'])(
    'refuses content type %s with 400',
    async type => {
      const rig = await start()
      const answer = await rig.post([CHAIR], { headers: { 'content-type': type } })
      const detail = 'Content-Type must be application/json'
      expect([answer.status, answer.json, rig.galleries]).toEqual([400, { status: 'error', detail }, {}])
    },
  )

  it('takes a content type with a charset', async () => {
    const rig = await start()
    expect((await rig.post([CHAIR], { headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).status).toBe(
      200,
    )
  })

  it('takes 100 items and refuses 101 with 413', async () => {
    const rig = await start()
    const items = Array.from({ length: 101 }, (_, at) => item(`LAMP-${at}`))
    const answer = await rig.post(items)
    expect([answer.status, answer.json, rig.galleries]).toEqual([
      413,
      { status: { code: -1, message: expect.stringContaining('100') } },
      {},
    ])
    expect(data(await rig.post(items.slice(1)))).toEqual(counts(100, 0, 0))
  })

  it.each<[string, unknown, string]>([
    ['no body', '', 'the body is not valid JSON'],
    ['cut JSON', '[{"parent_code":', 'the body is not valid JSON'],
    ['a byte order mark', '\ufeff[]', 'the body is not valid JSON'],
    ['an object', CHAIR, 'the body must be a JSON array'],
    ['null', 'null', 'the body must be a JSON array'],
    ['a null item', [CHAIR, null], '[1]: must be an object'],
    ['an array item', [[]], '[0]: must be an object'],
    ['no parent_code', [{ asset_type: 'image', assets: CHAIR.assets }], '[0].parent_code: must be a non-empty string'],
    ['an empty parent_code', [{ ...CHAIR, parent_code: '' }], '[0].parent_code: must be a non-empty string'],
    ['a number as parent_code', [{ ...CHAIR, parent_code: 7 }], '[0].parent_code: must be a non-empty string'],
    [
      'no asset_type',
      [{ ...CHAIR, asset_type: undefined }],
      '[0].asset_type: must be one of image, video, pdf, 3D, text',
    ],
    [
      'an unknown asset_type',
      [{ ...CHAIR, asset_type: '3d' }],
      '[0].asset_type: must be one of image, video, pdf, 3D, text',
    ],
    ['a product_uuid of null', [{ ...CHAIR, product_uuid: null }], '[0].product_uuid: must be a string'],
    ['no assets', [item('LAMP-7'), { ...CHAIR, assets: undefined }], '[1].assets: must be an object'],
    ['assets as an array', [{ ...CHAIR, assets: ['https://x.example/1.jpg'] }], '[0].assets: must be an object'],
    ['empty assets', [{ ...CHAIR, assets: {} }], '[0].assets: must not be empty'],
    ['a URL of null', [assetsOf('LAMP-7', { 'Image URL 2': null })], '[0].assets["Image URL 2"]: must be a string'],
    ['one code twice', [CHAIR, item('LAMP-7'), CHAIR], '[2].parent_code: is the same as in [0]'],
  ])('refuses the whole request with 422 for %s', async (_, body, detail) => {
    const rig = await start()
    const answer = await rig.post(body)
    expect([answer.status, answer.json, rig.galleries]).toEqual([422, { status: 'error', detail }, {}])
  })

  it('refuses bytes that are no UTF-8', async () => {
    const rig = await start()
    const { baseUrl, token, storeUuid } = rig.sandbox.targets.catalogix
    const response = await fetch(`${baseUrl}/assets?store_uuid=${storeUuid}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify([item('Stuhl ü')]), 'latin1'),
    })
    expect(response.status).toBe(422)
  })

  it('takes every documented asset_type, a product_uuid and keys that the document does not name', async () => {
    const rig = await start()
    const types = ['image', 'video', 'pdf', '3D', 'text']
    const items = types.map(type => ({ ...item(type), asset_type: type, product_uuid: 'p-1', note: 1 }))
    expect(data(await rig.post(items))).toEqual(counts(5, 0, 0))
  })

  it('never breaks, whatever the JSON', async () => {
    const rig = await start()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.string(), async (value, code) => {
        const statuses = [await rig.post(value), await rig.post([{ ...CHAIR, parent_code: code, assets: value }])]
        for (const { status } of statuses) expect([200, 422]).toContain(status)
      }),
      { numRuns: 50 },
    )
  })
})

describe('catalogix gallery', () => {
  it('is ordered by the number in the attribute name, 10 after 9', async () => {
    const rig = await start()
    const twelve = item('OAK-CHAIR', 12)
    await rig.post([{ ...twelve, assets: Object.fromEntries(Object.entries(twelve.assets).reverse()) }])
    expect(rig.galleries).toEqual({
      'OAK-CHAIR': Array.from({ length: 12 }, (_, at) => image('OAK-CHAIR', at + 1)),
    })
  })

  it('is ordered by name where numbers are equal, and by all numbers of a name in turn', async () => {
    const rig = await start()
    const names = ['Main', 'Alt 1', 'Image 1', 'v2 Image 9', 'v2 Image 10', 'Image 3 (800 px)', 'Image 010']
    const urls = names.map((_, at) => `https://cdn.example.com/${at}.jpg`)
    await rig.post([assetsOf('OAK-CHAIR', Object.fromEntries(names.map((name, at) => [name, urls[at]]).reverse()))])
    expect(rig.galleries).toEqual({ 'OAK-CHAIR': urls })
  })

  it('keeps attribute names such as __proto__', async () => {
    const rig = await start()
    await rig.post(
      `[{"parent_code":"OAK-CHAIR","asset_type":"image","assets":{"__proto__":"https://cdn.example.com/1.jpg"}}]`,
    )
    await rig.post([assetsOf('OAK-CHAIR', { constructor: 'https://cdn.example.com/2.jpg' })])
    expect(rig.galleries).toEqual({ 'OAK-CHAIR': ['https://cdn.example.com/1.jpg', 'https://cdn.example.com/2.jpg'] })
  })

  it('is that of channel SMP, or of the first other channel for a code that is not in SMP', async () => {
    const rig = await start()
    const query = (channel: string) => ({ query: { store_uuid: rig.storeUuid, channel } })
    await rig.post([item('OAK-CHAIR', 3), item('LAMP-7', 3)], query('WEB'))
    await rig.post([item('OAK-CHAIR', 2), item('LAMP-7', 2)], query('B2B'))
    await rig.post([item('OAK-CHAIR', 1)])
    expect(rig.galleries).toEqual({
      'OAK-CHAIR': [image('OAK-CHAIR', 1)],
      'LAMP-7': [image('LAMP-7', 1), image('LAMP-7', 2)],
    })
  })
})
