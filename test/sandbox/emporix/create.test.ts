import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { blob, details, link, shops } from './client.ts'

const start = shops()
const URL_1 = 'https://cdn.example.com/oak-chair/1.jpg'

describe('emporix POST /media/{tenant}/assets', () => {
  it('makes a LINK of JSON and answers with its id alone', async () => {
    const shop = await start({ clock: new ManualClock() })
    const product = await shop.idOf('OAK-CHAIR')
    const answer = await shop.create(link(URL_1, product))
    const { id } = answer.json as { id: string }
    expect([answer.status, answer.json]).toEqual([201, { id: expect.stringMatching(/^[0-9a-f]{24}$/) }])
    expect(await shop.read(id)).toEqual({
      id,
      type: 'LINK',
      access: 'PUBLIC',
      url: URL_1,
      refIds: [{ id: product, type: 'PRODUCT' }],
      metadata: { createdAt: '2026-01-01T00:00:00.000Z', modifiedAt: '2026-01-01T00:00:00.000Z', version: 1 },
    })
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_1] })
  })

  it('makes a BLOB of a form with the file and a body of JSON text', async () => {
    const shop = await start()
    const product = await shop.idOf('OAK-CHAIR')
    const refIds = [{ type: 'PRODUCT', id: product }]
    const named = { filename: 'OAK-CHAIR_1', mimeType: 'image/png' }
    const id = await shop.put(blob({ refIds, details: named }, 'bytes'))
    expect(await shop.read(id)).toEqual({
      id,
      type: 'BLOB',
      access: 'PUBLIC',
      url: expect.stringMatching(/^https:/),
      details: { ...named, bytes: 5, etag: expect.stringMatching(/^[0-9a-f]{32}$/) },
      refIds: [{ id: product, type: 'PRODUCT' }],
      metadata: { createdAt: expect.any(String), modifiedAt: expect.any(String), version: 1 },
    })
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': ['file:OAK-CHAIR_1'] })
  })

  it('takes the name and type of the file where the body has none', async () => {
    const shop = await start()
    const id = await shop.put(blob({}, 'bytes', 'Stühle "1".jpg'))
    expect(await shop.read(id)).toMatchObject({ details: { filename: 'Stühle "1".jpg', mimeType: 'image/jpeg' } })
  })

  it('makes another asset of the same request: there is no natural key', async () => {
    const shop = await start()
    const product = await shop.idOf('OAK-CHAIR')
    const ids = [await shop.put(link(URL_1, product)), await shop.put(link(URL_1, product))]
    expect(new Set(ids).size).toBe(2)
    expect(shop.galleries).toEqual({ 'OAK-CHAIR': [URL_1, URL_1] })
  })

  it('never gives an id twice, even after its asset is deleted', async () => {
    const shop = await start()
    const first = await shop.put(link(URL_1))
    await shop.assets('DELETE', `/${first}`)
    expect(await shop.put(link(URL_1))).not.toBe(first)
  })

  it.each(['BRAND', 'CATEGORY', 'LABEL', 'PRODUCT', 'MODULE'])(
    'refuses a PRIVATE asset that refers to a %s with 400',
    async type => {
      const shop = await start()
      const body = { type: 'LINK', access: 'PRIVATE', url: URL_1, refIds: [{ type, id: await shop.idOf('LAMP-7') }] }
      const answer = await shop.create(body)
      expect([answer.status, answer.json]).toEqual([
        400,
        {
          code: 400,
          status: 'Bad request',
          message: 'The request is not valid.',
          details: [`refIds: ${type} needs the access PUBLIC`],
        },
      ])
      expect((await shop.list()).json).toEqual([])
    },
  )

  it('takes a PRIVATE asset that refers to a custom type or to nothing', async () => {
    const shop = await start()
    const body = { type: 'LINK', access: 'PRIVATE', url: URL_1 }
    const contract = { ...body, refIds: [{ type: 'CONTRACT', id: 'c-1' }] }
    expect([(await shop.create(body)).status, (await shop.create(contract)).status]).toEqual([201, 201])
  })

  it.each<[string, unknown, string]>([
    ['no body', '', 'the body: is not valid JSON'],
    ['cut JSON', '{"type":', 'the body: is not valid JSON'],
    ['a byte order mark', '\ufeff{}', 'the body: is not valid JSON'],
    ['an array', [link(URL_1)], 'the body: must be a JSON object'],
    ['no type', { access: 'PUBLIC', url: URL_1 }, 'type: must be LINK in a request of this content type'],
    ['a BLOB as JSON', { ...link(URL_1), type: 'BLOB' }, 'type: must be LINK in a request of this content type'],
    ['a LINK as a form', blob({ type: 'LINK', url: URL_1 }), 'type: must be BLOB in a request of this content type'],
    ['no access', { type: 'LINK', url: URL_1 }, 'access: must be PUBLIC or PRIVATE'],
    ['another access', { ...link(URL_1), access: 'public' }, 'access: must be PUBLIC or PRIVATE'],
    ['no url', { ...link(URL_1), url: undefined }, 'url: must be a non-empty string'],
    ['an empty url', link(''), 'url: must be a non-empty string'],
    ['refIds that are an object', { ...link(URL_1), refIds: {} }, 'refIds: must be an array'],
    ['a refId of text', { ...link(URL_1), refIds: ['p-1'] }, 'refIds[0]: must have a type and an id'],
    ['a refId without id', { ...link(URL_1), refIds: [{ type: 'PRODUCT' }] }, 'refIds[0]: must have a type and an id'],
    ['an id that is no text', { ...link(URL_1), id: 7 }, 'id: must be a non-empty string'],
    ['details of text', blob({ details: 'oak.jpg' }), 'details: must be an object'],
    ['an empty file name', blob({ details: { filename: '' } }), 'details.filename: must be a non-empty string'],
  ])('refuses %s with 400', async (_, body, detail) => {
    const shop = await start()
    const answer = await shop.create(body)
    expect([answer.status, details(answer)]).toEqual([400, [detail]])
    expect((await shop.list()).json).toEqual([])
  })

  it('refuses a form whose parts are missing, doubled or of the wrong kind with 400', async () => {
    const shop = await start()
    const text = new FormData()
    text.append('file', 'https://cdn.example.com/1.jpg')
    text.append('body', JSON.stringify({ type: 'BLOB', access: 'PUBLIC' }))
    const upload = new FormData()
    upload.append('file', new Blob(['bytes']), 'oak.jpg')
    const jsonFile = new FormData()
    jsonFile.append('file', new Blob(['bytes']), 'oak.jpg')
    jsonFile.append('body', new Blob(['{}'], { type: 'application/json' }))
    const doubled = blob()
    doubled.append('file', new Blob(['bytes']), 'oak.jpg')
    const answers = await Promise.all([text, upload, jsonFile, doubled].map(form => shop.create(form)))
    expect(answers.map(answer => [answer.status, details(answer)])).toEqual([
      [400, ['file: must be one part with a file name']],
      [400, ['body: must be one part of text']],
      [400, ['body: must be one part of text']],
      [400, ['file: must be one part with a file name']],
    ])
  })

  it('takes no address for the file: externalValue is an artefact of the document', async () => {
    const shop = await start()
    const body = { file: { externalValue: URL_1 }, body: { type: 'BLOB', access: 'PUBLIC' } }
    expect((await shop.create(body)).status).toBe(400)
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const answer = await shop.create(JSON.stringify(body), { headers })
    expect([answer.status, details(answer)]).toEqual([400, ['the body is not multipart/form-data']])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json-patch+json'])(
    'refuses content type %s with 415',
    async type => {
      const shop = await start()
      const answer = await shop.create(link(URL_1), { headers: { 'content-type': type } })
      expect([answer.status, answer.json]).toMatchObject([415, { code: 415, status: 'Unsupported Media Type' }])
    },
  )

  it('takes a content type with a charset', async () => {
    const shop = await start()
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await shop.create(link(URL_1), { headers })).status).toBe(201)
  })

  it('takes files of 10 MB and refuses larger ones with 413', async () => {
    const shop = await start()
    const refused = {
      code: 413,
      status: 'Request Entity Too Large',
      message: 'The part named [file] exceeds the maximum allowed content length.',
    }
    const tenMb = 'x'.repeat(10_000_000)
    expect((await shop.create(blob({}, tenMb))).status).toBe(201)
    for (const content of [`${tenMb}x`, 'x'.repeat(11_000_000)]) {
      const answer = await shop.create(blob({}, content))
      expect([answer.status, answer.json]).toEqual([413, refused])
    }
    expect((await shop.list()).json).toHaveLength(1)
  })

  it('ignores an id that the client chooses, honours it, or refuses it', async () => {
    const body = { ...link(URL_1), id: 'my/own id' }
    const ignoring = await start()
    expect((await ignoring.create(body)).json).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/) })
    expect((await ignoring.create(body)).status).toBe(201)
    const honouring = await start({ emporix: { clientIds: 'honoured' } })
    expect((await honouring.create(body)).json).toEqual({ id: 'my/own id' })
    const again = await honouring.create(body)
    expect([again.status, again.json]).toEqual([
      409,
      { code: 409, status: 'Conflict', message: 'Conflict', resourceId: 'my/own id' },
    ])
    expect((await honouring.create(link(URL_1))).json).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/) })
    expect(await honouring.read(encodeURIComponent('my/own id'))).toMatchObject({ id: 'my/own id' })
    const refusing = await start({ emporix: { clientIds: 'refused' } })
    const answer = await refusing.create(body)
    expect([answer.status, details(answer)]).toEqual([400, ['id: is given by the service']])
  })

  it.each(['__proto__', '\u0000', '😀', 'a\ud800b', '%', '../x'])('keeps the id %j that a client chose', async id => {
    const shop = await start({ emporix: { clientIds: 'honoured' } })
    expect((await shop.create({ ...link(URL_1), id })).json).toEqual({ id })
    expect((await shop.create({ ...link(URL_1), id })).status).toBe(409)
    expect((await shop.list()).json).toMatchObject([{ id }])
  })

  it('accepts a reference to an unknown product without showing it anywhere, or refuses it', async () => {
    const accepting = await start()
    expect((await accepting.create(link(URL_1, 'OAK-CHAIR'))).status).toBe(201)
    expect(accepting.galleries).toEqual({})
    const refusing = await start({ emporix: { unknownProducts: 'refused' } })
    const answer = await refusing.create(link(URL_1, 'OAK-CHAIR'))
    expect([answer.status, details(answer)]).toEqual([400, ['refIds: the product "OAK-CHAIR" does not exist']])
    expect((await refusing.create(link(URL_1, await refusing.idOf('OAK-CHAIR')))).status).toBe(201)
  })

  it('never breaks, whatever the JSON', async () => {
    const shop = await start()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async value => {
        const bodies = [value, { ...link(URL_1), refIds: value }, { ...link(URL_1), url: value }]
        const answers = await Promise.all(bodies.map(body => shop.create(JSON.stringify(body))))
        for (const { status } of answers) expect([201, 400]).toContain(status)
      }),
      { numRuns: 50 },
    )
  })
})
