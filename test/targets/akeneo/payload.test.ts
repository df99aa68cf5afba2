import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeAt, fold, ownedBy, stemOf } from '../../../src/targets/akeneo/code.ts'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import { aProduct, images } from '../../helpers/items.ts'
import { ACCOUNT, itemsOf, optionsOf } from './rig.ts'

const LAMP = aProduct({ code: 'LAMP-1', gallery: images('LAMP-1', 3) })

function keysOf(code: string, template?: string): string[] {
  const product = aProduct({ code, gallery: images('LAMP', 2), fields: { EAN: '40 0' } })
  return itemsOf(optionsOf(template === undefined ? {} : { code: template }), product).map(({ key }) => key)
}

function payloadsOf(facts: object, product = LAMP): unknown[] {
  const options = optionsOf(facts)
  return itemsOf(options, product).map(item => akeneo.payload(item, options))
}

describe('akeneo items', () => {
  it('are the images of a product, one by one, known by code and rank', () => {
    expect(itemsOf(optionsOf(), LAMP).map(({ key, code, gallery }) => [key, code, gallery])).toEqual([
      ['LAMP_1_1', 'LAMP-1', ['https://cdn.example.com/LAMP-1/1.jpg']],
      ['LAMP_1_2', 'LAMP-1', ['https://cdn.example.com/LAMP-1/2.jpg']],
      ['LAMP_1_3', 'LAMP-1', ['https://cdn.example.com/LAMP-1/3.jpg']],
    ])
  })

  it('say what is to be stored, without what only the PIM knows', () => {
    expect(payloadsOf({})[0]).toEqual({
      code: 'LAMP_1_1',
      values: { media: 'https://cdn.example.com/LAMP-1/1.jpg' },
    })
  })

  it('belong to an account of family, attribute, locale and channel, whoever signs in', () => {
    const accounts = [{}, { locale: 'en_US' }, { channel: 'print' }, { username: 'other', password: 'other' }].map(
      facts => akeneo.account(optionsOf(facts)),
    )
    expect(accounts).toEqual([
      'packshots/media//',
      'packshots/media/en_US/',
      'packshots/media//print',
      'packshots/media//',
    ])
  })
})

describe('akeneo asset codes', () => {
  it.each([
    ['007', '007_1'],
    ['picture-1.jpg', 'picture_1_jpg_1'],
    ['a/b c', 'a_b_c_1'],
    ['Ångström', '_ngstr_m_1'],
    ['💡', '__1'],
    ['__proto__', '__proto___1'],
    ['a{rank}b', 'a_rank_b_1'],
  ])('are made valid: %s', (code, key) => {
    expect(keysOf(code)[0]).toBe(key)
  })

  it('follow the template, with columns', () => {
    expect(keysOf('LAMP-1', 'img-{rank}-{column:EAN}-{code}')).toEqual(['img_1_40_0_LAMP_1', 'img_2_40_0_LAMP_1'])
    expect(akeneo.columns(optionsOf({ code: '{column:EAN}_{rank}' }))).toEqual(['EAN'])
  })

  it('hold only what the PIM allows and differ by rank, whatever the code', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100, unit: 'binary' }), code => {
        const keys = keysOf(code)
        expect(keys.every(key => /^[A-Za-z0-9_]{1,255}$/.test(key))).toBe(true)
        expect(new Set(keys).size).toBe(2)
      }),
    )
  })

  it('collide when they are the same but for case or for what was replaced', () => {
    const folded = ['A-1', 'A.1', 'a_1', 'A 1'].map(code => fold(keysOf(code)[0] ?? ''))
    expect(new Set(folded)).toEqual(new Set(['a_1_1']))
  })

  it('are at most 255 characters long: a longer one rejects the product, and nothing is cut', () => {
    expect(keysOf('L'.repeat(253))[0]).toHaveLength(255)
    const long = aProduct({ code: 'L'.repeat(253), gallery: images('LAMP', 10) })
    expect(akeneo.encode(long, optionsOf())).toEqual({
      reason: 'code-too-long',
      message: `The asset code "${long.code}_10" has 256 characters, Akeneo takes 255.`,
      fix: "Make it shorter with the target's option code.",
      code: long.code,
      source: 'lamps.csv:2',
    })
  })

  it('need a rank in their template, or the images of a product would overwrite each other', () => {
    expect(akeneo.options.safeParse({ ...ACCOUNT, code: '{code}' }).success).toBe(false)
  })

  it.each(['{code}_{rank}', '{rank}', '{rank}_{code}_{rank}', 'img{rank}x{rank}9{rank}'])(
    'of %s are told from the codes of others',
    template => {
      const stem = stemOf(aProduct({ code: 'L-1' }), template)
      const isOwn = ownedBy(stem)
      expect([1, 2, 10, 51].map(rank => isOwn(codeAt(stem, rank).toLowerCase()))).toEqual([true, true, true, true])
      expect([codeAt(stem, 0), `${codeAt(stem, 1)}_front`, 'L_1', 'hero'].map(isOwn)).toEqual([
        false,
        false,
        false,
        false,
      ])
    },
  )
})

