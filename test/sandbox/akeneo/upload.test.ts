import { describe, expect, it } from 'vitest'
import { asset, pims } from './client.ts'

const start = pims()
const PATH = '/api/rest/v1/asset-media-files'

describe('akeneo POST /asset-media-files', () => {
  it('answers 201 without a body; the code is in the headers alone', async () => {
    const pim = await start({ akeneo: { mediaType: 'media_file' } })
    const answer = await pim.upload('oak chair.JPG')
    const code = answer.headers.get('asset-media-file-code') ?? ''
    expect([answer.status, answer.text]).toEqual([201, ''])
    expect(code).toMatch(/^([0-9a-f]\/){4}[0-9a-f]{32}_oak_chair\.JPG$/)
    expect(answer.headers.get('location')).toBe(`${pim.account.baseUrl}${PATH}/${code}`)
    expect(pim.galleries).toEqual({})
  })

  it('gives a code that an asset takes as its data', async () => {
    const pim = await start({ akeneo: { mediaType: 'media_file' } })
    const code = (await pim.upload('oak chair.jpg')).headers.get('asset-media-file-code')
    expect((await pim.patch([asset('CHAIR_1', code)])).json).toEqual([{ code: 'CHAIR_1', status_code: 201 }])
    expect(pim.galleries).toEqual({ CHAIR: ['file:oak chair.jpg'] })
    expect((await pim.get(`${pim.family}/assets/CHAIR_1`)).json).toMatchObject({
      values: {
        media: [
          {
            data: code,
            attribute_type: 'media_file',
            _links: { download: { href: `${pim.account.baseUrl}${PATH}/${code}` } },
          },
        ],
      },
    })
  })

  it('gives every upload a code of its own, the same file too', async () => {
    const pim = await start()
    const codes = [await pim.upload('a.jpg'), await pim.upload('a.jpg')].map(({ headers }) =>
      headers.get('asset-media-file-code'),
    )
    expect(new Set(codes).size).toBe(2)
  })

  it.each(['Stühle 椅子.jpg', 'lampe', 'a'.repeat(200), '.png', '__proto__'])(
    'keeps the filename %j',
    async filename => {
      const pim = await start({ akeneo: { mediaType: 'media_file' } })
      const code = (await pim.upload(filename)).headers.get('asset-media-file-code')
      await pim.patch([asset('CHAIR_1', code)])
      expect(pim.galleries).toEqual({ CHAIR: [`file:${filename}`] })
    },
  )

  it('takes any extension without special characters; which are allowed is a matter of the asset', async () => {
    const pim = await start({ akeneo: { mediaType: 'media_file', allowedExtensions: ['jpg'], maxFileSize: '1' } })
    const files = [
      await pim.upload('a.JPG'),
      await pim.upload('a.exe'),
      await pim.upload('a.jpg', new Uint8Array(1024 * 1024 + 1)),
    ]
    expect(files.map(({ status }) => status)).toEqual([201, 201, 201])
    const codes = files.map(({ headers }) => headers.get('asset-media-file-code'))
    const refused = (message: string) => ({ status_code: 422, errors: [{ property: 'values.media', message }] })
    expect((await pim.patch(codes.map((code, at) => asset(`CHAIR_${at}`, code)))).json).toMatchObject([
      { status_code: 201 },
      refused('The extension "exe" is not allowed. Allowed: jpg'),
      refused('The file exceeds the maximum size of 1 MB'),
    ])
    const answer = await pim.upload('a.jp*g')
    expect([answer.status, answer.json]).toEqual([
      422,
      { code: 422, message: 'File extension cannot contain special characters.' },
    ])
  })

  it('refuses a form without the file with 422', async () => {
    const pim = await start()
    const [other, text] = [new FormData(), new FormData()]
    other.set('image', new File(['x'], 'a.jpg'))
    text.set('file', 'x')
    const boundary = { body: '--other\r\n\r\n', headers: { 'content-type': 'multipart/form-data' } }
    const answers = [await pim.post(other), await pim.post(text), await pim.call('POST', PATH, boundary)]
    for (const answer of answers) {
      expect([answer.status, answer.json]).toEqual([422, { code: 422, message: 'Property "file" is required.' }])
    }
  })

  it('refuses another content type with 415', async () => {
    const pim = await start()
    const answer = await pim.call('POST', PATH, { body: 'x', headers: { 'content-type': 'image/jpeg' } })
    expect([answer.status, answer.json]).toEqual([
      415,
      {
        code: 415,
        message: '"image/jpeg" in "Content-Type" header is not valid. Only "multipart/form-data" is allowed.',
      },
    ])
  })
})
