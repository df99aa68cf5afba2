import { describe, expect, it } from 'vitest'
import { link, shops } from './client.ts'

const start = shops()
const URL_1 = 'https://cdn.example.com/1.jpg'
const CHAIR_AND_LAMP = { 'OAK-CHAIR': 'p2', 'LAMP-7': 'p1' }

describe('emporix GET /product/{tenant}/products', () => {
  it('finds a product by its code, with an id that is not the code', async () => {
    const shop = await start()
    const answer = await shop.products({ q: 'code:OAK-CHAIR' })
    expect([answer.status, answer.json]).toEqual([
      200,
      [
        {
          id: expect.stringMatching(/^p-[\w-]+$/),
          code: 'OAK-CHAIR',
          name: 'OAK-CHAIR',
          published: true,
          productType: 'BASIC',
        },
      ],
    ])
  })

  it('finds several by their codes, in an order of its own and once each', async () => {
    const shop = await start({ emporix: { products: CHAIR_AND_LAMP } })
    const { json } = await shop.products({ q: 'code:(OAK-CHAIR,SOFA-1,LAMP-7,OAK-CHAIR)' })
    expect(json).toMatchObject([
      { id: 'p1', code: 'LAMP-7' },
      { id: 'p2', code: 'OAK-CHAIR' },
    ])
  })

  it('has a product for every code, with the same id each time', async () => {
    const [shop, other] = [await start(), await start()]
    const q = 'code:(OAK-CHAIR,LAMP-7,OAK-CHAIR)'
    expect((await shop.products({ q })).json).toHaveLength(2)
    expect((await shop.products({ q })).json).toEqual((await other.products({ q })).json)
    const id = await shop.idOf('LAMP-7')
    expect((await shop.products({ q: `id:(${id},p-none,LAMP-7)` })).json).toMatchObject([{ id, code: 'LAMP-7' }])
    expect((await shop.products({ q: `id:${id} code:OAK-CHAIR` })).json).toEqual([])
    expect((await shop.products({ q: 'code:""' })).json).toEqual([])
    expect((await shop.products({})).json).toEqual([])
  })

  it('has the products of a table only, when there is one', async () => {
    const shop = await start({ emporix: { products: CHAIR_AND_LAMP } })
    expect((await shop.products({})).json).toHaveLength(2)
    expect((await shop.products({ q: 'code:SOFA-1' })).json).toEqual([])
    await shop.put(link(URL_1, 'p1'))
    await shop.put(link(URL_1, await start().then(other => other.idOf('OAK-CHAIR'))))
    expect(shop.galleries).toEqual({ 'LAMP-7': [URL_1] })
  })

  it('can have ids that are the codes', async () => {
    const shop = await start({ emporix: { products: { 'LAMP-7': 'LAMP-7' } } })
    await shop.put(link(URL_1, 'LAMP-7'))
    expect(shop.galleries).toEqual({ 'LAMP-7': [URL_1] })
  })

  it('shows 60 products a page and says the total when it is asked for', async () => {
    const shop = await start()
    const q = `code:(${Array.from({ length: 70 }, (_, at) => `LAMP-${at}`)})`
    const [first, second] = [
      await shop.products({ q }, { 'x-total-count': 'true' }),
      await shop.products({ q, pageNumber: '2' }),
    ]
    expect([first.json, second.json].map(page => (page as object[]).length)).toEqual([60, 10])
    expect([first, second].map(({ headers }) => headers.get('x-total-count'))).toEqual(['70', null])
  })

  it.each(['LAMP 7', 'LAMP,7', 'LAMP:7', '(LAMP)', '~LAMP', '>7', 'null'])(
    'finds the code %j in quotes only, which the vendor does not document',
    async code => {
      const shop = await start({ emporix: { products: { [code]: 'p1' }, badQueries: 'empty' } })
      expect((await shop.products({ q: `code:${code}` })).json).toEqual([])
      expect((await shop.products({ q: `code:"${code}"` })).json).toMatchObject([{ id: 'p1', code }])
      const literal = await start({ emporix: { products: { [code]: 'p1' }, badQueries: 'empty', quotes: 'literal' } })
      expect((await literal.products({ q: `code:"${code}"` })).json).toEqual([])
    },
  )

  it.each(['__proto__', 'constructor', '007', '0', '1E5', 'a/b', 'Stühle/ä', '椅子', '😀', 'p-TEFNUA', '%41', 'a\\b'])(
    'carries the code %j through to the gallery',
    async code => {
      for (const products of ['any', Object.fromEntries([[code, 'p1']])] as const) {
        const shop = await start({ emporix: { products } })
        const { json } = await shop.products({ q: `code:(LAMP-7,${code})` })
        const id = (json as { id: string; code: string }[]).find(product => product.code === code)?.id ?? ''
        await shop.put(link(URL_1, id))
        expect(id).not.toBe(code)
        expect(Object.entries(shop.galleries)).toEqual([[code, [URL_1]]])
        expect((await shop.list({ q: `refIds.id:${id}` })).json).toHaveLength(1)
      }
    },
  )

  it.each([' ', 'a\u0000b', 'a, (b): c'])('carries the code %j through when it is quoted', async code => {
    const shop = await start()
    await shop.put(link(URL_1, await shop.idOf(code)))
    expect(Object.entries(shop.galleries)).toEqual([[code, [URL_1]]])
  })
})
