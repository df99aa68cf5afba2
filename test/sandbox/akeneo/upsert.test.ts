import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AkeneoBehaviour } from '../../../src/sandbox/akeneo/behaviour.ts'
import { asset, LINES, link, type Pim, pims } from './client.ts'

const start = pims()

const INVALID = 'The asset has an invalid format.'
const BROKEN = 'The asset has data that does not comply with the business rules.'
const NULLS = { locale: null, channel: null }

const withValues = (values: unknown) => ({ code: 'CHAIR_1', values })

async function valuesOf(pim: Pim, code: string): Promise<unknown> {
  return ((await pim.get(`${pim.family}/assets/${code}`)).json as { values: unknown }).values
}

describe('akeneo PATCH /asset-families/{family}/assets', () => {
  it('answers 200 with 201 for created and 204 for updated assets, in the order of the request', async () => {
    const pim = await start()
    const first = await pim.patch([asset('LAMP_2'), asset('LAMP_1')])
    expect([first.status, first.json]).toEqual([
      200,
      [
        { code: 'LAMP_2', status_code: 201 },
        { code: 'LAMP_1', status_code: 201 },
      ],
    ])
    expect((await pim.patch([asset('SOFA_1'), asset('LAMP_2')])).json).toEqual([
      { code: 'SOFA_1', status_code: 201 },
      { code: 'LAMP_2', status_code: 204 },
    ])
  })

  it('takes a code twice: created, then updated', async () => {
    const pim = await start()
    expect((await pim.patch([asset('LAMP_1'), asset('LAMP_1', link('new'))])).json).toEqual([
      { code: 'LAMP_1', status_code: 201 },
      { code: 'LAMP_1', status_code: 204 },
    ])
    expect(pim.galleries).toEqual({ LAMP: [link('new')] })
  })

  it('takes an empty list, and an asset without values', async () => {
    const pim = await start()
    expect((await pim.patch([])).json).toEqual([])
    expect((await pim.patch([{ code: 'LAMP_1' }])).json).toEqual([{ code: 'LAMP_1', status_code: 201 }])
    expect(await valuesOf(pim, 'LAMP_1')).toEqual({})
  })

  it('handles items one by one: a refused one keeps no other from being stored', async () => {
    const pim = await start()
    const answer = await pim.patch([asset('LAMP_1'), asset('a-b'), {}, asset('LAMP_2', 7), asset('LAMP_3')])
    expect([answer.status, answer.json]).toEqual([
      200,
      [
        { code: 'LAMP_1', status_code: 201 },
        {
          code: 'a-b',
          status_code: 422,
          message: 'Asset code may contain only letters, numbers and underscores. "a-b" given',
        },
        {
          code: '',
          status_code: 422,
          message: INVALID,
          errors: [{ property: '', message: 'The required properties (code) are missing' }],
        },
        {
          code: 'LAMP_2',
          status_code: 422,
          message: INVALID,
          errors: [
            { property: 'values.media[0].data', message: 'The data (integer) must match the type: string, null' },
          ],
        },
        { code: 'LAMP_3', status_code: 201 },
      ],
    ])
    expect(pim.galleries).toEqual({ LAMP: [link('LAMP_1'), link('LAMP_3')] })
  })

  it('merges values by attribute, locale and channel; null erases, and what is not named stays', async () => {
    const pim = await start({ akeneo: { valuePerLocale: true, valuePerChannel: true, saas: false } })
    const value = (locale: string, channel: string, data: string | null) => ({ locale, channel, data })
    const photographer = [{ ...NULLS, data: 'ben_levy' }]
    const english = value('en_US', 'ecommerce', 'a.jpg')
    const media = [english, value('en_US', 'print', 'b.jpg'), value('fr_FR', 'ecommerce', 'c.jpg')]
    await pim.patch([withValues({ media, photographer })])
    await pim.patch([
      withValues({
        media: [value('en_US', 'print', 'new.jpg'), value('fr_FR', 'ecommerce', null)],
        alt: [{ ...NULLS, data: 'x' }],
      }),
    ])
    expect(await valuesOf(pim, 'CHAIR_1')).toEqual({
      media: [english, value('en_US', 'print', 'new.jpg')],
      photographer,
      alt: [{ ...NULLS, data: 'x' }],
    })
  })

  describe('as a whole refuses, in this order,', () => {
    it('what the connection may not do, with 403', async () => {
      const pim = await start({ akeneo: { forbidden: true } })
      const answer = await pim.call('PATCH', '/api/rest/v1/asset-families/nosuch/assets', { body: 'no JSON' })
      expect([answer.status, answer.json]).toEqual([
        403,
        { code: 403, message: 'Access forbidden. You are not allowed to create or update assets.' },
      ])
      expect((await pim.get(pim.family)).status).toBe(200)
    })

    it.each([
      ['nothing', ''],
      ['cut JSON', '[{"code":'],
      ['a byte order mark', '\ufeff[]'],
      ['null', 'null'],
      ['lines', '{"code":"LAMP_1"}\n{"code":"LAMP_2"}'],
    ])('%s, with 400', async (_, body) => {
      const pim = await start()
      const answer = await pim.patch(body)
      expect([answer.status, answer.json]).toEqual([400, { code: 400, message: 'Invalid json message received' }])
    })

    it.each<[string, unknown, object[]]>([
      ['an object', asset('LAMP_1'), [{ property: '', message: 'The data (object) must match the type: array' }]],
      ['a text', '"LAMP_1"', [{ property: '', message: 'The data (string) must match the type: array' }]],
      [
        'items that are no objects, too many of them as well',
        [...Array.from({ length: 100 }, () => asset('LAMP_1')), 1.5, ['LAMP_2']],
        [
          { property: '[100]', message: 'The data (number) must match the type: object' },
          { property: '[101]', message: 'The data (array) must match the type: object' },
        ],
      ],
    ])('%s, with 400 and errors', async (_, body, errors) => {
      const pim = await start()
      const answer = await pim.patch(body)
      const message = 'The list of assets has an invalid format.'
      expect([answer.status, answer.json, pim.galleries]).toEqual([400, { code: 400, message, errors }, {}])
    })

    it('more than 100 assets, with 413', async () => {
      const pim = await start()
      const items = Array.from({ length: 101 }, (_, at) => asset(`LAMP_${at}`))
      const answer = await pim.patch(items)
      expect([answer.status, answer.json, pim.galleries]).toEqual([
        413,
        { code: 413, message: 'Too many resources to process, 100 is the maximum allowed.' },
        {},
      ])
      expect((await pim.patch(items.slice(1))).json).toHaveLength(100)
    })
  })

  it.each([
    [LINES, `"${LINES}" in "Content-Type" header is not valid. Only "application/json" is allowed.`],
    [
      'text/plain;charset=utf-8',
      '"text/plain" in "Content-Type" header is not valid. Only "application/json" is allowed.',
    ],
    ['', 'The "Content-Type" header is missing. "application/json" has to be specified as value.'],
  ])('refuses the content type "%s" with 415', async (type, message) => {
    const pim = await start()
    const answer = await pim.patch([asset('LAMP_1')], { headers: { 'content-type': type } })
    expect([answer.status, answer.json, pim.galleries]).toEqual([415, { code: 415, message }, {}])
  })

  it('takes JSON with a charset', async () => {
    const pim = await start()
    const headers = { 'content-type': 'application/json ; charset=utf-8' }
    expect((await pim.patch([asset('LAMP_1')], { headers })).status).toBe(200)
  })
})

