import { describe, expect, it } from 'vitest'
import type { EmporixBehaviour } from '../../../src/sandbox/emporix/behaviour.ts'
import { emporix } from '../../../src/targets/emporix/index.ts'
import type { Io } from '../../../src/targets/target.ts'
import { aProduct } from '../../helpers/items.ts'
import { wires } from '../../helpers/wire.ts'
import { blob, link, shops } from '../../sandbox/emporix/client.ts'
import { type Known, seen } from '../reading.ts'

const url = (name: string) => `https://cdn.example.com/${name}.jpg`
const LAMP = aProduct({ code: 'LAMP', gallery: [url('front'), url('back')] })
const SOFA = aProduct({ code: 'SOFA', seq: 1, gallery: [url('sofa')] })

describe('reading emporix', () => {
  const start = shops()
  const wire = wires()

  async function open(more: object = {}, behaviour: EmporixBehaviour = {}) {
    const shop = await start({ emporix: behaviour })
    const { baseUrl, ...credentials } = shop.account
    const options = emporix.options.parse({ ...credentials, ...more })
    const { io } = wire(emporix, options, baseUrl)
    const asked: string[] = []
    const listening: Io = {
      ...io,
      send: request => {
        asked.push(decodeURIComponent(new URL(request.url).search))
        return io.send(request)
      },
    }
    const look = (known?: Readonly<Record<string, Known>>, goods = [LAMP, SOFA]) =>
      seen(emporix, listening, options, goods, known)
    return { shop, asked, look }
  }

  it('lists the assets of several products in one request', async () => {
    const { shop, asked, look } = await open()
    const [lamp, sofa] = [await shop.idOf('LAMP'), await shop.idOf('SOFA')]
    for (const name of ['back', 'front']) await shop.put(link(url(name), lamp))
    await shop.put(link(url('sofa'), sofa))
    await shop.put(link(url('sofa-2'), sofa))
    expect(await look()).toEqual([
      [`LAMP ${url('front')}: ${url('front')}`, `LAMP ${url('back')}: ${url('back')}`],
      [`SOFA ${url('sofa')}: ${url('sofa')}`, `extra: ${url('sofa-2')}`],
    ])
    expect(asked).toHaveLength(2)
    expect(asked[1]).toContain(`q=refIds.id:(${lamp},${sofa})`)
  })

  it('asks for a product alone when the list shows nothing of it', async () => {
    const { shop, asked, look } = await open()
    const sofa = await shop.idOf('SOFA')
    await shop.put(link(url('sofa'), sofa))
    expect((await look()).map(sights => sights.length)).toEqual([0, 1])
    expect(asked.slice(2)).toEqual([expect.stringContaining(`q=refIds.id:${await shop.idOf('LAMP')}&`)])
  })

  it('knows an image whose address was changed by the id that the ledger has', async () => {
    const { shop, look } = await open()
    const id = await shop.put(link(url('other'), await shop.idOf('SOFA')))
    expect(await look({ [`SOFA ${url('sofa')}`]: { remoteId: id } }, [SOFA])).toEqual([
      [`SOFA ${url('sofa')}: ${url('other')}`],
    ])
  })

  it('knows a file by its id, else by its name, and says that the picture was not compared', async () => {
    const { shop, look } = await open({ upload: 'blob' })
    const refIds = [{ type: 'PRODUCT', id: await shop.idOf('LAMP') }]
    const details = (filename: string) => ({ filename, mimeType: 'image/jpeg' })
    const known = await shop.put(blob({ refIds, details: details('LAMP_7') }))
    await shop.put(blob({ refIds, details: details('LAMP_2') }))
    await shop.put(blob({ refIds, details: { filename: 'manual.pdf', mimeType: 'application/pdf' } }))
    expect(await look({ [`LAMP ${url('front')}`]: { remoteId: known } }, [LAMP])).toEqual([
      [`LAMP ${url('front')}: LAMP_7 (in part)`, `LAMP ${url('back')}: LAMP_2 (in part)`],
    ])
  })

  it('says which products are not there', async () => {
    const { look } = await open({}, { products: { SOFA: 'p-1' } })
    expect(await look()).toEqual([
      [`LAMP ${url('front')}: absent, product-missing`, `LAMP ${url('back')}: absent, product-missing`],
      [],
    ])
  })
})
