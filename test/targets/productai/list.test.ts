import { describe, expect, it } from 'vitest'
import { Fault } from '../../../src/model/fault.ts'
import type { HttpResponse } from '../../../src/model/http.ts'
import { prepare } from '../../../src/targets/productai/facts.ts'
import { productai } from '../../../src/targets/productai/index.ts'
import { findAsset, listAssets } from '../../../src/targets/productai/list.ts'
import { tagOf } from '../../../src/targets/productai/tag.ts'
import { aFault, anAnswer, aWire, faultOf } from '../../helpers/http.ts'
import { noImage } from '../../helpers/wire.ts'
import { optionsOf } from './rig.ts'

const BASE = 'https://api.example.com/v1'

const asset = (no: number, facts: object = {}) => ({
  asset_id: `asset_${no}`,
  status: 'ready',
  name: '',
  tags: [],
  ...facts,
})
const page = (has_more: unknown, ...assets: unknown[]) => anAnswer({ body: JSON.stringify({ assets, has_more }) })

/** An account that answers with these pages. */
function anAccount(...pages: readonly (HttpResponse | Fault)[]) {
  const { send, sent } = aWire(...pages)
  const paths = () => sent.map(({ method, url }) => `${method} ${url.slice(BASE.length)}`)
  return { io: { send, baseUrl: BASE, note: () => undefined, image: noImage }, paths }
}

describe('productai list', () => {
  it('reads a hundred at a time until there is no more, by as many as came', async () => {
    const { io, paths } = anAccount(page(true, asset(1), asset(2)), page(true, asset(3)), page(false, asset(4)))
    const assets = await listAssets(io)
    expect(assets.map(({ id }) => id)).toEqual(['asset_1', 'asset_2', 'asset_3', 'asset_4'])
    expect(paths()).toEqual([0, 2, 3].map(offset => `GET /my-uploaded-assets?limit=100&offset=${offset}`))
  })

  it('counts an asset once that moves between pages while somebody uploads', async () => {
    const { io } = anAccount(page(true, asset(1), asset(2)), page(false, asset(2), asset(3)))
    expect(await listAssets(io)).toHaveLength(3)
  })

  it('encodes what it asks for', async () => {
    const { io, paths } = anAccount(page(false))
    await listAssets(io, { tags: 'a&b=c#d' })
    expect(paths()).toEqual(['GET /my-uploaded-assets?limit=100&offset=0&tags=a%26b%3Dc%23d'])
  })

  it('does not go round in circles with a server that always has more', async () => {
    const { io, paths } = anAccount(page(true, asset(1)))
    expect((await faultOf(listAssets(io))).kind).toBe('unreadable')
    expect(paths()).toHaveLength(2)
    expect((await faultOf(listAssets(anAccount(page(true)).io))).kind).toBe('unreadable')
  })

  it.each([
    ['no list', anAnswer({ body: '{"has_more":false}' })],
    ['no word whether there is more', page(undefined, asset(1))],
    ['an asset without id', page(false, { status: 'ready' })],
    ['an asset with an empty id', page(false, asset(1, { asset_id: '' }))],
    ['an id that leads elsewhere', page(false, asset(1, { asset_id: '..' }))],
    ['an id that is no text', page(false, asset(1, { asset_id: '\ud800' }))],
    ['an asset without status', page(false, { asset_id: 'asset_1' })],
    ['something else than assets', page(false, 'asset_1')],
    ['an empty answer', anAnswer({ status: 204, body: '' })],
  ])('cannot be read with %s', async (_, answer) => {
    const fault = await faultOf(listAssets(anAccount(answer).io))
    expect([fault.kind, fault.message.startsWith('HTTP 20')]).toEqual(['unreadable', true])
  })

  it('takes assets that others uploaded without name or tags', async () => {
    const { io } = anAccount(page(false, { asset_id: 'asset_1', status: 'ready', tags: null }))
    expect(await listAssets(io)).toEqual([{ id: 'asset_1', status: 'ready', name: '', tags: [] }])
  })
})

describe('productai asset', () => {
  it('is asked for by its encoded id', async () => {
    const { io, paths } = anAccount(anAnswer({ body: JSON.stringify(asset(1, { asset_id: 'a/b?c' })) }))
    expect(await findAsset('a/b?c', io)).toMatchObject({ id: 'a/b?c', status: 'ready' })
    expect(paths()).toEqual(['GET /assets/a%2Fb%3Fc'])
  })

  it('is not there after 404', async () => {
    expect(await findAsset('asset_1', anAccount(aFault('refused', { http: 404 })).io)).toBeNull()
    expect((await faultOf(findAsset('asset_1', anAccount(aFault('endpoint', { http: 404 })).io))).http).toBe(404)
    expect((await faultOf(findAsset('asset_1', anAccount(aFault('ambiguous', { http: 500 })).io))).http).toBe(500)
  })

  it('is another one when its id is another one', async () => {
    const { io } = anAccount(anAnswer({ body: JSON.stringify(asset(2)) }))
    expect((await faultOf(findAsset('asset_1', io))).kind).toBe('unreadable')
  })
})

describe('productai before the first write', () => {
  it('finds assets of ours by their tag, and counts the others', async () => {
    const tag = tagOf('LAMP-1 https://cdn.example.com/lamp.jpg')
    const own = asset(1, { tags: ['lamps', tag] })
    const others = [asset(2), asset(3, { tags: ['assetsync-', 'assetsync-XYZ'] })]
    const { assets, count } = await prepare(anAccount(page(false, own, ...others)).io)
    expect([[...assets.keys()], count]).toEqual([[tag], 3])
  })

  it('sends nothing when the account cannot be read', async () => {
    const { io } = anAccount(new Fault('ambiguous', 'down', { http: 502 }))
    expect((await faultOf(prepare(io))).kind).toBe('ambiguous')
  })

  it('proves address and key with the smallest list there is', async () => {
    const { io, paths } = anAccount(page(true, asset(1)))
    await productai.probe(io, optionsOf())
    expect(paths()).toEqual(['GET /my-uploaded-assets?limit=1'])
  })
})