describe('akeneo calls the format of an asset invalid', () => {
  it.each<[string, object, object[]]>([
    [
      'a code that is no text',
      { code: 7 },
      [{ property: 'code', message: 'The data (integer) must match the type: string' }],
    ],
    [
      'values that are no object',
      withValues([]),
      [{ property: 'values', message: 'The data (array) must match the type: object' }],
    ],
    [
      'a value outside of a list',
      withValues({ media: 'x' }),
      [{ property: 'values.media', message: 'The data (string) must match the type: array' }],
    ],
    [
      'a bare value',
      withValues({ media: ['x'] }),
      [{ property: 'values.media[0]', message: 'The data (string) must match the type: object' }],
    ],
    [
      'a value without locale',
      withValues({ media: [{ channel: null, data: 'x' }] }),
      [{ property: 'values.media[0]', message: 'The required properties (locale) are missing' }],
    ],
    [
      'a value of a product, with scope for channel',
      withValues({ media: [{ locale: null, scope: null, data: 'x' }] }),
      [
        { property: 'values.media[0]', message: 'The required properties (channel) are missing' },
        { property: 'values.media[0]', message: 'Additional object properties are not allowed: scope' },
      ],
    ],
    [
      'wrong types all over',
      withValues({
        photographer: [
          { ...NULLS, data: 'x' },
          { locale: 1, channel: false, data: ['x'] },
        ],
      }),
      [
        { property: 'values.photographer[1].locale', message: 'The data (integer) must match the type: string, null' },
        { property: 'values.photographer[1].channel', message: 'The data (boolean) must match the type: string, null' },
        { property: 'values.photographer[1].data', message: 'The data (array) must match the type: string, null' },
      ],
    ],
    [
      'an attribute with other characters',
      withValues({ 'alt-tag': [] }),
      [{ property: 'values.alt-tag', message: 'The attribute "alt-tag" does not exist' }],
    ],
    [
      'a property it does not know',
      { code: 'CHAIR_1', family: 'x' },
      [{ property: '', message: 'Additional object properties are not allowed: family' }],
    ],
  ])('for %s', async (_, item, errors) => {
    const pim = await start()
    const code = 'code' in item && item.code === 'CHAIR_1' ? 'CHAIR_1' : ''
    expect((await pim.patch([item])).json).toEqual([{ code, status_code: 422, message: INVALID, errors }])
    expect(pim.galleries).toEqual({})
  })

  it.each<[AkeneoBehaviour['forgives'], number[]]>([
    [undefined, [201, 422, 422]],
    ['none', [422, 422, 422]],
    ['dates', [201, 422, 422]],
    ['all', [201, 201, 201]],
  ])('for properties of GET, when it forgives %s', async (forgives, statuses) => {
    const pim = await start({ akeneo: { ...(forgives && { forgives }) } })
    const dates = { created: '2021-05-31T09:23:34+00:00', updated: '2021-05-31T09:23:34+00:00', _links: {} }
    const linked_data = { full_url: 'x', prefix: null, suffix: null }
    const answer = await pim.patch([
      { ...asset('A_1'), ...dates },
      { ...asset('B_1'), asset_family_code: 'packshots' },
      asset('C_1', 'x', { attribute_type: 'media_link', linked_data }),
    ])
    expect((answer.json as { status_code: number }[]).map(({ status_code }) => status_code)).toEqual(statuses)
  })

  it('for texts that the family does not have, when they are told', async () => {
    const pim = await start({ akeneo: { texts: ['alt_tag'] } })
    const texts = ['alt_tag', 'photographer', 'product_ref', 'constructor']
    const answer = await pim.patch(texts.map(text => ({ code: text, values: { [text]: [{ ...NULLS, data: 'x' }] } })))
    const refused = (text: string) => ({
      code: text,
      status_code: 422,
      message: INVALID,
      errors: [{ property: `values.${text}`, message: `The attribute "${text}" does not exist` }],
    })
    expect(answer.json).toEqual([
      { code: 'alt_tag', status_code: 201 },
      { code: 'photographer', status_code: 201 },
      refused('product_ref'),
      refused('constructor'),
    ])
  })
})

