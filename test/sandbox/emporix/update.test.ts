import { beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { blob, details, link, type Shop, shops } from './client.ts'

const start = shops()
const URL_1 = 'https://cdn.example.com/oak-chair/1.jpg'
const URL_2 = 'https://cdn.example.com/oak-chair/2.jpg'
const NOT_FOUND = {
  code: 404,
  status: 'element_resource_non_existing',
  message: 'The asset with the requested code does not exist.',
}

describe('emporix PUT /media/{tenant}/assets/{id}', () => {
  let clock: ManualClock
  let shop: Shop
  let product = ''
  let id = ''
  beforeEach(async () => {
    clock = new ManualClock()
    shop = await start({ clock })
    product = await shop.idOf('OAK-CHAIR')
    id = await shop.put(link(URL_1, product))
  })

  it('replaces the asset and answers 204 without a body', async () => {
    clock.advance(1000)
    const answer = await shop.update(id, { ...link(URL_2, product), metadata: { version: 1 } })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(await shop.read(id)).toEqual({
      id,
      ...link(URL_2, product),
      metadata: { createdAt: '2026-01-01T00:00:00.000Z', modifiedAt: '2026-01-01T00:00:01.000Z', version: 2 },
    })
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_2] })
  })

  it.each([{}, { metadata: {} }, { metadata: null }])(
    'refuses a request without a version with 400: %j',
    async more => {
      const answer = await shop.update(id, { ...link(URL_2, product), ...more })
      expect([answer.status, answer.json]).toEqual([
        400,
        {
          code: 400,
          status: 'Bad request',
          message: 'The document version has to be provided on update operations.',
          resourceId: id,
        },
      ])
      expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_1] })
    },
  )

  it('refuses a version that is not the latest with 409', async () => {
    await shop.update(id, { ...link(URL_2, product), metadata: { version: 1 } })
    for (const version of [1, 3]) {
      const answer = await shop.update(id, { ...link(URL_1, product), metadata: { version } })
      expect([answer.status, answer.json]).toEqual([
        409,
        { code: 409, status: 'Conflict', message: 'Conflict', resourceId: id },
      ])
    }
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_2] })
  })

  it.each([0, 1.5, '1', true])('refuses the version %j with 400', async version => {
    const answer = await shop.update(id, { ...link(URL_2), metadata: { version } })
    expect([answer.status, details(answer)]).toEqual([400, ['metadata.version: must be a whole number from 1']])
  })

  it('is no upsert: an unknown id is 404', async () => {
    const answer = await shop.update('none', { ...link(URL_2), metadata: { version: 1 } })
    expect([answer.status, answer.json]).toEqual([404, { ...NOT_FOUND, resourceId: 'none' }])
  })

  it('changes neither type nor access, which must be sent all the same', async () => {
    const metadata = { version: 1 }
    const answers = [
      await shop.update(id, { type: 'LINK', access: 'PRIVATE', url: URL_2, metadata }),
      await shop.update(id, blob({ metadata })),
      await shop.update(id, { url: URL_2, access: 'PUBLIC', metadata }),
      await shop.update(id, { type: 'LINK', url: URL_2, metadata }),
      await shop.update(id, { type: 'LINK', access: 'PUBLIC', metadata }),
    ]
    expect(answers.map(answer => [answer.status, details(answer)])).toEqual([
      [400, ['access: is PUBLIC and cannot be changed']],
      [400, ['type: is LINK and cannot be changed']],
      [400, ['type: must be LINK in a request of this content type']],
      [400, ['access: must be PUBLIC or PRIVATE']],
      [400, ['url: must be a non-empty string']],
    ])
  })

  it('replaces the references by those that are sent, none included', async () => {
    const other = await shop.idOf('LAMP-7')
    await shop.update(id, { ...link(URL_1, other), metadata: { version: 1 } })
    expect(shop.galleries).toEqual({ 'LAMP-7': [URL_1] })
    expect((await shop.list({ q: `refIds.id:${product}` })).json).toEqual([])
    await shop.update(id, { ...link(URL_1), refIds: undefined, metadata: { version: 2 } })
    expect(shop.galleries).toEqual({})
  })

  it('can add the references that are sent to those that are held', async () => {
    const merging = await start({ emporix: { refIds: 'merged' } })
    const asset = await merging.put(link(URL_1, product))
    const other = await merging.idOf('LAMP-7')
    await merging.update(asset, { ...link(URL_1, other, product), metadata: { version: 1 } })
    await merging.update(asset, { ...link(URL_2), metadata: { version: 2 } })
    expect(await merging.read(asset)).toMatchObject(link(URL_2, product, other))
    expect(merging.galleries).toEqual({ 'OAK-CHAIR': [URL_2], 'LAMP-7': [URL_2] })
  })

  it('keeps the place of an asset in the order of creation', async () => {
    await shop.put(link(URL_2, product))
    await shop.update(id, { ...link('https://cdn.example.com/new.jpg', product), metadata: { version: 1 } })
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': ['https://cdn.example.com/new.jpg', URL_2] })
  })

  it('takes a BLOB as a form with its file, even to change a reference', async () => {
    const refIds = [{ type: 'PRODUCT', id: product }]
    const asset = await shop.put(blob({ refIds, details: { filename: 'OAK-CHAIR_1' } }))
    const metadata = { version: 1 }
    const json = await shop.update(asset, { type: 'BLOB', access: 'PUBLIC', refIds, metadata })
    expect([json.status, details(json)]).toEqual([400, ['type: must be LINK in a request of this content type']])
    const form = new FormData()
    form.append('body', JSON.stringify({ type: 'BLOB', access: 'PUBLIC', refIds, metadata }))
    expect(details(await shop.update(asset, form))).toEqual(['file: must be one part with a file name'])
    const named = { filename: 'OAK-CHAIR_2', mimeType: 'image/png' }
    expect((await shop.update(asset, blob({ refIds, details: named, metadata }, 'others'))).status).toBe(204)
    expect(await shop.read(asset)).toMatchObject({ details: { ...named, bytes: 6 }, metadata: { version: 2 } })
  })

  it('is the only way to change an asset: there is no PATCH', async () => {
    const answer = await shop.assets('PATCH', `/${id}`, { body: [{ op: 'replace', path: '/url', value: URL_2 }] })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE'])
  })
})

