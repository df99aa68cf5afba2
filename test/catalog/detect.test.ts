import { describe, expect, it } from 'vitest'
import { chooseObjects, chooseTable, detectObjects, detectTable } from '../../src/catalog/detect.ts'
import { PRESETS, type Preset } from '../../src/catalog/presets/index.ts'
import { FeedError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'

function aPreset(facts: Partial<Preset>): Preset {
  return {
    name: 'lampshop',
    title: 'Lampshop export',
    docs: 'https://lampshop.example/docs',
    tables: [],
    objects: [],
    ...facts,
  }
}

const lampshop = aPreset({
  tables: [
    { signature: [['Lamp No', 'Lampen-Nr'], ['Bulb']], code: [['Lamp No', 'Lampen-Nr']], images: [['Picture *']] },
    {
      signature: [['lamp'], ['watts'], ['socket']],
      code: [['lamp'], ['number']],
      images: [['photo'], ['more photos']],
    },
  ],
  objects: [{ signature: ['lamp.no', 'bulb'], code: ['lamp.no'], images: ['pictures[].src'] }],
})

const sofahouse = aPreset({
  name: 'sofahouse',
  tables: [{ signature: [['lamp'], ['watts'], ['socket'], ['sofa']], code: [['sofa']], images: [['photo']] }],
  objects: [{ signature: ['lamp.no', 'bulb', 'sofas'], code: ['sofas[].no'], images: ['photo'] }],
})

const shelf = [lampshop, sofahouse]
const [oldLamps, newLamps] = lampshop.tables

function tableOf(columns: string, presets = shelf) {
  const detected = detectTable(columns.split(','), presets)
  return detected === null ? null : { name: detected.preset.name, form: detected.form, by: detected.by }
}

function refusal(work: () => unknown): { message: string; fix: string | null } {
  try {
    work()
  } catch (error) {
    if (error instanceof FeedError) return { message: error.message, fix: error.fix }
  }
  throw new Error('it was not refused')
}

describe('platform of a table', () => {
  it('is told by its columns, in the words of the file', () => {
    expect(tableOf('Name,lamp_no,BULB,Picture 1')).toEqual({
      name: 'lampshop',
      form: oldLamps,
      by: ['lamp_no', 'BULB'],
    })
  })

  it('may write them in another language or another version', () => {
    expect(tableOf('Lampen-Nr.,Bulb,Picture')).toMatchObject({ form: oldLamps, by: ['Lampen-Nr.', 'Bulb'] })
    expect(tableOf('lamp,watts,socket,more photos')).toMatchObject({ form: newLamps })
  })

  it.each(['Lamp No,Bulb,Picture 1,Price', 'Price,Picture 1,Bulb,Lamp No', 'Bulb,Price,Lamp No,Picture 1'])(
    'is the same in any order of the columns: %s',
    columns => {
      expect(tableOf(columns)).toMatchObject({ name: 'lampshop', form: oldLamps })
    },
  )

  it('is the one that is told by the most columns, in any order of the platforms', () => {
    const columns = 'lamp,watts,socket,sofa,photo'
    const sofas = { name: 'sofahouse', by: ['lamp', 'watts', 'socket', 'sofa'] }
    expect(tableOf(columns, [lampshop, sofahouse])).toMatchObject(sofas)
    expect(tableOf(columns, [sofahouse, lampshop])).toMatchObject(sofas)
  })

  it.each([
    ['a column of the signature is missing', 'Lamp No,Picture 1'],
    ['there is no column of images', 'Lamp No,Bulb,Photo'],
    ['nothing is there', ''],
  ])('is none when %s', (_, columns) => {
    expect(tableOf(columns)).toBeNull()
  })

  it('needs one code and one image column, not all of them', () => {
    expect(tableOf('lamp,watts,socket,photo')).toMatchObject({ form: newLamps })
    expect(tableOf('lamp,watts,socket')).toBeNull()
  })
})

describe('platform of objects', () => {
  const nameOf = (first: JsonObject, presets = shelf) => detectObjects(first, presets)?.preset.name ?? null

  it('is told by the keys of the first one', () => {
    const first = { bulb: null, lamp: { no: 7 }, price: 9 }
    expect(detectObjects(first, shelf)).toEqual({
      preset: lampshop,
      form: lampshop.objects[0],
      by: ['lamp.no', 'bulb'],
    })
  })

  it('is the one that is told by the most keys', () => {
    const first = { lamp: { no: 7 }, bulb: 'E27', sofas: [] }
    expect([nameOf(first), nameOf(first, [sofahouse, lampshop])]).toEqual(['sofahouse', 'sofahouse'])
  })

  it.each<[string, JsonObject, string | null]>([
    ['keys in the objects of a list', { lamp: [{ no: 7 }, {}], bulb: '' }, 'lampshop'],
    ['a key that is missing', { lamp: { number: 7 }, bulb: '' }, null],
    ['a key of a text', { lamp: 'no', bulb: '' }, null],
    ['nothing', {}, null],
  ])('sees %s', (_, first, expected) => {
    expect(nameOf(first)).toBe(expected)
  })

  it('is not fooled by what every object has', () => {
    const strange = aPreset({ objects: [{ signature: ['constructor', 'toString.name'], code: ['a'], images: ['b'] }] })
    expect(nameOf({ a: '1', b: '2' }, [strange])).toBeNull()
  })
})

describe('a platform that was named', () => {
  const presetNamed = (name: string) => PRESETS.find(preset => preset.name === name)

  it('counts when code and images are there, whatever else is missing', () => {
    const { preset, form, by } = chooseTable('lamps.csv', ['SKU', 'Images'], 'woocommerce')
    expect({ preset, form, by }).toEqual({
      preset: presetNamed('woocommerce'),
      form: presetNamed('woocommerce')?.tables[0],
      by: [],
    })
  })

  it('is refused when they are not, with the columns that it has', () => {
    const { message, fix } = refusal(() => chooseTable('lamps.csv', ['name', 'photo'], 'shopify'))
    expect(message).toBe(
      `lamps.csv is no ${presetNamed('shopify')?.title}: it has no columns "Variant SKU" or "Handle" and "Image Src".`,
    )
    expect(fix).toBe('Leave out --preset or feed.preset, or name the columns. The columns are: name, photo.')
  })

  it('is refused for objects when it only writes tables', () => {
    expect(refusal(() => chooseObjects('lamps.json', { sku: 'L-1' }, 'squarespace'))).toEqual({
      message: `The ${presetNamed('squarespace')?.title} is a table; lamps.json holds objects.`,
      fix: 'Leave out --preset or feed.preset, or name the paths with --code-column and --image-columns.',
    })
  })

  it('counts for objects, whatever they hold', () => {
    expect(chooseObjects('lamps.json', { id: 1 }, 'shopify')).toEqual({
      preset: presetNamed('shopify'),
      form: presetNamed('shopify')?.objects[0],
      by: [],
    })
  })
})