describe('akeneo refuses the code of an asset', () => {
  it.each([
    ['', 'Asset code cannot be empty'],
    ['A.1', 'Asset code may contain only letters, numbers and underscores. "A.1" given'],
    ['a/b', 'Asset code may contain only letters, numbers and underscores. "a/b" given'],
    ['a b', 'Asset code may contain only letters, numbers and underscores. "a b" given'],
    ['Stühle', 'Asset code may contain only letters, numbers and underscores. "Stühle" given'],
    ['😀', 'Asset code may contain only letters, numbers and underscores. "😀" given'],
    ['A\n', 'Asset code may contain only letters, numbers and underscores. "A\n" given'],
    ['A'.repeat(256), 'Asset code cannot be longer than 255 characters, 256 string long given'],
  ])('%j, with a message alone', async (code, message) => {
    const pim = await start()
    expect((await pim.patch([asset(code)])).json).toEqual([{ code, status_code: 422, message }])
  })

  it.each(['__proto__', 'constructor', '007', '0', '_', 'A'.repeat(255)])('but not %j', async code => {
    const pim = await start()
    expect((await pim.patch([asset(code)])).json).toEqual([{ code, status_code: 201 }])
    expect(Object.entries(pim.galleries)).toEqual([[code, [link(code)]]])
  })

  it('of a new asset that does not follow the naming convention', async () => {
    const pim = await start({ akeneo: { namingConvention: '^LAMP_' } })
    expect((await pim.patch([asset('LAMP_1'), asset('SOFA_1')])).json).toEqual([
      { code: 'LAMP_1', status_code: 201 },
      {
        code: 'SOFA_1',
        status_code: 422,
        message: expect.stringMatching(/^Error during naming convention execution: /),
      },
    ])
  })

  it('takes codes that differ by case alone for one asset, or for two', async () => {
    const items = [asset('Lamp_1'), asset('LAMP_1', link('new'))]
    const same = await start()
    expect((await same.patch(items)).json).toMatchObject([{ status_code: 201 }, { code: 'LAMP_1', status_code: 204 }])
    expect(same.galleries).toEqual({ Lamp: [link('new')] })
    const two = await start({ akeneo: { codeCase: 'distinct' } })
    expect((await two.patch(items)).json).toMatchObject([{ status_code: 201 }, { status_code: 201 }])
    expect(two.galleries).toEqual({ Lamp: [link('Lamp_1')], LAMP: [link('new')] })
  })
})

