import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, type MediaPocket, mediaPockets, NOT_FOUND, OK, shown, TAKEN } from './client.ts'

const start = mediaPockets()
const URL_1 = 'https://cdn.example.com/lamp/1.jpg'
const DAY_MS = 24 * 60 * 60 * 1000

function put(dam: MediaPocket, id: string, body: unknown) {
  return dam.call('PUT', `/assets/${id}`, { body })
}

function trash(dam: MediaPocket, id: string) {
  return dam.call('POST', `/assets/${id}/trash_bin`)
}

function restore(dam: MediaPocket, id: string) {
  return dam.call('POST', `/assets/${id}/restore`)
}

describe('mediapocket PUT /assets/:asset_id', () => {
  it('changes the fields that it names and keeps the others, the image too', async () => {
    const clock = new ManualClock()
    const dam = await start({}, { clock })
    const created = shown(await dam.create({ title: 'Lamp', category: 'Light', tags: ['a'], external_id: 'LAMP-7#1' }))
    await dam.attach(created.id, URL_1)
    clock.advance(1000)
    const answer = await put(dam, created.id, { category: 'Floor LAMPS', tags: ['b', 'c'], external_id: 'LAMP-7#2' })
    expect(facts(answer)).toEqual([
      200,
      {
        asset: {
          ...created,
          category: 'floor lamps',
          tags: ['b', 'c'],
          external_id: 'LAMP-7#2',
          media_type: 'image',
          original_filename: 'lamp.jpg',
          md5_sum: expect.any(String),
          modification_date: '2026-01-01T00:00:01.000Z',
        },
      },
    ])
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_1] })
    expect((await dam.create({ title: 'Lamp', external_id: 'LAMP-7#1' })).status).toBe(200)
  })

  it('can clear the fields that it does not name, and then wants a title', async () => {
    const dam = await start({ unnamedFields: 'cleared' })
    const { id } = shown(await dam.create({ title: 'Lamp', category: 'light', tags: ['a'], external_id: 'LAMP-7#1' }))
    expect(facts(await put(dam, id, { tags: ['b'] }))).toEqual([422, { error: 'Missing parameter title' }])
    expect(shown(await put(dam, id, { title: 'Lamp 7' }))).toMatchObject({
      title: 'Lamp 7',
      category: null,
      tags: [],
      external_id: null,
    })
  })

  it('refuses the external id of another asset, but not its own', async () => {
    const dam = await start()
    const [front, back] = [await dam.place('LAMP-7#1'), await dam.place('LAMP-7#2')]
    expect(facts(await put(dam, back.id, { external_id: 'LAMP-7#1', title: 'Other' }))).toEqual(TAKEN)
    expect(await dam.get(back.id)).toEqual(back)
    expect((await put(dam, front.id, { external_id: 'LAMP-7#1' })).status).toBe(200)
  })

  it.each<[unknown, number, string]>([
    [{ title: '' }, 422, 'Missing parameter title'],
    [{ title: 7 }, 422, `Invalid parameter 'title' value 7: Must be a String`],
    [{ tags: 'a' }, 422, `Invalid parameter 'tags' value "a": Must be an array of String`],
    [{ external_id: null }, 422, `Invalid parameter 'external_id' value null: Must be a String`],
    ['[]', 400, 'The request body must be a JSON object'],
  ])('refuses %j with %i', async (body, status, error) => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    expect(facts(await put(dam, id, body))).toEqual([status, { error }])
  })
})

describe('mediapocket trash', () => {
  it('hides an asset from every call and every gallery until it is restored', async () => {
    const dam = await start({}, { clock: new ManualClock() })
    const { id } = await dam.place('LAMP-7#1')
    await dam.attach(id, URL_1)
    const before = await dam.get(id)
    const trashed = { ...before, deleted: '2026-01-01T00:00:00.000Z' }
    expect(facts(await trash(dam, id))).toEqual([200, { asset: trashed }])
    expect(dam.galleries).toEqual({})
    const answers = [
      await dam.call('GET', `/assets/${id}`),
      await put(dam, id, { title: 'Lamp' }),
      await trash(dam, id),
    ]
    expect(answers.map(facts)).toEqual([NOT_FOUND, NOT_FOUND, NOT_FOUND])
    expect(facts(await restore(dam, id))).toEqual([200, { asset: before }])
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_1] })
  })

  it('does not restore what is not in it', async () => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    expect(facts(await restore(dam, id))).toEqual(NOT_FOUND)
  })

  it('can show its assets to every call', async () => {
    const dam = await start({ trash: 'shown' })
    const { id } = await dam.place('LAMP-7#1')
    await trash(dam, id)
    expect(await dam.get(id)).toMatchObject({ deleted: expect.any(String) })
    expect((await put(dam, id, { title: 'Lamp 7' })).status).toBe(200)
    expect(dam.galleries).toEqual({})
  })

  it('keeps the external id taken', async () => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    await trash(dam, id)
    expect(facts(await dam.create({ title: 'Lamp', external_id: 'LAMP-7#1' }))).toEqual(TAKEN)
  })

  it('can set the external id free, and then does not restore over its new holder', async () => {
    const dam = await start({ trashKeepsExternalId: false })
    const { id } = await dam.place('LAMP-7#1')
    await trash(dam, id)
    const next = await dam.place('LAMP-7#1')
    expect(next.id).not.toBe(id)
    expect(facts(await restore(dam, id))).toEqual(TAKEN)
    await trash(dam, next.id)
    expect((await restore(dam, id)).status).toBe(200)
  })

  it('loses an asset after 14 days, and its external id is free', async () => {
    const clock = new ManualClock()
    const dam = await start({ trash: 'shown' }, { clock })
    const { id } = await dam.place('LAMP-7#1')
    await trash(dam, id)
    clock.advance(14 * DAY_MS - 1)
    expect(facts(await dam.create({ title: 'Lamp', external_id: 'LAMP-7#1' }))).toEqual(TAKEN)
    clock.advance(1)
    const answers = [await dam.call('GET', `/assets/${id}`), await restore(dam, id)]
    expect(answers.map(facts)).toEqual([NOT_FOUND, NOT_FOUND])
    expect((await dam.place('LAMP-7#1')).id).not.toBe(id)
  })

  it('can answer no more than ok, as PUT can', async () => {
    const dam = await start({ actionAnswer: 'ok' })
    const { id } = await dam.place('LAMP-7#1')
    const answers = [await put(dam, id, { title: 'Lamp 7' }), await trash(dam, id), await restore(dam, id)]
    expect(answers.map(facts)).toEqual([OK, OK, OK])
    expect(await dam.get(id)).toMatchObject({ title: 'Lamp 7', deleted: null })
  })
})
