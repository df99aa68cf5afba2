import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { facts, image, JPEG, PNG, productAis, refusal, shown, WEBP } from './client.ts'

const start = productAis()

function formOf(parts: Readonly<Record<string, string | readonly string[] | File>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) {
    for (const each of Array.isArray(value) ? value : [value]) form.append(name, each)
  }
  return form
}

function file(bytes: Buffer, name = 'lamp.jpg', type = 'image/jpeg'): File {
  return new File([bytes], name, { type })
}

describe('productai POST /training-asset with a url', () => {
  it('answers 201 with an asset in processing, on the vendor’s own address', async () => {
    const studio = await start({}, { clock: new ManualClock() })
    const answer = await studio.import({ url: image(1), name: 'Lamp 7', tags: ['sku:LAMP-7', 'catalog'] })
    const { asset_id } = shown(answer)
    expect(asset_id).toMatch(/^asset_[0-9a-z]+$/)
    expect(facts(answer)).toEqual([
      201,
      {
        asset_id,
        name: 'Lamp 7',
        status: 'processing',
        url: `https://cdn.productai.photo/assets/${asset_id}.jpg`,
        thumbnail_url: `https://cdn.productai.photo/assets/${asset_id}_thumb.jpg`,
        width: 1024,
        height: 1024,
        file_size: 245678,
        format: 'jpeg',
        tags: ['sku:LAMP-7', 'catalog'],
        created_at: '2026-01-01T00:00:00Z',
      },
    ])
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(1)] })
  })

  it('makes a new asset of the same request, every time', async () => {
    const studio = await start()
    const ids = [await studio.hold('LAMP-7', image(1)), await studio.hold('LAMP-7', image(1))]
    expect(new Set(ids).size).toBe(2)
    expect(studio.galleries).toEqual({ 'LAMP-7': [image(1), image(1)] })
  })

  it('names an asset after the URL when it is given no name', async () => {
    const studio = await start()
    expect(shown(await studio.import({ url: 'https://cdn.example.com/lamp/1.PNG?w=100' }))).toMatchObject({
      name: '1.PNG',
      format: 'png',
      tags: [],
    })
    expect(shown(await studio.import({ url: 'https://cdn.example.com/' }))).toMatchObject({
      name: 'cdn.example.com',
      format: 'jpeg',
    })
    expect(shown(await studio.import({ url: 'https://cdn.example.com/1.webp' }))).toMatchObject({ format: 'webp' })
  })

  it.each<[unknown, string]>([
    [{}, 'Either file or url is required'],
    [{ name: 'Lamp' }, 'Either file or url is required'],
    [{ url: image(1), file: 'lamp.jpg' }, 'Either file or url is required'],
    [{ file: 'lamp.jpg' }, 'file must be a file'],
    [{ url: 7 }, 'url must be an http(s) URL'],
    [{ url: '' }, 'url must be an http(s) URL'],
    [{ url: 'images/1.jpg' }, 'url must be an http(s) URL'],
    [{ url: 'ftp://cdn.example.com/1.jpg' }, 'url must be an http(s) URL'],
    [{ url: image(1), name: null }, 'name must be a string'],
    [{ url: image(1), tags: 'lamp' }, 'tags must be an array of strings'],
    [{ url: image(1), tags: ['lamp', 7] }, 'tags must be an array of strings'],
  ])('refuses %j with 400', async (body, message) => {
    const studio = await start()
    expect(facts(await studio.import(body))).toEqual(refusal(400, 'INVALID_PARAMETER', message))
    expect(studio.galleries).toEqual({})
  })

  it.each<[string, unknown, string]>([
    ['an empty body', '', 'The body is not valid JSON'],
    ['cut JSON', '{"url":', 'The body is not valid JSON'],
    ['a byte order mark', '\ufeff{}', 'The body is not valid JSON'],
    ['an array', [{ url: image(1) }], 'The body must be a JSON object'],
  ])('refuses %s with 400', async (_, body, message) => {
    const studio = await start()
    expect(facts(await studio.import(body))).toEqual(refusal(400, 'INVALID_REQUEST', message))
  })

  it('never breaks, whatever the JSON', async () => {
    const studio = await start()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.string(), async (value, text) => {
        for (const body of [value, { url: value }, { url: image(1), name: text, tags: [text, text] }]) {
          expect([201, 400]).toContain((await studio.import(body)).status)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('productai POST /training-asset with a file', () => {
  it.each([
    ['jpeg', JPEG, 'jpg'],
    ['png', PNG, 'png'],
    ['webp', WEBP, 'webp'],
  ])('takes %s by its first bytes, whatever its name and type say', async (format, bytes, extension) => {
    const studio = await start()
    const answer = await studio.send(formOf({ file: file(bytes, 'lamp.txt', 'text/plain'), name: 'Lamp' }))
    expect(answer.status).toBe(201)
    expect(shown(answer)).toMatchObject({ name: 'Lamp', format, file_size: bytes.length, status: 'processing' })
    expect(shown(answer).url).toMatch(new RegExp(`\\.${extension}$`))
    expect(studio.galleries).toEqual({ Lamp: ['file:lamp.txt'] })
  })

  it('takes tags as tags[] and as tags, repeated', async () => {
    const studio = await start()
    const form = formOf({ file: file(JPEG), 'tags[]': ['sku:LAMP-7', 'summer'], tags: ['catalog', 'new'] })
    expect(shown(await studio.send(form))).toMatchObject({
      name: 'lamp.jpg',
      tags: ['sku:LAMP-7', 'summer', 'catalog', 'new'],
    })
    expect(studio.galleries).toEqual({ 'LAMP-7': ['file:lamp.jpg'] })
  })

  it('takes a url in a form too', async () => {
    const studio = await start()
    expect((await studio.send(formOf({ url: image(1), name: 'Lamp' }))).status).toBe(201)
    expect(studio.galleries).toEqual({ Lamp: [image(1)] })
  })

  it.each([
    ['a file of another type', { file: file(Buffer.from('GIF89a')) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an empty file', { file: file(Buffer.alloc(0)) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a RIFF that is no WebP', { file: file(Buffer.from('RIFF....WAVE')) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a file larger than 10 MB', { file: file(Buffer.concat([JPEG, Buffer.alloc(9_999_991)])) }, 413, 'FILE_TOO_LARGE'],
    ['a text as file', { file: 'lamp.jpg' }, 422, 'INVALID_PARAMETER'],
    ['neither file nor url', { name: 'Lamp' }, 422, 'INVALID_PARAMETER'],
    ['both file and url', { file: file(JPEG), url: image(1) }, 422, 'INVALID_PARAMETER'],
    ['a file as name', { file: file(JPEG), name: file(JPEG) }, 422, 'INVALID_PARAMETER'],
    ['a file as tag', { file: file(JPEG), tags: file(JPEG) }, 422, 'INVALID_PARAMETER'],
  ])('refuses %s with the 400 of the vendor’s table, or with the exact status', async (_, parts, status, code) => {
    const [table, exact] = [await start(), await start({ statuses: 'exact' })]
    expect(facts(await table.send(formOf(parts)))).toEqual(refusal(400, code))
    expect(facts(await exact.send(formOf(parts)))).toEqual(refusal(status, code))
    expect([table.galleries, exact.galleries]).toEqual([{}, {}])
  })

  it('takes a file of 10 MB', async () => {
    const studio = await start()
    const answer = await studio.send(formOf({ file: file(Buffer.concat([JPEG, Buffer.alloc(9_999_990)])) }))
    expect([answer.status, shown(answer).file_size]).toEqual([201, 10_000_000])
  })

  it.each([
    ['a form without a boundary', 'multipart/form-data', 400, 'INVALID_REQUEST'],
    ['a form that is none', 'multipart/form-data; boundary=x', 400, 'INVALID_REQUEST'],
    ['another content type', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('refuses %s', async (_, type, status, code) => {
    const studio = await start({ statuses: 'exact' })
    const answer = await studio.call('POST', '/training-asset', { headers: { 'content-type': type }, body: 'url=x' })
    expect(facts(answer)).toEqual(refusal(status, code))
  })
})

describe('productai plan', () => {
  it('can allow so many assets and refuse more with 403', async () => {
    const studio = await start({ maxAssets: 1 })
    const id = await studio.hold('LAMP-7', image(1))
    expect(facts(await studio.import({ url: image(2) }))).toEqual(refusal(403, 'PLAN_LIMIT_REACHED'))
    await studio.call('DELETE', `/assets/${id}`)
    expect((await studio.import({ url: image(2) })).status).toBe(201)
  })
})