describe('emporix DELETE /media/{tenant}/assets/{id}', () => {
  it('deletes the asset and answers 204 without a body', async () => {
    const shop = await start()
    const product = await shop.idOf('OAK-CHAIR')
    const [first, second] = [await shop.put(link(URL_1, product)), await shop.put(link(URL_2, product))]
    const answer = await shop.assets('DELETE', `/${first}`)
    expect([answer.status, answer.text, shop.galleries]).toEqual([204, '', { 'OAK-CHAIR': [URL_2] }])
    await shop.assets('DELETE', `/${second}`)
    expect([shop.galleries, (await shop.list()).json]).toEqual([{}, []])
  })

  it('answers an unknown id with 404, or with 204', async () => {
    const telling = await start()
    const answer = await telling.assets('DELETE', '/none')
    expect([answer.status, answer.json]).toEqual([404, { ...NOT_FOUND, resourceId: 'none' }])
    const silent = await start({ emporix: { deleteUnknown: 204 } })
    expect((await silent.assets('DELETE', '/none')).status).toBe(204)
  })
})

describe('emporix GET /media/{tenant}/assets/{id}', () => {
  it.each(['none', '%', '%ff', '__proto__', 'a%2Fb'])('answers the unknown id %s with 404', async id => {
    const shop = await start()
    for (const path of [`/${id}`, `/${id}/download`]) {
      const answer = await shop.assets('GET', path)
      expect([answer.status, answer.json]).toEqual([404, { ...NOT_FOUND, resourceId: expect.any(String) }])
    }
  })
})

describe('emporix GET /media/{tenant}/assets/{id}/download', () => {
  it('shows the way to what is public or a link, with 301', async () => {
    const shop = await start()
    const linked = await shop.assets('GET', `/${await shop.put(link(URL_1))}/download`)
    expect([linked.status, linked.headers.get('location')]).toEqual([301, URL_1])
    const id = await shop.put(blob())
    const stored = await shop.assets('GET', `/${id}/download`)
    const { url } = (await shop.read(id)) as { url: string }
    expect([stored.status, stored.headers.get('location')]).toEqual([301, url])
  })

  it.each([
    ['https://cdn.example.com/Stühle 1.jpg', 'https://cdn.example.com/St%C3%BChle%201.jpg'],
    ['https://cdn.example.com/%C3%BC.jpg?a=1,2', 'https://cdn.example.com/%C3%BC.jpg?a=1,2'],
    ['a\r\nx: \ud800', 'a%0D%0Ax:%20%EF%BF%BD'],
  ])('makes a header of %j', async (url, location) => {
    const shop = await start()
    const answer = await shop.assets('GET', `/${await shop.put(link(url))}/download`)
    expect([answer.status, answer.headers.get('location')]).toEqual([301, location])
  })

  it('gives the bytes of a private BLOB', async () => {
    const shop = await start()
    const id = await shop.put(blob({ access: 'PRIVATE' }, 'a contract \u0000'))
    const answer = await shop.assets('GET', `/${id}/download`)
    const { details: held } = (await shop.read(id)) as { details: { etag: string } }
    expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([
      200,
      'a contract \u0000',
      `"${held.etag}"`,
    ])
  })
})