describe('akeneo holds the values of an asset against the rules', () => {
  const BOTH = { valuePerLocale: true, valuePerChannel: true }

  it.each<[string, AkeneoBehaviour, object, string]>([
    ['a locale that is not expected', {}, { locale: 'en_US' }, 'A locale is not expected for the attribute "media"'],
    ['a channel that is not expected', {}, { channel: 'print' }, 'A channel is not expected for the attribute "media"'],
    ['no locale', { valuePerLocale: true }, {}, 'A locale is expected for the attribute "media"'],
    ['no channel', { valuePerChannel: true }, {}, 'A channel is expected for the attribute "media"'],
    [
      'a locale that is not activated',
      { valuePerLocale: true },
      { locale: 'de_DE' },
      'The locale "de_DE" is not activated',
    ],
    [
      'a channel that does not exist',
      { valuePerChannel: true },
      { channel: 'constructor' },
      'The channel "constructor" does not exist',
    ],
    [
      'a locale of another channel',
      BOTH,
      { locale: 'fr_FR', channel: 'print' },
      'The locale "fr_FR" is not activated for the channel "print"',
    ],
    [
      'a locale that its channel never had',
      { ...BOTH, channels: { web: ['de_DE'] } },
      { locale: 'en_US', channel: 'web' },
      'The locale "en_US" is not activated',
    ],
    ['a link that leads nowhere', { checksUrls: true }, { data: 'lamp.jpg' }, '"lamp.jpg" is not a valid URL'],
    [
      'a file that was not uploaded',
      { mediaType: 'media_file' },
      { data: 'lamp.jpg' },
      'The file "lamp.jpg" does not exist',
    ],
  ])('such as %s', async (_, akeneo, value, problem) => {
    const pim = await start({ akeneo })
    expect((await pim.patch([asset('LAMP_1', link('x'), value)])).json).toEqual([
      { code: 'LAMP_1', status_code: 422, message: BROKEN, errors: [{ property: 'values.media', message: problem }] },
    ])
    expect(pim.galleries).toEqual({})
  })

  it('and takes values in the right place', async () => {
    const pim = await start({ akeneo: BOTH })
    const values = [
      { locale: 'fr_FR', channel: 'ecommerce' },
      { locale: 'en_US', channel: 'print' },
    ]
    const items = values.map((value, at) => asset(`LAMP_${at}`, 'x', value))
    expect((await pim.patch(items)).json).toMatchObject([{ status_code: 201 }, { status_code: 201 }])
  })

  it('but not a media_link that is no URL: any text will do, unless it is told to check', async () => {
    const any = await start({ akeneo: { prefix: 'https://cdn.example.com/' } })
    await any.patch([asset('LAMP_1', 'lamp.jpg'), asset('LAMP_2', 'https://cdn.example.com/x.jpg')])
    expect(any.galleries).toEqual({
      LAMP: ['https://cdn.example.com/lamp.jpg', 'https://cdn.example.com/https://cdn.example.com/x.jpg'],
    })
    const strict = await start({ akeneo: { checksUrls: true, prefix: 'https://cdn.example.com/', suffix: '?w=100' } })
    expect((await strict.patch([asset('LAMP_1', 'lamp.jpg')])).json).toMatchObject([{ status_code: 201 }])
    expect(strict.galleries).toEqual({ LAMP: ['https://cdn.example.com/lamp.jpg?w=100'] })
  })

  it('never breaks, whatever the JSON', async () => {
    const pim = await start()
    const items = fc.array(fc.record({ code: fc.oneof(fc.string(), fc.jsonValue()), values: fc.jsonValue() }), {
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), items), async body => {
        expect([200, 400]).toContain((await pim.patch(JSON.stringify(body))).status)
      }),
      { numRuns: 100 },
    )
  })
})
