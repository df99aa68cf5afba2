import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../../src/model/http.ts'
import { aProduct } from '../../helpers/items.ts'
import { aPicture, type RunFacts, rigs, told, wordsOf } from './rig.ts'

const URL_1 = 'https://cdn.example.com/lamp.jpg?signature=secret'
const lamp = aProduct({ code: 'LAMP-1', gallery: [URL_1] })

describe('productai upload of files', () => {
  const start = rigs()

  it('sends the bytes with name and tags as a form that names its own boundary', async () => {
    const studio = await start({ upload: 'file', tags: ['sku:{code}', 'lamps'] })
    const sent: HttpRequest[] = []
    const { settle } = await studio.run([lamp], {
      meddle(request, send) {
        sent.push(request)
        return send(request)
      },
    })
    expect(told(await settle())).toEqual(['created'])
    expect(await studio.assets()).toMatchObject([
      { name: 'LAMP-1', status: 'ready', tags: ['sku:LAMP-1', 'lamps', expect.stringMatching(/^assetsync-/)] },
    ])
    const { 'content-type': type = '' } = sent[0]?.headers ?? {}
    const form = await new Response(sent[0]?.body, { headers: { 'content-type': type } }).formData()
    const file = form.get('file')
    expect(file instanceof File && [file.name, file.type, await file.text()]).toEqual([
      'lamp.png',
      'image/png',
      Buffer.from(await aPicture(URL_1).read()).toString('utf8'),
    ])
    expect([form.get('name'), form.getAll('tags[]').length, form.get('url')]).toEqual(['LAMP-1', 3, null])
  })

  it('keeps codes of any script in the fields of the form', async () => {
    const code = 'مصباح "Ångström" ✨; name="x"'
    const studio = await start({ upload: 'file' })
    await studio.run([aProduct({ code, gallery: [URL_1] })])
    expect(await studio.assets()).toMatchObject([{ name: code, tags: [`sku:${code}`, expect.anything()] }])
  })

  it.each(['image/jpeg', 'image/webp'])('takes %s', async type => {
    const studio = await start({ upload: 'file' }, { productai: {} })
    const bytes = type === 'image/jpeg' ? '\xff\xd8\xff\xe0 JFIF' : 'RIFF\0\0\0\0WEBPVP8 '
    const read = async () => Buffer.from(bytes, 'latin1')
    const { answers } = await studio.run([lamp], { image: url => aPicture(url, { type, read }) })
    expect(told(answers)).toEqual(['pending accepted processing'])
  })

  it.each<[string, NonNullable<RunFacts['image']>, string, RegExp]>([
    ['a GIF', url => aPicture(url, { type: 'image/gif' }), 'image-type-unsupported', /JPEG, PNG and WebP.*image\/gif/],
    ['more than 10 MB', url => aPicture(url, { size: 10_000_001 }), 'image-too-large', /10 MB.*10000001 bytes/],
    [
      'one that cannot be fetched',
      () => ({ kind: 'problem', reason: 'image-refused', message: 'HTTP 404' }),
      'image-refused',
      /HTTP 404/,
    ],
  ])('fails an image without a request when it is %s', async (_, image, reason, words) => {
    const studio = await start({ upload: 'file' })
    const { answers } = await studio.run([lamp], { image })
    expect(answers).toMatchObject([{ status: 'failed', reason, http: null, attempts: 0 }])
    expect(wordsOf(answers)[0]).toMatch(words)
    expect(wordsOf(answers)[0]).not.toContain('secret')
    expect(studio.requests()).toEqual([])
  })

  it('takes a file of exactly 10 MB', async () => {
    const studio = await start({ upload: 'file' })
    const { answers } = await studio.run([lamp], { image: url => aPicture(url, { size: 10_000_000 }) })
    expect(told(answers)).toEqual(['pending accepted processing'])
  })
})
