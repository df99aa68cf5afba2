import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { blob, details, link, type Shop, shops } from './client.ts'

const start = shops()
const image = (name: string) => `https://cdn.example.com/${name}.jpg`

/** The part of each URL that says which image it is, in the order of the answer. */
async function names(shop: Shop, query: Record<string, string>): Promise<string[]> {
  const { json } = await shop.list(query)
  return (json as { url: string }[]).map(({ url }) => /([^/]+)\.jpg$/.exec(url)?.[1] ?? 'blob')
}

async function shopWith(urls: readonly string[], behaviour = {}): Promise<Shop> {
  const shop = await start({ clock: new ManualClock(), emporix: behaviour })
  for (const url of urls) await shop.put(link(image(url)))
  return shop
}

describe('emporix GET /media/{tenant}/assets', () => {
  it('answers with a bare array of whole assets', async () => {
    const shop = await start()
    const product = await shop.idOf('OAK-CHAIR')
    const ids = [await shop.put(link(image('1'), product)), await shop.put(blob())]
    const answer = await shop.list()
    expect([answer.status, answer.json]).toEqual([200, await Promise.all(ids.map(id => shop.read(id)))])
  })

  it('says the total only when the request asks for it', async () => {
    const shop = await shopWith(['1', '2', '3'])
    const totals = async (value?: string) => {
      const headers = value === undefined ? {} : { 'X-Total-Count': value }
      return (await shop.list({ pageSize: '2' }, headers)).headers.get('x-total-count')
    }
    expect([await totals(), await totals('false'), await totals('true')]).toEqual([null, null, '3'])
  })

  it('shows 60 assets a page, from page 1', async () => {
    const shop = await shopWith(Array.from({ length: 61 }, (_, at) => String(at)))
    expect((await shop.list()).json).toHaveLength(60)
    expect(await names(shop, { pageNumber: '2' })).toEqual(['60'])
    expect(await names(shop, { pageNumber: '3' })).toEqual([])
    expect(await names(shop, { pageNumber: '2', pageSize: '2' })).toEqual(['2', '3'])
    expect((await shop.list({ pageSize: '1000' })).json).toHaveLength(61)
  })

  it('can cut larger pages without a word', async () => {
    const shop = await shopWith(['1', '2', '3', '4', '5'], { maxPageSize: 2 })
    expect(await names(shop, { pageSize: '100' })).toEqual(['1', '2'])
    expect(await names(shop, { pageSize: '100', pageNumber: '3' })).toEqual(['5'])
  })

  it.each(['0', '-1', '1.5', 'all', ''])('refuses the page %j with 400', async value => {
    const shop = await start()
    for (const name of ['pageNumber', 'pageSize']) {
      const answer = await shop.list({ [name]: value })
      expect([answer.status, details(answer)]).toEqual([400, [`${name}: must be a whole number from 1`]])
    }
  })

  it('sorts by fields in turn, downwards for desc alone', async () => {
    const shop = await shopWith(['b', 'c', 'a'])
    await shop.put(blob({ access: 'PRIVATE' }, 'bytes'))
    expect(await names(shop, { sort: 'access,url:desc' })).toEqual(['blob', 'c', 'b', 'a'])
    expect(await names(shop, { sort: 'access:DESC,url' })).toEqual(['a', 'b', 'c', 'blob'])
    expect(await names(shop, { sort: 'access:Desc,url:up' })).toEqual(['blob', 'a', 'b', 'c'])
    expect(await names(shop, { sort: 'details.bytes:desc' })).toEqual(['blob', 'b', 'c', 'a'])
    expect(await names(shop, { sort: 'nothing' })).toEqual(['b', 'c', 'a', 'blob'])
  })

  it('sorts numbers as numbers', async () => {
    const shop = await start()
    for (const content of ['x'.repeat(10), 'x'.repeat(9)]) await shop.put(blob({}, content))
    const { json } = await shop.list({ sort: 'details.bytes' })
    expect(json).toMatchObject([{ details: { bytes: 9 } }, { details: { bytes: 10 } }])
  })
})

