import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { asset, link, type Pim, pims } from './client.ts'

const start = pims()

interface Page {
  readonly _links: {
    readonly self: { href: string }
    readonly first: { href: string }
    readonly next?: { href: string }
  }
  readonly _embedded: { readonly items: readonly { readonly code: string }[] }
}

async function pageOf(pim: Pim, query: Record<string, string> = {}): Promise<Page> {
  return (await pim.get(`${pim.family}/assets`, { query })).json as Page
}

function codesOf(page: Page): string[] {
  return page._embedded.items.map(({ code }) => code)
}

function searchFor(...codes: string[]): { search: string } {
  return { search: JSON.stringify({ code: [{ operator: 'IN', value: codes }] }) }
}

describe('akeneo GET /asset-families/{family}/assets/{code}', () => {
  it('shows the asset, where its link leads, and when it was written', async () => {
    const clock = new ManualClock()
    const pim = await start({ clock, akeneo: { prefix: 'https://cdn.example.com/' } })
    await pim.patch([
      {
        code: 'LAMP_1',
        values: {
          ...asset('LAMP_1', 'lamp.jpg').values,
          photographer: [{ locale: null, channel: null, data: 'ben_levy' }],
        },
      },
    ])
    clock.advance(61_500)
    await pim.patch([{ code: 'LAMP_1' }])
    const answer = await pim.get(`${pim.family}/assets/LAMP_1`)
    const value = { locale: null, channel: null }
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        _links: { self: { href: `${pim.account.baseUrl}${pim.family}/assets/LAMP_1` } },
        code: 'LAMP_1',
        asset_family_code: 'packshots',
        values: {
          media: [
            {
              ...value,
              data: 'lamp.jpg',
              attribute_type: 'media_link',
              linked_data: {
                full_url: 'https://cdn.example.com/lamp.jpg',
                prefix: 'https://cdn.example.com/',
                suffix: null,
              },
            },
          ],
          photographer: [{ ...value, data: 'ben_levy', attribute_type: 'text' }],
        },
        created: '2026-01-01T00:00:00+00:00',
        updated: '2026-01-01T00:01:01+00:00',
      },
    ])
  })

  it('can leave out what only SaaS tells', async () => {
    const pim = await start({ akeneo: { saas: false } })
    await pim.patch([asset('LAMP_1')])
    expect((await pim.get(`${pim.family}/assets/LAMP_1`)).json).toEqual({
      _links: expect.any(Object),
      code: 'LAMP_1',
      values: { media: [{ locale: null, channel: null, data: link('LAMP_1') }] },
      created: expect.any(String),
      updated: expect.any(String),
    })
  })

  it.each(['LAMP_2', '__proto__', 'a-b'])('answers 404 for %s, which is not there', async code => {
    const pim = await start()
    await pim.patch([asset('LAMP_1')])
    for (const method of ['GET', 'DELETE']) {
      const answer = await pim.call(method, `${pim.family}/assets/${code}`)
      expect([answer.status, answer.json]).toEqual([404, { code: 404, message: `Asset "${code}" does not exist.` }])
    }
  })
})

describe('akeneo DELETE /asset-families/{family}/assets/{code}', () => {
  it('answers 204 and forgets the asset, in collections too', async () => {
    const pim = await start()
    await pim.patch([asset('LAMP_1'), asset('LAMP_2')])
    await pim.link('LAMP', ['LAMP_2', 'LAMP_1'])
    const answer = await pim.call('DELETE', `${pim.family}/assets/LAMP_2`)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(pim.galleries).toEqual({ LAMP: [link('LAMP_1')] })
    expect((await pim.get('/api/rest/v1/products/LAMP')).json).toMatchObject({
      values: { packshots: [{ locale: null, scope: null, data: ['LAMP_1'] }] },
    })
    expect((await pim.call('DELETE', `${pim.family}/assets/LAMP_2`)).status).toBe(404)
    expect((await pim.patch([asset('LAMP_2')])).json).toEqual([{ code: 'LAMP_2', status_code: 201 }])
  })
})

