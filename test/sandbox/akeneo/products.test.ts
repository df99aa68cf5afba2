import { beforeEach, describe, expect, it } from 'vitest'
import { asset, collection, LINES, link, type Pim, pims } from './client.ts'

const start = pims()
const PATH = '/api/rest/v1/products'
const HOSTILE = ['__proto__', 'constructor', '007', '1E5', 'a/b', 'a b?#%', 'Stühle', '椅子', '😀', 'a\u0000b']
const DOCUMENTATION = { documentation: { href: expect.stringContaining('#patch_products__code_') } }

async function pimWithAssets(akeneo = {}): Promise<Pim> {
  const pim = await start({ akeneo })
  await pim.patch(Array.from({ length: 51 }, (_, at) => asset(`LAMP_${at + 1}`)))
  return pim
}

function lines(pim: Pim, body: string, type = LINES) {
  return pim.call('PATCH', PATH, { body, headers: { 'content-type': type } })
}

async function collectionsOf(pim: Pim, code: string): Promise<unknown> {
  return ((await pim.get(`${PATH}/${encodeURIComponent(code)}`)).json as { values: unknown }).values
}

describe('akeneo GET /products/{code}', () => {
  it('shows every product by default, empty until it is written, and holds none of them', async () => {
    const pim = await start()
    const answer = await pim.get(`${PATH}/OAK-CHAIR`)
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        identifier: 'OAK-CHAIR',
        enabled: true,
        family: null,
        categories: [],
        groups: [],
        parent: null,
        values: {},
        associations: {},
        quantified_associations: {},
      },
    ])
    expect(pim.galleries).toEqual({})
  })

  it('knows only the products it was told, if it was', async () => {
    const pim = await start({ akeneo: { products: ['OAK-CHAIR'] } })
    expect((await pim.get(`${PATH}/OAK-CHAIR`)).status).toBe(200)
    const answer = await pim.get(`${PATH}/oak-chair`)
    const message = 'Product "oak-chair" does not exist or you do not have permission to access it.'
    expect([answer.status, answer.json]).toEqual([404, { code: 404, message }])
  })
})

