import { describe, expect, it } from 'vitest'
import { pims } from './client.ts'

const start = pims()

const COMMON = {
  labels: {},
  value_per_locale: false,
  value_per_channel: false,
  is_required_for_completeness: false,
  is_read_only: false,
}
const TEXT = {
  ...COMMON,
  type: 'text',
  max_characters: null,
  is_textarea: false,
  is_rich_text_editor: null,
  validation_rule: null,
  validation_regexp: null,
}

describe('akeneo GET /asset-families/{family}', () => {
  it('names the main media attribute', async () => {
    const pim = await start()
    const answer = await pim.get(pim.family)
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        _links: { self: { href: `${pim.account.baseUrl}${pim.family}` } },
        code: 'packshots',
        labels: {},
        attribute_as_main_media: 'media',
        naming_convention: {},
        product_link_rules: [],
        transformations: [],
      },
    ])
  })

  it('shows the naming convention when there is one', async () => {
    const pim = await start({ akeneo: { namingConvention: '^LAMP_' } })
    expect((await pim.get(pim.family)).json).toMatchObject({
      naming_convention: {
        source: { property: 'code', channel: null, locale: null },
        pattern: '/^LAMP_/',
        abort_asset_creation_on_error: true,
      },
    })
  })

  it.each([
    ['another', 'lamps', 404, 'Asset family "lamps" does not exist.'],
    ['one in another case', 'Packshots', 404, 'Asset family "Packshots" does not exist.'],
    ['one named like what every object has', '__proto__', 404, 'Asset family "__proto__" does not exist.'],
    [
      'a code with other characters',
      'pack-shots',
      422,
      'Asset family code may contain only letters, numbers and underscores. "pack-shots" given',
    ],
  ])('refuses %s, in every call', async (_, family, status, message) => {
    const pim = await start()
    const path = `/api/rest/v1/asset-families/${family}`
    const answers = [
      await pim.get(path),
      await pim.get(`${path}/attributes`),
      await pim.get(`${path}/assets`),
      await pim.get(`${path}/assets/CHAIR_1`),
      await pim.call('DELETE', `${path}/assets/CHAIR_1`),
      await pim.call('PATCH', `${path}/assets`, { body: 'no JSON' }),
    ]
    for (const answer of answers) expect([answer.status, answer.json]).toEqual([status, { code: status, message }])
  })
})

describe('akeneo GET /asset-families/{family}/attributes', () => {
  it('lists a media_link and the texts', async () => {
    const pim = await start({ akeneo: { prefix: 'https://cdn.example.com/', suffix: '?w=1', valuePerLocale: true } })
    const answer = await pim.get(`${pim.family}/attributes`)
    const media = {
      ...COMMON,
      code: 'media',
      type: 'media_link',
      value_per_locale: true,
      media_type: 'image',
      prefix: 'https://cdn.example.com/',
      suffix: '?w=1',
    }
    expect([answer.status, answer.json]).toEqual([
      200,
      [media, { ...TEXT, code: 'label', value_per_locale: true }, { ...TEXT, code: 'photographer' }],
    ])
  })

  it('lists a media_file with what it takes, and further texts', async () => {
    const pim = await start({
      akeneo: {
        mediaType: 'media_file',
        allowedExtensions: ['jpg', 'png'],
        maxFileSize: '10',
        valuePerChannel: true,
        texts: ['alt_tag'],
      },
    })
    const media = {
      ...COMMON,
      code: 'media',
      type: 'media_file',
      value_per_channel: true,
      media_type: 'image',
      allowed_extensions: ['jpg', 'png'],
      max_file_size: '10',
    }
    expect((await pim.get(`${pim.family}/attributes`)).json).toEqual([
      media,
      { ...TEXT, code: 'label', value_per_locale: true },
      { ...TEXT, code: 'photographer' },
      { ...TEXT, code: 'alt_tag' },
    ])
  })
})
