import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, mediaPockets, NOT_FOUND, OK, shown } from './client.ts'

const start = mediaPockets()
const URL_1 = 'https://cdn.example.com/lamp/1.jpg'
const URL_2 = 'https://cdn.example.com/lamp/2.jpg'
const NO_MEDIA = { error: 'No media found on this asset.', status: 400 }

describe('mediapocket POST /assets/:asset_id/media', () => {
  it('answers ok and makes the asset an image', async () => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    expect(facts(await dam.attach(id, URL_1, 'lamp-front.jpg'))).toEqual(OK)
    expect(await dam.get(id)).toMatchObject({
      media_type: 'image',
      original_filename: 'lamp-front.jpg',
      md5_sum: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_1] })
  })

  it('can take its time: ok does not mean fetched', async () => {
    const clock = new ManualClock()
    const dam = await start({ mediaDelayMs: 5000 }, { clock })
    const { id } = await dam.place('LAMP-7#1')
    expect(facts(await dam.attach(id, URL_1))).toEqual(OK)
    clock.advance(4999)
    expect(await dam.get(id)).toMatchObject({ media_type: 'placeholder', original_filename: null, md5_sum: null })
    expect(dam.galleries).toEqual({ 'LAMP-7': [] })
    clock.advance(1)
    expect(await dam.get(id)).toMatchObject({ media_type: 'image', original_filename: 'lamp.jpg' })
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_1] })
  })

  it('never fetches a URL that it cannot reach, and says ok all the same', async () => {
    const dam = await start({ isReachable: url => url !== URL_1 })
    const [front, back] = [await dam.place('LAMP-7#1'), await dam.place('LAMP-7#2')]
    expect(facts(await dam.attach(front.id, URL_1))).toEqual(OK)
    await dam.attach(back.id, URL_2)
    expect(await dam.get(front.id)).toMatchObject({ media_type: 'placeholder', md5_sum: null })
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_2] })
  })

  it.each<[unknown, number, string]>([
    [{ filename: 'lamp.jpg' }, 422, 'Missing parameter file_url'],
    [{ file_url: URL_1 }, 422, 'Missing parameter filename'],
    [{ file_url: URL_1, filename: '' }, 422, 'Missing parameter filename'],
    [{ file_url: 7, filename: 'lamp.jpg' }, 422, `Invalid parameter 'file_url' value 7: Must be a String`],
    [{ file_url: URL_1, filename: null }, 422, `Invalid parameter 'filename' value null: Must be a String`],
    [{ file_url: 'ftp://cdn.example.com/1.jpg', filename: 'lamp.jpg' }, 400, 'not a valid HTTP URL'],
    [{ file_url: 'images/1.jpg', filename: 'lamp.jpg' }, 400, 'not a valid HTTP URL'],
    [{ file_url: 'https://', filename: 'lamp.jpg' }, 400, 'not a valid HTTP URL'],
    [{ file_url: 'javascript:alert(1)', filename: 'lamp.jpg' }, 400, 'not a valid HTTP URL'],
  ])('refuses %j with %i', async (body, status, error) => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    expect(facts(await dam.call('POST', `/assets/${id}/media`, { body }))).toEqual([status, { error }])
    expect(dam.galleries).toEqual({ 'LAMP-7': [] })
  })

  it('replaces an image that is there', async () => {
    const clock = new ManualClock()
    const dam = await start({ mediaDelayMs: 1000 }, { clock })
    const { id } = await dam.place('LAMP-7#1')
    await dam.attach(id, URL_1)
    clock.advance(1000)
    const before = await dam.get(id)
    await dam.attach(id, URL_2)
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_1] })
    clock.advance(1000)
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_2] })
    expect((await dam.get(id)).md5_sum).not.toBe(before.md5_sum)
  })

  it('can refuse a second image until the first is removed', async () => {
    const dam = await start({ secondMedia: 'refused' })
    const { id } = await dam.place('LAMP-7#1')
    await dam.attach(id, URL_1)
    expect(facts(await dam.attach(id, URL_2))).toEqual([400, { error: 'Media already exists on this asset.' }])
    await dam.call('DELETE', `/assets/${id}/media`)
    expect(facts(await dam.attach(id, URL_2))).toEqual(OK)
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_2] })
  })
})

describe('mediapocket DELETE /assets/:asset_id/media', () => {
  it('makes the asset a placeholder again', async () => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    await dam.attach(id, URL_1)
    const answer = await dam.call('DELETE', `/assets/${id}/media`)
    expect(facts(answer)).toEqual([200, { asset: await dam.get(id) }])
    expect(shown(answer)).toMatchObject({ media_type: 'placeholder', original_filename: null, md5_sum: null })
    expect(dam.galleries).toEqual({ 'LAMP-7': [] })
  })

  it('answers 200 with the error inside when there is none', async () => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    const answer = await dam.call('DELETE', `/assets/${id}/media`)
    expect(facts(answer)).toEqual([200, { asset: await dam.get(id), errors: NO_MEDIA }])
  })

  it('does not stop an image that is on its way', async () => {
    const clock = new ManualClock()
    const dam = await start({ mediaDelayMs: 1000 }, { clock })
    const { id } = await dam.place('LAMP-7#1')
    await dam.attach(id, URL_1)
    expect((await dam.call('DELETE', `/assets/${id}/media`)).json).toMatchObject({ errors: NO_MEDIA })
    clock.advance(1000)
    expect(dam.galleries).toEqual({ 'LAMP-7': [URL_1] })
  })

  it('does not find the media of an asset in the trash', async () => {
    const dam = await start()
    const { id } = await dam.place('LAMP-7#1')
    await dam.call('POST', `/assets/${id}/trash_bin`)
    expect(facts(await dam.call('DELETE', `/assets/${id}/media`))).toEqual(NOT_FOUND)
    expect(facts(await dam.attach(id, URL_1))).toEqual(NOT_FOUND)
  })
})