describe('akeneo further values', () => {
  const values = {
    photographer: 'Photographer',
    caption: 'No. {rank} of {code}',
    season: '{column:Season}',
    shot: 7,
    hero: true,
  }
  const fields = { Photographer: 'Ben Levy', Season: '' }

  it('come from columns, templates and literals; a blank cell says nothing', () => {
    expect(payloadsOf({ values }, { ...LAMP, fields, gallery: images('LAMP-1', 1) })).toEqual([
      {
        code: 'LAMP_1_1',
        values: {
          photographer: 'Ben Levy',
          caption: 'No. 1 of LAMP-1',
          shot: '7',
          hero: 'true',
          media: 'https://cdn.example.com/LAMP-1/1.jpg',
        },
      },
    ])
  })

  it('take a name that is no column of the feed as it is written', () => {
    expect(payloadsOf({ values: { photographer: 'Studio Nord' } })[0]).toMatchObject({
      values: { photographer: 'Studio Nord' },
    })
  })

  it('name the columns that they need', () => {
    expect(akeneo.columns(optionsOf({ values }))).toEqual(['Season'])
  })

  it('take a bare name for a column where the feed has one, and else as it is written', () => {
    const options = optionsOf({ values: { photographer: 'Photographer', studio: 'Studio Nord', year: '{code}' } })
    expect(akeneo.optionalColumns?.(options)).toEqual(['Photographer', 'Studio Nord'])
  })

  it('cannot replace the image', () => {
    expect(payloadsOf({ values: { media: 'logo.jpg' } })[0]).toMatchObject({
      values: { media: 'https://cdn.example.com/LAMP-1/1.jpg' },
    })
  })

  it.each(['__proto__', 'constructor', 'toString'])('survive the column name %s', name => {
    const own = Object.fromEntries([[name, 'Ben']])
    expect(payloadsOf({ values: { photographer: name } }, { ...LAMP, fields: own })[0]).toMatchObject({
      values: { photographer: 'Ben' },
    })
    expect(payloadsOf({ values: { photographer: name } })[0]).toMatchObject({ values: { photographer: name } })
  })
})

describe('akeneo link', () => {
  const link = { attribute: 'packshots' }

  it('is carried by the first image, with all codes in rank order', () => {
    expect(payloadsOf({ link })).toEqual([
      {
        code: 'LAMP_1_1',
        values: { media: 'https://cdn.example.com/LAMP-1/1.jpg' },
        link: { attribute: 'packshots', codes: ['LAMP_1_1', 'LAMP_1_2', 'LAMP_1_3'] },
      },
      { code: 'LAMP_1_2', values: { media: 'https://cdn.example.com/LAMP-1/2.jpg' } },
      { code: 'LAMP_1_3', values: { media: 'https://cdn.example.com/LAMP-1/3.jpg' } },
    ])
  })

  it('makes the first image an update when the gallery gets longer or shorter, and no other', () => {
    const [before, after] = [3, 2].map(count => payloadsOf({ link }, { ...LAMP, gallery: images('LAMP-1', count) }))
    expect([before?.[0], before?.[1]]).not.toEqual([after?.[0], after?.[1]])
    expect(before?.[1]).toEqual(after?.[1])
  })

  it('is left out without the option', () => {
    expect(JSON.stringify(itemsOf(optionsOf(), LAMP))).not.toContain('link')
  })
})
