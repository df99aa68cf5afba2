import { describe, expect, it } from 'vitest'
import { lookUp, type Products } from '../../../src/targets/emporix/products.ts'
import { waysToAsk } from '../../../src/targets/emporix/query.ts'
import { aFault, faultOf } from '../../helpers/http.ts'
import { aProduct, codes } from '../../helpers/items.ts'
import { rigs, statuses } from './rig.ts'

/** A shop that finds products by the queries it is given, and refuses those that it does not know. */
function shop(answers: Readonly<Record<string, readonly { id: string; code?: string }[] | 'refused'>>) {
  const asked: string[] = []
  return {
    asked,
    async search(query: string) {
      asked.push(query)
      const answer = new Map(Object.entries(answers)).get(query) ?? []
      if (answer === 'refused') throw aFault('refused', { http: 400 })
      return answer
    },
  }
}

async function find(wanted: readonly string[], { search }: ReturnType<typeof shop>) {
  const products: Products = new Map()
  await lookUp(wanted, products, search)
  return [...products].map(([code, { ids, refusal }]) => [code, refusal === null ? ids : 'refused'])
}

describe('emporix products', () => {
  it('are looked up together, each code once', async () => {
    const place = shop({
      'code:(LAMP-1,LAMP-2)': [
        { id: 'p2', code: 'LAMP-2' },
        { id: 'p1', code: 'LAMP-1' },
      ],
    })
    expect(await find(['LAMP-1', 'LAMP-2', 'LAMP-1'], place)).toEqual([
      ['LAMP-1', ['p1']],
      ['LAMP-2', ['p2']],
    ])
    expect(place.asked).toEqual(['code:(LAMP-1,LAMP-2)'])
  })

  it('are asked for as often as an address has room', async () => {
    const long = codes(100).map(code => `${code}-${'x'.repeat(100)}`)
    const place = shop({})
    await find(long, place)
    expect(place.asked.map(query => encodeURIComponent(query).length).every(length => length < 5000)).toBe(true)
    expect(place.asked.join().match(/LAMP/g)).toHaveLength(100)
  })

  it('are remembered for the run, missing ones too', async () => {
    const place = shop({ 'code:(LAMP-1,LAMP-2)': [{ id: 'p1', code: 'LAMP-1' }] })
    const products: Products = new Map()
    await lookUp(['LAMP-1', 'LAMP-2'], products, place.search)
    await lookUp(['LAMP-1', 'LAMP-2'], products, place.search)
    expect(place.asked).toHaveLength(1)
  })

  it('count only if their code is exactly the one asked for', async () => {
    const found = [{ id: 'p1', code: 'lamp-1' }, { id: 'p2', code: 'LAMP-1 ' }, { id: 'p3' }]
    expect(await find(['LAMP-1'], shop({ 'code:LAMP-1': found }))).toEqual([['LAMP-1', []]])
  })

  it('are asked for in quotes too when a query may take their code for a number', async () => {
    const place = shop({ 'code:("007","1E5")': [{ id: 'p7', code: '007' }] })
    expect(await find(['007', '1E5', 'LAMP-1'], place)).toEqual([
      ['007', ['p7']],
      ['1E5', []],
      ['LAMP-1', []],
    ])
    expect(place.asked).toEqual(['code:(007,1E5,LAMP-1)', 'code:("007","1E5")'])
  })

  it('are asked for alone when their code means something in a query', async () => {
    const place = shop({ 'code:"a,b"': [{ id: 'ab', code: 'a,b' }], 'code:"null"': [{ id: 'n', code: 'null' }] })
    expect(await find(['a,b', 'null'], place)).toEqual([
      ['a,b', ['ab']],
      ['null', ['n']],
    ])
    expect(place.asked).toEqual(['code:"a,b"', 'code:"null"'])
  })

  it('are found by a regular expression where quotes do not enclose', async () => {
    const place = shop({
      'code:~^19[^A-Za-z0-9]+lamp$': [
        { id: 'other', code: '19-lamp' },
        { id: 'p19', code: '19" (lamp' },
      ],
    })
    expect(await find(['19" (lamp'], place)).toEqual([['19" (lamp', ['p19']]])
    const literal = shop({ 'code:~^a[^A-Za-z0-9]+b$': [{ id: 'ab', code: 'a b' }] })
    expect(await find(['a b'], literal)).toEqual([['a b', ['ab']]])
    expect(literal.asked).toEqual(['code:"a b"', 'code:~^a[^A-Za-z0-9]+b$'])
  })

  it('are not lost because a neighbour’s code is refused', async () => {
    const place = shop({
      'code:(LAMP-1,LAMP#2)': 'refused',
      'code:LAMP-1': [{ id: 'p1', code: 'LAMP-1' }],
      'code:LAMP#2': 'refused',
    })
    expect(await find(['LAMP-1', 'LAMP#2'], place)).toEqual([
      ['LAMP-1', ['p1']],
      ['LAMP#2', 'refused'],
    ])
  })

  it('that the shop could not be asked for are not called missing for other reasons', async () => {
    const search = async () => {
      throw aFault('ambiguous')
    }
    expect((await faultOf(lookUp(['LAMP-1'], new Map(), search))).kind).toBe('ambiguous')
  })
})

