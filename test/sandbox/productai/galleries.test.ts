import { describe, expect, it } from 'vitest'
import { request } from '../client.ts'
import { image, productAis } from './client.ts'

const start = productAis()

describe('productai gallery', () => {
  it('is what was uploaded for a code, in that order', async () => {
    const studio = await start()
    await studio.hold('LAMP-7', image(2))
    await studio.hold('SOFA-1', image(9))
    await studio.hold('LAMP-7', image(1))
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(2), image(1)], 'SOFA-1': [image(9)] })
  })

  it('belongs to the code of the sku tag, or else to the name', async () => {
    const studio = await start()
    await studio.import({ url: image(1), name: 'LAMP-7', tags: ['catalog', 'sku:OAK-CHAIR', 'sku:SOFA-1'] })
    await studio.import({ url: image(2), name: 'LAMP-7', tags: ['catalog'] })
    await studio.import({ url: image(3) })
    expect(studio.galleries).toEqual({ 'OAK-CHAIR': [image(1)], 'LAMP-7': [image(2)], '3.jpg': [image(3)] })
  })

  it.each([
    '__proto__',
    'constructor',
    '007',
    '0',
    '1E5',
    ' ',
    '',
    'a/b',
    'a,b',
    'sku:a',
    'Stühle/ä',
    '椅子',
    '😀',
    'a\u0000b',
    'a\ud800b',
  ])('keeps the code %j', async code => {
    const studio = await start()
    await studio.hold(code, image(1))
    await studio.hold('a\udfffb', image(2))
    await studio.hold(code, image(3))
    const { json } = await request(studio.sandbox.describe().state)
    const { galleries } = (json as ReturnType<typeof studio.sandbox.state>).productai
    expect(Object.entries(galleries)).toContainEqual([code, [image(1), image(3)]])
    expect(Object.keys(galleries)).toHaveLength(2)
  })

  it('keeps hostile codes in the tag filter apart too', async () => {
    const studio = await start()
    for (const code of ['a\u0000b', 'a\u0000c', '%', '_', "'", '"']) await studio.hold(code, image(1))
    for (const code of ['a\u0000b', 'a\u0000c', '%', '_', "'", '"']) {
      expect((await studio.list({ tags: `sku:${code}` })).total).toBe(1)
    }
  })
})
