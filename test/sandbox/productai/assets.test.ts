import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, image, productAis, refusal, shown } from './client.ts'

const start = productAis()
const NOT_FOUND = refusal(404, 'NOT_FOUND', 'Asset not found')

describe('productai processing', () => {
  it('is over at the next look', async () => {
    const studio = await start()
    const created = shown(await studio.import({ url: image(1), name: 'Lamp' }))
    expect([created.status, (await studio.get(created.asset_id)).status]).toEqual(['processing', 'ready'])
  })

  it('can take its time', async () => {
    const clock = new ManualClock()
    const studio = await start({ processingMs: 5000 }, { clock })
    const id = await studio.hold('LAMP-7', image(1))
    clock.advance(4999)
    expect(await studio.get(id)).toMatchObject({ status: 'processing', updated_at: '2026-01-01T00:00:00Z' })
    expect(await studio.list()).toMatchObject({ assets: [{ asset_id: id, status: 'processing' }] })
    clock.advance(1)
    expect(await studio.get(id)).toMatchObject({ status: 'ready', updated_at: '2026-01-01T00:00:05Z' })
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(1)] })
  })

  it('can take for ever', async () => {
    const studio = await start({ processingMs: Number.POSITIVE_INFINITY })
    const id = await studio.hold('LAMP-7', image(1))
    expect(await studio.get(id)).toMatchObject({ status: 'processing' })
    expect((await studio.list({ status: 'processing' })).total).toBe(1)
  })

  it('fails for a name or URL with "poison" in it, and such an asset is in no gallery', async () => {
    const clock = new ManualClock()
    const studio = await start({ processingMs: 1000 }, { clock })
    const bodies = [
      { url: image(1), name: 'Poison lamp', tags: ['sku:LAMP-7'] },
      { url: 'https://cdn.example.com/poison.jpg', name: 'Lamp', tags: ['sku:LAMP-7'] },
      { url: image(3), name: 'Lamp', tags: ['sku:LAMP-7'] },
    ]
    for (const body of bodies) expect(shown(await studio.import(body)).status).toBe('processing')
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(1), 'https://cdn.example.com/poison.jpg', image(3)] })
    clock.advance(1000)
    expect((await studio.list()).assets.map(({ status }) => status)).toEqual(['ready', 'failed', 'failed'])
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(3)] })
  })
})

describe('productai GET /assets/{asset_id}', () => {
  it('shows what the upload showed, the status of now, and updated_at', async () => {
    const studio = await start()
    const created = shown(await studio.import({ url: image(1), name: 'Lamp', tags: ['a'] }))
    expect(facts(await studio.call('GET', `/assets/${created.asset_id}`))).toEqual([
      200,
      { ...created, status: 'ready', updated_at: created.created_at },
    ])
  })

  it.each(['asset_xyz789', '__proto__', '%00', '%F0%9F%98%80'])('does not find %s', async id => {
    const studio = await start()
    expect(facts(await studio.call('GET', `/assets/${id}`))).toEqual(NOT_FOUND)
  })
})

describe('productai DELETE /assets/{asset_id}', () => {
  it('answers 204 without a body, and 404 from then on', async () => {
    const studio = await start()
    const [gone, kept] = [await studio.hold('LAMP-7', image(1)), await studio.hold('LAMP-7', image(2))]
    const answer = await studio.call('DELETE', `/assets/${gone}`)
    expect([answer.status, answer.text]).toEqual([204, ''])
    const after = [await studio.call('DELETE', `/assets/${gone}`), await studio.call('GET', `/assets/${gone}`)]
    expect(after.map(facts)).toEqual([NOT_FOUND, NOT_FOUND])
    expect((await studio.list()).assets.map(({ asset_id }) => asset_id)).toEqual([kept])
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(2)] })
  })
})