describe('akeneo PATCH /products/{code}', () => {
  let pim: Pim
  beforeEach(async () => {
    pim = await pimWithAssets()
  })

  it('replaces the collection as a whole and keeps its order', async () => {
    const answer = await pim.link('LAMP', ['LAMP_3', 'LAMP_1'])
    expect([answer.status, answer.text, answer.headers.get('location')]).toEqual([
      204,
      '',
      `${pim.account.baseUrl}${PATH}/LAMP`,
    ])
    expect(await collectionsOf(pim, 'LAMP')).toEqual(collection(['LAMP_3', 'LAMP_1']))
    await pim.link('LAMP', ['LAMP_2'])
    expect(await collectionsOf(pim, 'LAMP')).toEqual(collection(['LAMP_2']))
  })

  it('leaves collections that are not named, and erases one that is null or empty', async () => {
    for (const codes of [null, []]) {
      await pim.link('LAMP', ['LAMP_1'])
      await pim.link('LAMP', ['LAMP_2'], 'moods')
      expect(await collectionsOf(pim, 'LAMP')).toEqual({
        ...collection(['LAMP_1']),
        ...collection(['LAMP_2'], 'moods'),
      })
      await pim.link('LAMP', codes)
      expect(await collectionsOf(pim, 'LAMP')).toEqual(collection(['LAMP_2'], 'moods'))
    }
  })

  it('creates a product that does not exist, with 201', async () => {
    const strict = await pimWithAssets({ products: ['LAMP'] })
    const statuses = [
      await strict.link('LAMP', ['LAMP_1']),
      await strict.link('LAMPE', ['LAMP_1']),
      await strict.link('LAMPE', []),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([204, 201, 204])
    expect((await strict.get(`${PATH}/LAMPE`)).status).toBe(200)
  })

  it('takes 50 assets and refuses 51, and assets that do not exist', async () => {
    const codes = Array.from({ length: 51 }, (_, at) => `LAMP_${at + 1}`)
    expect((await pim.link('LAMP', codes.slice(1))).status).toBe(204)
    const errors = async (list: string[]) => {
      const answer = await pim.link('LAMP', list)
      expect([answer.status, answer.json]).toMatchObject([422, { code: 422, message: 'Validation failed.' }])
      return (answer.json as { errors: unknown }).errors
    }
    const violation = { property: 'values', attribute: 'packshots', locale: null, scope: null }
    expect(await errors(codes)).toEqual([{ ...violation, message: 'You can link up to 50 assets.' }])
    expect(await errors(['LAMP_1', 'SOFA_1', 'a-b'])).toEqual([
      { ...violation, message: 'The asset "SOFA_1" does not exist in the family "packshots".' },
      { ...violation, message: 'The asset "a-b" does not exist in the family "packshots".' },
    ])
    expect(await collectionsOf(pim, 'LAMP')).toEqual(collection(codes.slice(1)))
  })

  it.each(HOSTILE)('carries the identifier %j', async code => {
    const answer = await pim.link(code, ['LAMP_1'])
    expect([answer.status, answer.headers.get('location')]).toEqual([
      204,
      `${pim.account.baseUrl}${PATH}/${encodeURIComponent(code)}`,
    ])
    expect((await pim.get(`${PATH}/${encodeURIComponent(code)}`)).json).toMatchObject({ identifier: code })
    expect(Object.entries(pim.galleries)).toEqual([[code, [link('LAMP_1')]]])
  })

  it.each<[string, object, string]>([
    ['a property it does not know', { vlaues: {} }, 'Property "vlaues" does not exist.'],
    ['a list of products', [{ values: {} }], 'Property "0" does not exist.'],
    ['values that are no object', { values: [] }, 'Property "values" expects an array as data, [] given.'],
    [
      'a collection outside of a list',
      { values: { packshots: 'x' } },
      'Property "packshots" expects an array as data.',
    ],
    ['a bare collection', { values: { packshots: ['x'] } }, 'Property "packshots" expects an array of arrays as data.'],
    [
      'channel for scope, as assets have it',
      { values: { packshots: [{ locale: null, channel: null, data: [] }] } },
      'Property "packshots" expects an array with the key "scope".',
    ],
    [
      'no data',
      { values: { packshots: [{ locale: null, scope: null }] } },
      'Property "packshots" expects an array with the key "data".',
    ],
    [
      'one code for a list',
      { values: { packshots: [{ locale: null, scope: null, data: 'LAMP_1' }] } },
      'Property "packshots" expects an array as data.',
    ],
    [
      'codes that are no texts',
      { values: { packshots: [{ locale: null, scope: null, data: [1] }] } },
      'Property "packshots" expects an array of strings as data.',
    ],
    [
      'a locale that is no text',
      { values: { packshots: [{ locale: 1, scope: null, data: [] }] } },
      'Property "packshots" expects a string as locale.',
    ],
  ])('refuses %s with 422', async (_, body, problem) => {
    const answer = await pim.call('PATCH', `${PATH}/LAMP`, { body })
    expect([answer.status, answer.json, await collectionsOf(pim, 'LAMP')]).toEqual([
      422,
      { code: 422, message: `${problem} Check the expected format on the API documentation.`, _links: DOCUMENTATION },
      {},
    ])
  })

  it('refuses a collection per locale or scope, which the attribute does not have', async () => {
    const body = { values: { packshots: [{ locale: 'en_US', scope: null, data: ['LAMP_1'] }] } }
    expect((await pim.call('PATCH', `${PATH}/LAMP`, { body })).json).toEqual({
      code: 422,
      message: 'Validation failed.',
      errors: [
        {
          property: 'values',
          message: 'The packshots attribute has no value per locale or channel.',
          attribute: 'packshots',
          locale: 'en_US',
          scope: null,
        },
      ],
    })
  })

  it('refuses attributes it does not have, if it was told which it has', async () => {
    const strict = await pimWithAssets({ collections: ['packshots'] })
    expect((await strict.link('LAMP', ['LAMP_1'])).status).toBe(204)
    const answer = await strict.link('LAMP', ['LAMP_1'], 'moods')
    const message =
      'The moods attribute does not exist in your PIM. Check the expected format on the API documentation.'
    expect([answer.status, answer.json]).toEqual([422, { code: 422, message, _links: DOCUMENTATION }])
  })

  it('refuses another identifier in the body with 422', async () => {
    const answer = await pim.call('PATCH', `${PATH}/LAMP`, { body: { identifier: 'SOFA' } })
    expect([answer.status, answer.json]).toEqual([
      422,
      {
        code: 422,
        message:
          'The identifier "SOFA" provided in the request body must match the identifier "LAMP" provided in the url.',
      },
    ])
  })

  it.each(['', '{"values":', 'null', '7'])('refuses the body %j with 400', async body => {
    const answer = await pim.call('PATCH', `${PATH}/LAMP`, { body })
    expect([answer.status, answer.json]).toEqual([400, { code: 400, message: 'Invalid json message received' }])
  })

  it('takes one product as JSON alone', async () => {
    const headers = { 'content-type': LINES }
    const answer = await pim.call('PATCH', `${PATH}/LAMP`, { body: { values: {} }, headers })
    const message = `"${LINES}" in "Content-Type" header is not valid. Only "application/json" is allowed.`
    expect([answer.status, answer.json]).toEqual([415, { code: 415, message }])
  })
})

describe('akeneo PATCH /products', () => {
  it('takes a line per product and answers a line for each', async () => {
    const pim = await pimWithAssets({ products: ['LAMP'] })
    const products = [
      { identifier: 'LAMP', values: collection(['LAMP_2', 'LAMP_1']) },
      { identifier: 'SOFA', values: collection(['LAMP_3']) },
      { identifier: 'DESK', values: collection(['DESK_1']) },
    ]
    const answer = await lines(pim, products.map(product => JSON.stringify(product)).join('\n'))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, LINES])
    expect(answer.text.split('\n').map(line => JSON.parse(line))).toEqual([
      { line: 1, identifier: 'LAMP', status_code: 204 },
      { line: 2, identifier: 'SOFA', status_code: 201 },
      {
        line: 3,
        identifier: 'DESK',
        status_code: 422,
        message: 'Validation failed.',
        errors: [
          {
            property: 'values',
            message: 'The asset "DESK_1" does not exist in the family "packshots".',
            attribute: 'packshots',
            locale: null,
            scope: null,
          },
        ],
      },
    ])
    expect(pim.galleries).toEqual({ LAMP: [link('LAMP_2'), link('LAMP_1')], SOFA: [link('LAMP_3')] })
  })

  it('names the line alone where the identifier is not known', async () => {
    const pim = await start()
    const body = [
      '{"identifier":',
      '',
      '{}',
      '{"identifier":" "}',
      '{"identifier":7}',
      '[{"identifier":"LAMP"}]',
      '{"identifier":"LAMP"}\r',
    ]
    const answer = await lines(pim, `${body.join('\n')}\n`)
    expect(answer.text.split('\n').map(line => JSON.parse(line))).toEqual([
      { line: 1, status_code: 400, message: 'Invalid json message received' },
      { line: 2, status_code: 400, message: 'Invalid json message received' },
      { line: 3, status_code: 422, message: 'Identifier is missing.' },
      { line: 4, status_code: 422, message: 'Identifier is missing.' },
      { line: 5, status_code: 422, message: 'identifier must be of type string.' },
      { line: 6, status_code: 422, message: 'Identifier is missing.' },
      { line: 7, identifier: 'LAMP', status_code: 204 },
    ])
  })

  it('refuses a line over 1,000,000 characters, and goes on', async () => {
    const pim = await start()
    const line = '{"identifier":"LAMP"}'
    const answer = await lines(pim, [line.padEnd(1_000_000), line.padEnd(1_000_001), line].join('\n'))
    expect(answer.text.split('\n').map(each => JSON.parse(each))).toEqual([
      { line: 1, identifier: 'LAMP', status_code: 204 },
      { line: 2, status_code: 413, message: 'Line is too long.' },
      { line: 3, identifier: 'LAMP', status_code: 204 },
    ])
  })

  it('takes 100 lines and refuses 101 with 413; nothing at all is nothing to do', async () => {
    const pim = await start({ akeneo: { products: [] } })
    const body = Array.from({ length: 101 }, (_, at) => `{"identifier":"LAMP-${at}"}`)
    const answer = await lines(pim, body.join('\n'))
    expect([answer.status, answer.json]).toEqual([
      413,
      { code: 413, message: 'Too many resources to process, 100 is the maximum allowed.' },
    ])
    expect((await lines(pim, body.slice(0, 100).join('\n'))).text.split('\n')).toHaveLength(100)
    expect(await lines(pim, '')).toMatchObject({ status: 200, text: '' })
  })

  it.each([...HOSTILE, 'a\ud800b'])('carries the identifier %j', async identifier => {
    const pim = await pimWithAssets()
    const others = ['a', 'a\udfffb'].map(other => ({ identifier: other, values: collection(['LAMP_2']) }))
    const products = [...others, { identifier, values: collection(['LAMP_1']) }]
    const answer = await lines(pim, products.map(product => JSON.stringify(product)).join('\n'))
    expect(JSON.parse(answer.text.split('\n')[2] ?? '')).toEqual({ line: 3, identifier, status_code: 204 })
    expect(Object.entries(pim.galleries)).toContainEqual([identifier, [link('LAMP_1')]])
    expect(Object.keys(pim.galleries)).toHaveLength(3)
  })

  it('refuses bytes that are no UTF-8 in their line alone', async () => {
    const pim = await start()
    const { baseUrl } = pim.account
    const { access_token } = await pim.login()
    const response = await fetch(`${baseUrl}${PATH}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': LINES },
      body: Buffer.from('{"identifier":"Stühle"}\n{"identifier":"LAMP"}', 'latin1'),
    })
    expect((await response.text()).split('\n').map(line => JSON.parse(line).status_code)).toEqual([400, 204])
  })

  it.each(['application/json', 'application/x-ndjson'])('refuses the content type %s with 415', async type => {
    const pim = await start()
    const answer = await lines(pim, '{"identifier":"LAMP"}', type)
    const message = `"${type}" in "Content-Type" header is not valid. Only "${LINES}" is allowed.`
    expect([answer.status, answer.json]).toEqual([415, { code: 415, message }])
  })
})