describe('akeneo GET /asset-families/{family}/assets', () => {
  it('is read page by page by following next, which the last page does not have', async () => {
    const pim = await start({ akeneo: { pageSize: 2 } })
    const codes = ['LAMP_1', 'LAMP_2', 'SOFA_1', 'SOFA_2', '__proto__']
    await pim.patch(codes.map(code => asset(code)))
    const read: string[][] = []
    let page = await pageOf(pim)
    const first = page._links.self.href
    for (;;) {
      read.push(codesOf(page))
      expect(page._links.first.href).toBe(first)
      if (!page._links.next) break
      const { href } = page._links.next
      page = (await pim.get(href.slice(pim.account.baseUrl.length))).json as Page
      expect(page._links.self.href).toBe(href)
    }
    expect(read.map(({ length }) => length)).toEqual([2, 2, 1])
    expect(read.flat().toSorted()).toEqual(codes)
  })

  it('has no next after a page that is just full, and an empty list of items when there are none', async () => {
    const pim = await start({ akeneo: { pageSize: 2 } })
    expect(await pageOf(pim)).toEqual({
      _links: { self: expect.any(Object), first: expect.any(Object) },
      _embedded: { items: [] },
    })
    await pim.patch([asset('LAMP_1'), asset('LAMP_2')])
    expect((await pageOf(pim))._links).not.toHaveProperty('next')
  })

  it('shows 100 assets a page, whatever limit or page ask for', async () => {
    const pim = await start()
    const items = Array.from({ length: 101 }, (_, at) => asset(`LAMP_${at}`))
    await pim.patch(items.slice(1))
    await pim.patch(items.slice(0, 1))
    expect(codesOf(await pageOf(pim, { limit: '5', page: '2' }))).toHaveLength(100)
  })

  it('finds assets by code', async () => {
    const pim = await start({ akeneo: { pageSize: 2 } })
    await pim.patch(['LAMP_1', 'LAMP_2', 'SOFA_1', 'SOFA_2'].map(code => asset(code)))
    const page = await pageOf(pim, searchFor('SOFA_1', 'LAMP_1', 'nosuch', 'sofa_1', 'LAMP_2'))
    expect(codesOf(page)).toEqual(['LAMP_1', 'LAMP_2'])
    const next = page._links.next?.href.slice(pim.account.baseUrl.length) ?? ''
    expect(codesOf((await pim.get(next)).json as Page)).toEqual(['SOFA_1'])
  })

  it.each([
    ['no JSON', 'code', 400, 'The search query parameter must be a valid JSON.'],
    ['no object', '["LAMP_1"]', 400, 'The search query parameter must be a valid JSON.'],
    [
      'another operator',
      '{"code":[{"operator":"=","value":"LAMP_1"}]}',
      422,
      'The search filters have an invalid format.',
    ],
    ['a bare code', '{"code":"LAMP_1"}', 422, 'The search filters have an invalid format.'],
    ['another filter', '{"name":[{"operator":"IN","value":["x"]}]}', 422, 'The search filters have an invalid format.'],
    [
      'values that are no texts',
      '{"code":[{"operator":"IN","value":[1]}]}',
      422,
      'The search filters have an invalid format.',
    ],
  ])('refuses a search that is %s', async (_, search, status, message) => {
    const pim = await start()
    const answer = await pim.get(`${pim.family}/assets`, { query: { search } })
    expect([answer.status, answer.json]).toEqual([status, { code: status, message }])
  })

  it('can be too old to search by code', async () => {
    const pim = await start({ akeneo: { searchable: false } })
    expect((await pim.get(`${pim.family}/assets`, { query: searchFor('LAMP_1') })).status).toBe(422)
    expect((await pim.get(`${pim.family}/assets`)).status).toBe(200)
  })

  it('can lag behind, while a GET by code does not', async () => {
    const clock = new ManualClock()
    const pim = await start({ clock, akeneo: { indexLagMs: 5000 } })
    await pim.patch([asset('LAMP_1')])
    clock.advance(4999)
    expect(codesOf(await pageOf(pim))).toEqual([])
    expect(codesOf(await pageOf(pim, searchFor('LAMP_1')))).toEqual([])
    expect((await pim.get(`${pim.family}/assets/LAMP_1`)).status).toBe(200)
    clock.advance(1)
    expect(codesOf(await pageOf(pim))).toEqual(['LAMP_1'])
    expect(codesOf(await pageOf(pim, searchFor('LAMP_1')))).toEqual(['LAMP_1'])
  })

  it('shows the values of one channel and some locales', async () => {
    const pim = await start({ akeneo: { valuePerLocale: true, valuePerChannel: true, saas: false } })
    const media = [
      { locale: 'en_US', channel: 'ecommerce', data: 'a' },
      { locale: 'fr_FR', channel: 'ecommerce', data: 'b' },
      { locale: 'en_US', channel: 'print', data: 'c' },
    ]
    await pim.patch([{ code: 'LAMP_1', values: { media } }])
    const shown = async (query: Record<string, string>) => (await pageOf(pim, query))._embedded.items
    expect(await shown({})).toMatchObject([{ values: { media } }])
    expect(await shown({ channel: 'ecommerce' })).toMatchObject([{ values: { media: media.slice(0, 2) } }])
    expect(await shown({ channel: 'ecommerce', locales: 'fr_FR' })).toMatchObject([{ values: { media: [media[1]] } }])
    const wrong = [
      await pim.get(`${pim.family}/assets`, { query: { channel: 'tv' } }),
      await pim.get(`${pim.family}/assets`, { query: { locales: 'en_US,xx' } }),
    ]
    expect(wrong.map(({ status }) => status)).toEqual([422, 422])
  })
})