describe('a query of emporix', () => {
  it.each([
    ['LAMP-1', ['LAMP-1']],
    ['a/b', ['a/b']],
    ['مصباح', ['مصباح']],
    ['007', ['007', '"007"']],
    ['-1', ['-1', '"-1"']],
    ['a b', ['"a b"', '~^a[^A-Za-z0-9]+b$']],
    ['exists', ['"exists"', '~^exists$']],
    ['~lamp', ['"~lamp"', '~^[^A-Za-z0-9]+lamp$']],
    ['a"b', ['~^a[^A-Za-z0-9]+b$']],
  ])('asks for %j in these ways', (value, ways) => {
    expect(waysToAsk(value)).toEqual(ways)
  })
})

describe('an emporix item', () => {
  const start = rigs()

  it('hangs on the id of its product, not on its code', async () => {
    const rig = await start({}, { emporix: { products: { 'LAMP-001': 'p-1' } } })
    await rig.push([aProduct()])
    expect(new Set((await rig.assets()).flatMap(({ refIds }) => refIds.map(({ id }) => id)))).toEqual(new Set(['p-1']))
  })

  it('without a product fails with its code, and its neighbours pass', async () => {
    const rig = await start({}, { emporix: { products: { 'LAMP-2': 'p-2' } } })
    const gallery = ['https://cdn.example.com/1.jpg']
    const answers = await rig.push([aProduct({ code: 'LAMP-1', gallery }), aProduct({ code: 'LAMP-2', gallery })])
    expect(statuses(answers)).toEqual(['failed product-missing', 'created'])
    expect(answers[0]).toMatchObject({
      message: 'The shop has no product with the code "LAMP-1". Create it there first.',
      attempts: 0,
    })
  })

  it('is not sent where two products have its code', async () => {
    const rig = await start()
    const answers = await rig.push([aProduct({ gallery: ['https://cdn.example.com/1.jpg'] })], {
      meddle: async (request, send) => {
        if (!request.url.includes('/product/')) return send(request)
        const body = JSON.stringify(['p1', 'p2'].map(id => ({ id, code: 'LAMP-001' })))
        return { status: 200, headers: {}, body, attempts: 1 }
      },
    })
    expect(statuses(answers)).toEqual(['failed product-ambiguous'])
    expect(await rig.assets()).toEqual([])
  })

  it('with a code that cannot be asked for fails with the words of the shop', async () => {
    const rig = await start()
    const answers = await rig.push([aProduct({ code: '19" lamp', gallery: ['https://cdn.example.com/1.jpg'] })])
    expect(statuses(answers)).toEqual(['failed product-missing'])
    expect(answers[0]).toMatchObject({ message: expect.stringContaining('Emporix did not take the question: ') })
  })

  it.each(['enclose', 'literal'] as const)('with a plain code is found whatever quotes mean (%s)', async quotes => {
    const rig = await start({}, { emporix: { quotes } })
    const goods = ['007', 'a/b', 'Ångström', '__proto__'].map((code, seq) =>
      aProduct({ code, seq, gallery: [`https://cdn.example.com/${seq}.jpg`] }),
    )
    expect(new Set(statuses(await rig.push(goods)))).toEqual(new Set(['created']))
  })

  it('takes its code for the id with resolve: none, without a look at the products', async () => {
    const rig = await start({ resolve: 'none' })
    await rig.push([aProduct({ code: 'p-77', gallery: ['https://cdn.example.com/1.jpg'] })])
    expect((await rig.assets()).map(({ refIds }) => refIds)).toEqual([[{ id: 'p-77', type: 'PRODUCT' }]])
    expect(rig.requests.filter(each => each.includes('/product/'))).toEqual([])
  })
})
