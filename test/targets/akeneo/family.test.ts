import { describe, expect, it } from 'vitest'
import { readFamily } from '../../../src/targets/akeneo/family.ts'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import type { Io } from '../../../src/targets/target.ts'
import { anAnswer, aWire, faultOf } from '../../helpers/http.ts'
import { noImage } from '../../helpers/wire.ts'
import { optionsOf, rigs } from './rig.ts'

const MEDIA = {
  code: 'media',
  type: 'media_link',
  value_per_locale: false,
  value_per_channel: false,
  prefix: null,
  suffix: '',
}

function anIo(attributes: unknown) {
  const wire = aWire(anAnswer({ body: JSON.stringify(attributes) }))
  const io: Io = { send: wire.send, baseUrl: 'https://pim.example.com', note: () => undefined, image: noImage }
  return { io, sent: wire.sent }
}

const refusal = (attributes: unknown, facts: object = {}) => faultOf(readFamily(anIo(attributes).io, optionsOf(facts)))

describe('akeneo family', () => {
  it('is read once, before the first write, with one request', async () => {
    const { io, sent } = anIo([MEDIA])
    const facts = await readFamily(io, optionsOf({ family: 'pack/shots?' }))
    const media = { code: 'media', type: 'media_link', perLocale: false, perChannel: false, prefix: '', suffix: '' }
    expect(facts).toEqual({ media, attributes: new Map([['media', media]]), missing: new Set() })
    expect(sent).toEqual([
      {
        method: 'GET',
        url: 'https://pim.example.com/api/rest/v1/asset-families/pack%2Fshots%3F/attributes',
        headers: {},
        body: null,
      },
    ])
  })

  it.each([
    [
      'has no such attribute, but one with a name like it',
      [MEDIA, { code: 'label', type: 'text' }],
      { attribute: 'medai' },
      'The asset family "packshots" has no attribute "medai". Did you mean "media"?',
    ],
    [
      'has no such attribute',
      [MEDIA, { code: 'label', type: 'text' }],
      { attribute: 'picture_of_it' },
      'The asset family "packshots" has no attribute "picture_of_it". It has: media, label.',
    ],
    [
      'has an attribute of another type',
      [{ code: 'label', type: 'text' }],
      { attribute: 'label' },
      'The attribute "label" is a text; images go into a media_link or a media_file.',
    ],
    [
      'wants a locale',
      [{ ...MEDIA, value_per_locale: true }],
      {},
      'The attribute "media" has a value per locale: name one with the option locale.',
    ],
    [
      'wants a channel',
      [{ ...MEDIA, value_per_channel: true }],
      { locale: 'en_US' },
      'The attribute "media" has a value per channel: name one with the option channel.',
    ],
    [
      'wants a locale for a further value',
      [MEDIA, { code: 'caption', type: 'text', value_per_locale: true }],
      { values: { caption: 'Lamp' } },
      'The attribute "caption" has a value per locale: name one with the option locale.',
    ],
  ])('that %s refuses the options, in words', async (_, attributes, facts, words) => {
    const fault = await refusal(attributes, facts)
    expect([fault.kind, fault.reason, fault.message]).toEqual(['refused', 'option-refused', words])
  })

  it('that is not documented so is not understood', async () => {
    expect((await refusal({ media: MEDIA })).kind).toBe('unreadable')
    expect((await refusal([null, 7, 'media'])).reason).toBe('option-refused')
  })

  it('is what a probe reads, and a probe writes nothing', async () => {
    const { io, sent } = anIo([MEDIA])
    await akeneo.probe(io, optionsOf())
    expect(sent.map(({ method }) => method)).toEqual(['GET'])
  })
})

describe('akeneo family at the PIM', () => {
  const open = rigs()

  it('that does not exist is a wrong option, in the words of the PIM', async () => {
    const { wire, options } = await open({}, { family: 'Packshots' })
    const fault = await faultOf(akeneo.probe(wire.io, options))
    expect([fault.kind, fault.http]).toEqual(['endpoint', 404])
    expect(fault.message).toContain('Packshots')
  })

  it('tells prefix and suffix of its media link', async () => {
    const rig = await open({ prefix: 'https://cdn.example.com/', suffix: '?w=1' })
    expect((await rig.prepare()).media).toMatchObject({ prefix: 'https://cdn.example.com/', suffix: '?w=1' })
  })
})
