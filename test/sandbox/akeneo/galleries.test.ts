import { describe, expect, it } from 'vitest'
import { asset, link, pims } from './client.ts'

const start = pims()

describe('akeneo galleries', () => {
  it('show assets without a product by their code without the rank at its end, in rank order', async () => {
    const pim = await start()
    const codes = ['CHAIR_10', 'CHAIR_9', 'CHAIR_1', 'LAMP_7_02', 'LAMP_7_1', 'logo', 'logo_', '_1']
    await pim.patch(codes.map(code => asset(code)))
    expect(pim.galleries).toEqual({
      CHAIR: [link('CHAIR_1'), link('CHAIR_9'), link('CHAIR_10')],
      LAMP_7: [link('LAMP_7_1'), link('LAMP_7_02')],
      logo: [link('logo')],
      logo_: [link('logo_')],
      _1: [link('_1')],
    })
  })

  it('show products by their own code, with the assets in the order of the collection', async () => {
    const pim = await start()
    await pim.patch(['A_1_1', 'A_1_2', 'B_1'].map(code => asset(code)))
    await pim.link('A-1', ['A_1_2', 'A_1_1'])
    expect(pim.galleries).toEqual({ 'A-1': [link('A_1_2'), link('A_1_1')], B: [link('B_1')] })
  })

  it('do not show what a product has let go of', async () => {
    const pim = await start()
    await pim.patch(['A_1_1', 'A_1_2', 'B_1'].map(code => asset(code)))
    await pim.link('A-1', ['A_1_1', 'A_1_2'])
    await pim.link('A-1', ['A_1_2'])
    expect(pim.galleries).toEqual({ 'A-1': [link('A_1_2')], B: [link('B_1')] })
    await pim.link('A-1', [])
    expect(pim.galleries).toEqual({ A_1: [link('A_1_1'), link('A_1_2')], B: [link('B_1')] })
  })

  it('show an asset in every product that has it', async () => {
    const pim = await start()
    await pim.patch([asset('SIZES_1')])
    await pim.link('CHAIR', ['SIZES_1'])
    await pim.link('LAMP', ['sizes_1'])
    expect(pim.galleries).toEqual({ CHAIR: [link('SIZES_1')], LAMP: [link('SIZES_1')] })
  })

  it('show the first collection of a product that has any, and no asset without media', async () => {
    const pim = await start()
    await pim.patch([asset('CHAIR_1'), asset('CHAIR_2'), { code: 'CHAIR_3' }])
    await pim.link('CHAIR', ['CHAIR_3'], 'empty')
    await pim.link('CHAIR', ['CHAIR_3', 'CHAIR_2'])
    await pim.link('CHAIR', ['CHAIR_1'], 'moods')
    expect(pim.galleries).toEqual({ CHAIR: [link('CHAIR_2')] })
  })

  it('show of several values the one that was written first', async () => {
    const pim = await start({ akeneo: { valuePerLocale: true } })
    await pim.patch([asset('CHAIR_1', 'a', { locale: 'fr_FR' })])
    await pim.patch([asset('CHAIR_1', 'b', { locale: 'en_US' })])
    expect(pim.galleries).toEqual({ CHAIR: ['a'] })
  })
})
