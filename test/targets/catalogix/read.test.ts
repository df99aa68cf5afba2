import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../../src/model/http.ts'
import { catalogix } from '../../../src/targets/catalogix/index.ts'
import type { Io } from '../../../src/targets/target.ts'
import { anAnswer, faultOf } from '../../helpers/http.ts'
import { aProduct, codes } from '../../helpers/items.ts'
import { noImage } from '../../helpers/wire.ts'
import { seen, soughtOf } from '../reading.ts'

const options = catalogix.options.parse({ storeUuid: 'store', token: 'lamp-token' })
const aLamp = (code: string) => aProduct({ code, gallery: [`https://cdn.example.com/${code}.jpg`] })

/** A store with these groups, which changes as it is told to between two pages. */
function aStore(groups: Map<string, readonly object[]>, total: (page: number) => number = () => groups.size) {
  const sent: HttpRequest[] = []
  const send: Io['send'] = async request => {
    sent.push(request)
    const { searchParams } = new URL(request.url)
    const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))]
    const page = [...groups].slice(offset, offset + limit)
    const assets = Object.fromEntries(page.map(([code, assets]) => [code, { assets }]))
    const data = { total_groups: total(sent.length), returned_groups: page.length, assets }
    return anAnswer({ body: JSON.stringify({ status: { code: 0 }, data }) })
  }
  const io: Io = { send, baseUrl: 'https://api.example.com/v1', note: () => undefined, image: noImage }
  return { io, sent }
}

const groupOf = (url: string, id = 'a1') => [{ 'Image URL 1': url, asset_id: id }]
const storeOf = (names: readonly string[]) =>
  new Map(names.map(code => [code, groupOf(`https://cdn.example.com/${code}.jpg`)]))

describe('reading catalogix', () => {
  it('lists the store no further than needed, and each page once', async () => {
    const names = codes(120)
    const { io, sent } = aStore(storeOf(names))
    const look = await catalogix.read?.open(io, options)
    const part = (from: number, to: number) => soughtOf(catalogix, options, names.slice(from, to).map(aLamp))
    await Promise.all([look?.(part(0, 20)), look?.(part(20, 40))])
    expect(sent).toHaveLength(1)
    await look?.(part(60, 80))
    expect(sent.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['0', '50'])
  })

  it('asks once more after a fault, and loses nothing', async () => {
    const { io } = aStore(storeOf(['LAMP-1']))
    let isBroken = true
    const broken: Io = {
      ...io,
      send: async request => (isBroken ? anAnswer({ body: '{"data":{}}' }) : io.send(request)),
    }
    const look = await catalogix.read?.open(broken, options)
    const sought = soughtOf(catalogix, options, [aLamp('LAMP-1')])
    expect((await faultOf(Promise.resolve(look?.(sought)))).kind).toBe('unreadable')
    isBroken = false
    expect(await look?.(sought)).toHaveLength(1)
  })

  it('tells ranks by the names of attributes, and looks at no other names', async () => {
    const group = [
      { 'Image URL 10': 'https://cdn.example.com/10.jpg', asset_id: 'a10' },
      { 'Image URL 2': 'https://cdn.example.com/2.jpg', asset_id: 'a2' },
      { 'Image URL 02': 'https://cdn.example.com/02.jpg', asset_id: 'a02' },
      { 'Size chart': 'https://cdn.example.com/size.jpg', asset_id: 'b' },
    ]
    const { io } = aStore(new Map([['LAMP-1', group]]))
    expect(await seen(catalogix, io, options, [aLamp('LAMP-1')])).toEqual([
      ['LAMP-1 at 10: https://cdn.example.com/10.jpg', 'LAMP-1 at 2: https://cdn.example.com/2.jpg'],
    ])
  })

  it.each([
    ['at its own host', 'https://assets-test.catalogix.ai/e263183310aa0093381bf48a6d8540aa', 'x'],
    ['under its own id', 'https://files.example.com/e263183310aa', 'e263183310aa'],
  ])('does not compare addresses of copies that it keeps %s', async (_, url, id) => {
    const { io } = aStore(new Map([['LAMP-1', groupOf(url, id)]]))
    expect(await seen(catalogix, io, options, [aLamp('LAMP-1')])).toEqual([['LAMP-1 at 1: Image URL 1 (in part)']])
  })

  it('says nothing of what may have slipped from page to page while the store was changed', async () => {
    const names = codes(60)
    const { io } = aStore(storeOf(names), page => 60 + page)
    const goods = [aLamp('LAMP-001'), aLamp('LAMP-099')]
    expect(await seen(catalogix, io, options, goods)).toEqual([
      ['LAMP-001 at 1: https://cdn.example.com/LAMP-001.jpg'],
      ['LAMP-099: hidden, listing-changed'],
    ])
  })
})
