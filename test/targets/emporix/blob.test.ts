import { describe, expect, it } from 'vitest'
import type { ImageFile } from '../../../src/model/image.ts'
import { newFacts } from '../../../src/targets/emporix/facts.ts'
import { emporix } from '../../../src/targets/emporix/index.ts'
import { aProduct } from '../../helpers/items.ts'
import { servers } from '../../helpers/server.ts'
import { wires } from '../../helpers/wire.ts'
import { aPicture, itemsOf, losing, optionsOf, rigs, statuses } from './rig.ts'

const [FRONT, BACK, SIDE] = ['front', 'back', 'side'].map(name => `https://cdn.example.com/${name}.jpg`) as [
  string,
  string,
  string,
]
const lamp = aProduct({ gallery: [FRONT, BACK] })
const BLOB = { upload: 'blob' }

/** Every image has the same number of bytes. */
const alike = (url: string): ImageFile => ({ ...aPicture('lamp'), url })

describe('an emporix BLOB', () => {
  const start = rigs()
  const serve = servers()
  const open = wires()

  const filenames = async (rig: Awaited<ReturnType<typeof start>>) =>
    (await rig.assets()).map(({ details }) => details?.filename)

  it('travels as a form of two parts, of which body is a JSON text', async () => {
    const server = await serve(({ path, method }) => {
      if (path === '/oauth/token') return { body: '{"access_token":"lamp-token","expires_in":14399}' }
      return method === 'GET' ? { body: '[]' } : { status: 201, body: '{"id":"asset-1"}' }
    })
    const options = optionsOf({ ...BLOB, resolve: 'none' })
    const { io } = open(emporix, options, server.url)
    const [item] = itemsOf([lamp], options)
    if (item === undefined) throw new Error('no item')
    const items = [{ ...item, remoteId: null, trim: [], doubtful: false }]
    await emporix.push({ action: 'create', items }, { ...io, image: async url => aPicture(url) }, options, newFacts())
    const post = server.seen.find(({ method, path }) => method === 'POST' && path.startsWith('/media'))
    const type = post?.headers['content-type'] ?? ''
    expect(type).toMatch(/^multipart\/form-data; boundary=/)
    const form = await new Response(post?.body ?? '', { headers: { 'content-type': type } }).formData()
    expect([...form.keys()].toSorted()).toEqual(['body', 'file'])
    const file = form.get('file')
    expect(typeof file === 'string' || file === null ? file : [file.name, file.type]).toEqual(['lamp.png', 'image/png'])
    expect(JSON.parse(String(form.get('body')))).toEqual({
      type: 'BLOB',
      access: 'PUBLIC',
      details: { filename: 'LAMP-001_1', mimeType: 'image/png' },
      refIds: [{ id: 'LAMP-001', type: 'PRODUCT' }],
    })
  })

  it('is stored with the name of the template and the type of the image', async () => {
    const rig = await start({ ...BLOB, filename: '{code}-{rank}.png' })
    expect(statuses(await rig.push([lamp]))).toEqual(['created', 'created'])
    expect((await rig.assets()).map(({ type, details }) => [type, details?.filename, details?.mimeType])).toEqual([
      ['BLOB', 'LAMP-001-1.png', 'image/png'],
      ['BLOB', 'LAMP-001-2.png', 'image/png'],
    ])
  })

  it('whose image cannot be had fails, and its neighbour passes', async () => {
    const rig = await start(BLOB)
    const answers = await rig.push([lamp], {
      image: url =>
        url === FRONT ? { kind: 'problem', reason: 'image-too-large', message: 'It has 40 MB.' } : aPicture(url),
    })
    expect(statuses(answers)).toEqual(['failed image-too-large', 'created'])
    expect(answers[0]).toMatchObject({ message: 'It has 40 MB.', http: null, attempts: 0 })
  })

  it('that the product has already is adopted, without an upload', async () => {
    const rig = await start(BLOB)
    await rig.push([lamp])
    const before = rig.requests.length
    expect(statuses(await rig.push([lamp]))).toEqual(['updated adopted', 'updated adopted'])
    expect(rig.requests.slice(before).filter(each => !each.startsWith('GET'))).toEqual([])
    expect(await rig.assets()).toHaveLength(2)
  })

  it('is adopted by its name alone where its size is not known', async () => {
    const rig = await start(BLOB)
    await rig.push([lamp])
    const answers = await rig.push([lamp], {
      meddle: async (request, send) => {
        const response = await send(request)
        return { ...response, body: response.body.replaceAll(/"bytes":\d+,?/g, '').replaceAll(',}', '}') }
      },
    })
    expect(statuses(answers)).toEqual(['updated adopted', 'updated adopted'])
  })

  it('put in front of others takes none of them over, although one has its name', async () => {
    const rig = await start(BLOB)
    await rig.push([lamp])
    const [item] = [aProduct({ gallery: [SIDE, FRONT, BACK] })]
    expect(statuses(await rig.push([{ ...item, gallery: [SIDE] }]))).toEqual(['created'])
    expect(await filenames(rig)).toEqual(['LAMP-001_1', 'LAMP-001_2', 'LAMP-001_1'])
  })

  it('takes none over that another image of the run is, even of the same size', async () => {
    const rig = await start(BLOB)
    await rig.push([lamp], { image: alike })
    expect(statuses(await rig.push([{ ...lamp, gallery: [SIDE] }], { image: alike }))).toEqual(['created'])
    expect(await rig.assets()).toHaveLength(3)
  })

  it('is uploaded again when it is updated, with the version that was read', async () => {
    const rig = await start(BLOB)
    await rig.push([{ ...lamp, gallery: [FRONT] }])
    const [asset] = await rig.assets()
    const answers = await rig.push([{ ...lamp, gallery: [FRONT] }], {
      action: 'update',
      remoteIds: { [FRONT]: asset?.id ?? '' },
      image: url => ({ ...aPicture(url), type: 'image/webp' }),
    })
    expect(statuses(answers)).toEqual(['updated'])
    expect(await rig.assets()).toMatchObject([
      { id: asset?.id, details: { filename: 'LAMP-001_1', mimeType: 'image/webp' }, metadata: { version: 2 } },
    ])
  })

  it('whose create got no answer is found and not made again', async () => {
    const rig = await start(BLOB)
    const answers = await rig.push([lamp], {
      meddle: losing(({ method, url }) => method === 'POST' && url.endsWith('/assets')),
    })
    expect(statuses(answers)).toEqual(['created', 'created'])
    expect(await rig.assets()).toHaveLength(2)
  })

  it('may be PRIVATE for a custom type', async () => {
    const rig = await start({ ...BLOB, access: 'PRIVATE', refType: 'DOCUMENT', resolve: 'none' })
    expect(statuses(await rig.push([lamp]))).toEqual(['created', 'created'])
    expect(new Set((await rig.assets()).map(({ access }) => access))).toEqual(new Set(['PRIVATE']))
  })
})