describe('emporix q', () => {
  it('finds the assets of a product by its id', async () => {
    const shop = await start()
    const [chair, lamp] = [await shop.idOf('OAK-CHAIR'), await shop.idOf('LAMP-7')]
    await shop.put(link(image('chair'), chair))
    await shop.put(link(image('both'), lamp, chair))
    await shop.put(link(image('none')))
    expect(await names(shop, { q: `refIds.id:${chair}` })).toEqual(['chair', 'both'])
    expect(await names(shop, { q: `refIds.id:(${lamp},${chair})` })).toEqual(['chair', 'both'])
    expect(await names(shop, { q: `refIds.id:${lamp} type:LINK` })).toEqual(['both'])
    expect(await names(shop, { q: `refIds.id:${lamp} type:BLOB` })).toEqual([])
    expect(await names(shop, { q: 'refIds.id:OAK-CHAIR' })).toEqual([])
  })

  it.each(['__proto__', 'a\u0000b', '😀', "it's", 'null', 'a\\b'])('finds references to the id %j', async id => {
    const shop = await start()
    await shop.put({ ...link(image('a')), refIds: [{ type: 'ROOM', id }] })
    expect(await names(shop, { q: `refIds.id:"${id}" refIds.type:ROOM` })).toEqual(['a'])
    expect(await names(shop, { q: `refIds.id:"${id}x"` })).toEqual([])
  })

  it('finds by any field: one value, one of several, none, or any', async () => {
    const shop = await shopWith(['a', 'b'])
    const id = await shop.put(blob({ details: { filename: 'OAK-CHAIR_1' } }, 'bytes'))
    const other = ((await shop.list()).json as { id: string }[])[0]?.id
    expect(await names(shop, { q: `id:${id}` })).toEqual(['blob'])
    expect(await names(shop, { q: `id:(${id},${other})` })).toEqual(['a', 'blob'])
    expect(await names(shop, { q: 'details.filename:OAK-CHAIR_1' })).toEqual(['blob'])
    expect(await names(shop, { q: 'details.bytes:5' })).toEqual(['blob'])
    expect(await names(shop, { q: 'details.filename:null' })).toEqual(['a', 'b'])
    expect(await names(shop, { q: 'details:missing' })).toEqual(['a', 'b'])
    expect(await names(shop, { q: 'details:exists' })).toEqual(['blob'])
    expect(await names(shop, { q: '__proto__:exists' })).toEqual([])
    expect(await names(shop, { q: 'type:link' })).toEqual([])
    expect(await names(shop, { q: '' })).toEqual(['a', 'b', 'blob'])
  })

  it.each([
    `url:${image('a')}`,
    'url:a b',
    'url:(a b)',
    'url:(a, b)',
    'url:(a',
    'url:a)',
    'url:()',
    'url:a,b',
    'url:',
    'url',
    ' ',
    'details.bytes:>200',
    'url:~oak',
    'url:"a"b',
    'url:"a',
  ])('does not understand %s, which is 400 or an empty list', async q => {
    const strict = await shopWith(['a'])
    const answer = await strict.list({ q })
    expect([answer.status, details(answer)]).toEqual([400, ['q: must be made of field:value and field:(value,value)']])
    const silent = await shopWith(['a'], { badQueries: 'empty' })
    expect((await silent.list({ q })).json).toEqual([])
  })

  it('takes values with syntax characters in double quotes, if those enclose', async () => {
    const enclosing = await shopWith(['a', 'b', 'c'])
    expect(await names(enclosing, { q: `url:"${image('a')}"` })).toEqual(['a'])
    expect(await names(enclosing, { q: `url:("${image('a')}","${image('c')}") type:"LINK"` })).toEqual(['a', 'c'])
    const literal = await shopWith(['a'], { quotes: 'literal' })
    expect((await literal.list({ q: `url:"${image('a')}"` })).status).toBe(400)
    expect(await names(literal, { q: 'type:"LINK"' })).toEqual([])
    expect(await names(literal, { q: 'type:LINK' })).toEqual(['a'])
  })

  it('finds any value in quotes that has none itself', async () => {
    const shop = await start()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async text => {
        const url = text.replaceAll('"', '')
        if (url === '') return
        const id = await shop.put(link(url))
        expect((await shop.list({ q: `id:${id} url:"${url}"` })).json).toMatchObject([{ id, url }])
      }),
      { numRuns: 50 },
    )
  })

  it('never breaks, whatever the query', async () => {
    const shop = await shopWith(['a'])
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'a:.(),"~< ') }), async q => {
        expect([200, 400]).toContain((await shop.list({ q })).status)
      }),
      { numRuns: 200 },
    )
  })
})
