import { describe, expect, it } from 'vitest'
import { akeneo } from '../../../src/targets/akeneo/index.ts'
import { aProduct } from '../../helpers/items.ts'
import { asset } from '../../sandbox/akeneo/client.ts'
import { type Known, seen } from '../reading.ts'
import { type Rig, rigs } from './rig.ts'

const url = (name: string) => `https://cdn.example.com/${name}.jpg`
const LAMP = aProduct({ code: 'LAMP', gallery: [url('front'), url('back')] })
const SOFA = aProduct({ code: 'SOFA', seq: 1, gallery: [url('sofa')] })
const linked = { link: { attribute: 'packshots' } }

describe('reading akeneo', () => {
  const open = rigs()
  const look = (rig: Rig, known?: Readonly<Record<string, Known>>, goods = [LAMP, SOFA]) =>
    seen(akeneo, rig.io, rig.options, goods, known)
  const searches = ({ sent }: Rig) => sent.filter(request => request.url.includes('?search=')).length
  const single = ({ sent }: Rig) => sent.filter(request => /\/assets\/[^?]+$/.test(request.url)).length

  it('searches assets by their codes, and those that come after the last ranks', async () => {
    const rig = await open()
    await rig.deliver([LAMP, SOFA])
    await rig.pim.patch([asset('SOFA_2', url('old')), asset('SOFA_3', url('older'))])
    rig.sent.length = 0
    expect(await look(rig)).toEqual([
      [`LAMP_1 at 1: ${url('front')}`, `LAMP_2 at 2: ${url('back')}`],
      [`SOFA_1 at 1: ${url('sofa')}`, `extra at 2: ${url('old')}`, `extra at 3: ${url('older')}`],
    ])
    expect(single(rig)).toBe(0)
  })

  it('reads as many pages as a search has', async () => {
    const rig = await open({ pageSize: 1 })
    await rig.deliver([LAMP, SOFA])
    rig.sent.length = 0
    expect((await look(rig)).flat()).toHaveLength(3)
    expect(single(rig)).toBe(0)
    expect(rig.sent.every(request => request.url.startsWith(rig.io.baseUrl))).toBe(true)
  })

  it('asks for each asset where the PIM cannot search', async () => {
    const rig = await open({ searchable: false })
    await rig.deliver([LAMP, SOFA])
    rig.sent.length = 0
    expect((await look(rig)).map(sights => sights.length)).toEqual([2, 1])
    expect([searches(rig), single(rig)]).toEqual([1, 3])
  })

  it('asks once more for what a search index does not show yet', async () => {
    const rig = await open({ indexLagMs: 60_000 })
    await rig.deliver([LAMP, SOFA])
    rig.sent.length = 0
    expect((await look(rig)).map(sights => sights.length)).toEqual([2, 1])
    expect(single(rig)).toBe(3)
  })

  it('puts prefix and suffix around what a link holds', async () => {
    const rig = await open({ prefix: 'https://cdn.example.com/', suffix: '.jpg' })
    await rig.deliver([LAMP])
    expect(await look(rig, {}, [LAMP])).toEqual([[`LAMP_1 at 1: ${url('front')}`, `LAMP_2 at 2: ${url('back')}`]])
  })

  it('looks at the value of its locale and channel only', async () => {
    const rig = await open({ valuePerLocale: true, valuePerChannel: true }, { locale: 'fr_FR', channel: 'ecommerce' })
    await rig.deliver([SOFA])
    await rig.pim.patch([asset('SOFA_1', url('english'), { locale: 'en_US', channel: 'ecommerce' })])
    expect(await look(rig, {}, [SOFA])).toEqual([[`SOFA_1 at 1: ${url('sofa')}`]])
  })

  it('says of an asset without an image that it is not there', async () => {
    const rig = await open()
    await rig.deliver([SOFA])
    await rig.pim.patch([asset('SOFA_1', null)])
    expect(await look(rig, {}, [SOFA])).toEqual([['SOFA_1: absent, without-image']])
  })

  describe('with link', () => {
    it('takes the collection of the product for its gallery', async () => {
      const rig = await open({}, linked)
      await rig.deliver([LAMP, SOFA])
      expect(await look(rig)).toEqual([
        [`LAMP_1 at 1: ${url('front')}`, `LAMP_2 at 2: ${url('back')}`],
        [`SOFA_1 at 1: ${url('sofa')}`],
      ])
    })

    it('tells another order, an asset that is not shown, and one that is shown besides', async () => {
      const rig = await open({}, linked)
      await rig.deliver([LAMP, SOFA])
      await rig.pim.patch([asset('SOFA_2', url('old')), asset('manual', url('manual'))])
      await rig.pim.link('LAMP', ['LAMP_2', 'manual', 'LAMP_1'])
      await rig.pim.link('SOFA', ['SOFA_2'])
      expect(await look(rig)).toEqual([
        [`LAMP_1 at 2: ${url('front')}`, `LAMP_2 at 1: ${url('back')}`],
        ['SOFA_1: absent, not-linked', `extra at 1: ${url('old')}`],
      ])
    })

    it('says that a product is not there', async () => {
      const rig = await open({ products: ['LAMP'] }, linked)
      await rig.deliver([LAMP, SOFA])
      expect((await look(rig))[1]).toEqual(['SOFA_1: absent, product-missing'])
    })
  })

  describe('with files', () => {
    it('compares the code of the file with the one that the push was given', async () => {
      const rig = await open({ mediaType: 'media_file' })
      const answers = await rig.deliver([LAMP])
      const known = Object.fromEntries(
        Object.entries(answers).map(([key, answer]) => [
          key,
          'remoteId' in answer ? { remoteId: answer.remoteId } : {},
        ]),
      )
      expect((await look(rig, known, [LAMP]))[0]?.map(sight => sight.split(':')[0])).toEqual([
        'LAMP_1 at 1',
        'LAMP_2 at 2',
      ])
      expect((await look(rig, known, [LAMP])).flat().filter(sight => sight.includes('(in part)'))).toEqual([])
      await rig.deliver([LAMP], 'update') // every upload is another file
      expect((await look(rig, known, [LAMP]))[0]?.map(sight => sight.split(', ')[0])).toEqual([
        'LAMP_1: other',
        'LAMP_2: other',
      ])
    })

    it('says that it can tell no more than presence where the ledger has no code', async () => {
      const rig = await open({ mediaType: 'media_file' })
      await rig.deliver([SOFA])
      expect(await look(rig, {}, [SOFA])).toEqual([['SOFA_1 at 1: SOFA_1 (in part)']])
    })
  })
})
