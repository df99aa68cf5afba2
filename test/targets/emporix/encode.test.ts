import { describe, expect, it } from 'vitest'
import { emporix } from '../../../src/targets/emporix/index.ts'
import { aProduct } from '../../helpers/items.ts'
import { CREDENTIALS, itemsOf, optionsOf } from './rig.ts'

const [FRONT, BACK] = ['https://cdn.example.com/front.jpg', 'https://cdn.example.com/back.jpg']
const lamp = aProduct({ code: 'LAMP-1', gallery: [FRONT, BACK], fields: { Colour: 'red' } })

describe('emporix items', () => {
  it('are one per image, known by code and URL', () => {
    expect(emporix.encode(lamp, optionsOf())).toEqual([
      { key: `LAMP-1 ${FRONT}`, code: 'LAMP-1', gallery: [FRONT], values: {} },
      { key: `LAMP-1 ${BACK}`, code: 'LAMP-1', gallery: [BACK], values: {} },
    ])
  })

  it('say what a LINK is made from', () => {
    const [item] = itemsOf([lamp], optionsOf())
    expect(item && emporix.payload(item, optionsOf())).toEqual({
      type: 'LINK',
      access: 'PUBLIC',
      url: FRONT,
      refIds: [{ code: 'LAMP-1', type: 'PRODUCT' }],
    })
  })

  it('take the code for the id with resolve: none', () => {
    const options = optionsOf({ resolve: 'none', refType: 'CATEGORY' })
    const [item] = itemsOf([lamp], options)
    expect(item && emporix.payload(item, options)).toMatchObject({ refIds: [{ id: 'LAMP-1', type: 'CATEGORY' }] })
  })

  it('name the file of a BLOB by the template', () => {
    const options = optionsOf({ upload: 'blob', filename: '{code}-{rank}-{column:Colour}.img' })
    expect(itemsOf([lamp], options).map(({ values }) => values.filename)).toEqual([
      'LAMP-1-1-red.img',
      'LAMP-1-2-red.img',
    ])
    expect(emporix.columns(options)).toEqual(['Colour'])
  })

  it.each(['link', 'blob'])('are unchanged when only their ranks changed (%s)', upload => {
    const options = optionsOf({ upload })
    const payloads = (gallery: readonly string[]) =>
      new Map(itemsOf([{ ...lamp, gallery }], options).map(item => [item.key, emporix.payload(item, options)]))
    expect(payloads([BACK, FRONT])).toEqual(payloads([FRONT, BACK]))
  })

  it('change with the name of the file, but for its rank', () => {
    const options = optionsOf({ upload: 'blob', filename: '{column:Colour}{rank}' })
    const [red, green] = ['red', 'green'].map(Colour => itemsOf([{ ...lamp, fields: { Colour } }], options)[0])
    expect(red && emporix.payload(red, options)).toMatchObject({ type: 'BLOB', details: { filename: 'red{rank}' } })
    expect(green && emporix.payload(green, options)).toMatchObject({ details: { filename: 'green{rank}' } })
  })

  it.each(['PRODUCT', 'CATEGORY', 'BRAND', 'LABEL', 'MODULE'])('that are PRIVATE are refused for a %s', refType => {
    expect(
      emporix.encode(lamp, optionsOf({ access: 'PRIVATE', refType, resolve: refType === 'PRODUCT' ? 'code' : 'none' })),
    ).toEqual({
      reason: 'access-refused',
      message: `Emporix refuses PRIVATE assets of type ${refType}.`,
      fix: 'Set access to PUBLIC, or refType to a custom type.',
      code: 'LAMP-1',
      source: 'lamps.csv:2',
    })
  })

  it('may be PRIVATE for a custom type', () => {
    const options = optionsOf({ access: 'PRIVATE', refType: 'DOCUMENT', resolve: 'none' })
    expect(itemsOf([lamp], options)).toHaveLength(2)
  })
})

describe('emporix options', () => {
  it('have the documented defaults', () => {
    expect(optionsOf()).toEqual({
      ...CREDENTIALS,
      upload: 'link',
      access: 'PUBLIC',
      refType: 'PRODUCT',
      filename: '{code}_{rank}',
      resolve: 'code',
    })
  })

  it.each([
    [{ tenant: 'LampShop' }, 'tenant', 'must be 3 to 16 lower-case letters and digits that start with a letter'],
    [{ tenant: 'la' }, 'tenant', 'must be 3 to 16 lower-case letters and digits that start with a letter'],
    [{ filename: '{code}' }, 'filename', 'must contain {rank}'],
    [
      { refType: 'BRAND' },
      'resolve',
      'must be "none" unless refType is PRODUCT: only products are looked up by their code',
    ],
  ])('refuse %j', (wrong, key, message) => {
    const { error } = emporix.options.safeParse({ ...CREDENTIALS, ...wrong })
    expect(error?.issues.map(issue => [issue.path.join('.'), issue.message])).toEqual([[key, message]])
  })

  it('name the tenant as the account', () => {
    expect(emporix.account(optionsOf())).toBe('lampshop')
  })
})
