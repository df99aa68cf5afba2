import { describe, expect, it } from 'vitest'
import { Fault } from '../../../src/model/fault.ts'
import type { HttpResponse } from '../../../src/model/http.ts'
import { mediapocket } from '../../../src/targets/mediapocket/index.ts'
import type { Io } from '../../../src/targets/target.ts'
import { aFault, anAnswer, aWire, faultOf } from '../../helpers/http.ts'
import { anItem, aProduct, images } from '../../helpers/items.ts'
import { servers } from '../../helpers/server.ts'
import { noImage, wires } from '../../helpers/wire.ts'
import { ends, itemsOf, optionsOf, type Rig, rigs, told } from './rig.ts'

const open = rigs()
const lamp = aProduct({ code: 'LAMP-1' })
const KEYS = ['LAMP-1#1', 'LAMP-1#2']
/** The requests that make, and that change, one asset with its image. */
const CREATE = ['POST', 'POST /:id/media']
const UPDATE = ['PUT /:id', 'DELETE /:id/media', 'POST /:id/media']
const [front = '', back = ''] = lamp.gallery

describe('mediapocket, first push', () => {
  it('makes the asset and then attaches the image, because an asset alone is an empty placeholder', async () => {
    const rig = await open()
    expect(ends(await rig.push(lamp))).toEqual([
      ['created', null],
      ['created', null],
    ])
    expect(rig.requests()).toEqual([...CREATE, ...CREATE])
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': lamp.gallery })
    expect(await rig.asset('LAMP-1#2')).toMatchObject({
      title: 'LAMP-1 2',
      external_id: 'LAMP-1#2',
      description: 'LAMP-1',
      category: 'products',
      tags: ['catalog'],
      media_type: 'image',
      original_filename: '2.jpg',
    })
  })

  it('gives each image of a product an external id of its own', async () => {
    const rig = await open()
    await rig.push(lamp)
    expect([...rig.ids.keys()]).toEqual(KEYS)
  })

  it('notes the id at once, and reports it', async () => {
    const rig = await open()
    const [answer] = await rig.push(lamp)
    expect(answer).toMatchObject({ status: 'created', remoteId: rig.id('LAMP-1#1'), http: 200, attempts: 2 })
  })

  it('does not compare the category, which comes back in lower case', async () => {
    const rig = await open({}, { category: 'Table Lamps' })
    expect(ends(await rig.push(lamp))[0]).toEqual(['created', null])
    expect(await rig.asset('LAMP-1#1')).toMatchObject({ category: 'table lamps' })
  })

  it('reports what Media Pocket took: an ok does not say that the image could be fetched', async () => {
    const rig = await open({ isReachable: () => false })
    expect(ends(await rig.push(lamp))[0]).toEqual(['created', null])
    expect(await rig.asset('LAMP-1#1')).toMatchObject({ media_type: 'placeholder', md5_sum: null })
    expect(mediapocket.cannot.join(' ')).toContain('does not say whether it could')
  })

  it('leaves a placeholder when media are switched off, and says so', async () => {
    const rig = await open({}, { media: false })
    const [answer] = await rig.push(lamp)
    expect(told(answer)).toEqual(['created', 'media-off', expect.stringContaining('"media" is false at this target')])
    expect(rig.requests()).toEqual(['POST', 'POST'])
    expect(await rig.asset('LAMP-1#1')).toMatchObject({ media_type: 'placeholder' })
  })

  it('says what is wrong with an address in the words of Media Pocket, and where the placeholder is', async () => {
    const rig = await open()
    const [answer] = await rig.push(aProduct({ code: 'LAMP-1', gallery: ['ftp://cdn.example.com/lamp.jpg'] }))
    const words = `not a valid HTTP URL (The asset ${rig.id('LAMP-1#1')} is there, but may be without its image; the next push tries again.)`
    expect(told(answer)).toEqual(['refused', 'target-rejected', words])
  })
})

describe('mediapocket, an asset that is there already', () => {
  it('is reported as already-exists when the ledger does not know its id, with the way out', async () => {
    const rig = await open()
    await rig.dam.place('LAMP-1#1')
    const [taken, created] = await rig.push(lamp)
    const [kind, reason, message] = told(taken)
    expect([kind, reason]).toEqual(['refused', 'already-exists'])
    expect(message).toContain('External id has already been taken: "LAMP-1#1" belongs to an asset')
    expect(message).toContain('(--state)')
    expect(message).toContain('in the trash bin too')
    expect(told(created)[0]).toBe('created')
  })

  it('is neither changed nor given an image then', async () => {
    const rig = await open()
    const { id } = await rig.dam.place('LAMP-1#1')
    await rig.push(aProduct({ code: 'LAMP-1', gallery: [front] }))
    expect(rig.requests()).toEqual(['POST'])
    expect(await rig.dam.get(id)).toMatchObject({ title: 'Lamp', media_type: 'placeholder' })
  })

  it('is brought up to date when its id is known: fields, old image off, new image on', async () => {
    const rig = await open()
    await rig.push(lamp)
    rig.requests()
    const changed = { ...lamp, gallery: [`${front}?v=2`, back] }
    expect(ends(await rig.push(changed))).toEqual([
      ['updated', null],
      ['updated', null],
    ])
    expect(rig.requests()).toEqual([...UPDATE, ...UPDATE])
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': changed.gallery })
  })

  it.each([
    { secondMedia: 'refused' },
    { secondMedia: 'replaces' },
    { actionAnswer: 'ok' },
    { unnamedFields: 'cleared' },
    { unnamedFields: 'kept' },
  ] as const)('is brought up to date whatever the documents leave open: %o', async behaviour => {
    const rig = await open(behaviour)
    await rig.push(lamp)
    expect(ends(await rig.push({ ...lamp, gallery: [back, front] }))).toEqual([
      ['updated', null],
      ['updated', null],
    ])
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': [back, front] })
    expect(await rig.asset('LAMP-1#1')).toMatchObject({ external_id: 'LAMP-1#1', title: 'LAMP-1 1' })
  })

  it('takes "No media found" inside a 200 for what it is: a placeholder gets its image', async () => {
    const rig = await open({}, { media: false })
    await rig.push(lamp)
    const attaching = { ...rig.options, media: true }
    const answers = await mediapocket.push({ action: 'update', items: rig.items(lamp) }, rig.io, attaching, undefined)
    expect(ends(answers)[0]).toEqual(['updated', null])
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': lamp.gallery })
  })

  it('keeps the image it has when media are switched off', async () => {
    const rig = await open()
    await rig.push(lamp)
    rig.requests()
    const silent = { ...rig.options, media: false }
    const answers = await mediapocket.push({ action: 'update', items: rig.items(lamp) }, rig.io, silent, undefined)
    expect(ends(answers)[0]).toEqual(['updated', 'media-off'])
    expect(rig.requests()).toEqual(['PUT /:id', 'PUT /:id'])
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': lamp.gallery })
  })
})

describe('mediapocket, a run that died between the two requests', () => {
  it('is repaired by the next one: the noted placeholder gets its image', async () => {
    const rig = await open()
    const io: Io = {
      ...rig.io,
      send: request => {
        if (request.url.endsWith('/media')) throw new Fault('ambiguous', 'the machine died', { attempts: 1 })
        return rig.io.send(request)
      },
    }
    await mediapocket.push({ action: 'create', items: rig.items(lamp) }, io, rig.options, undefined)
    expect([[...rig.ids.keys()], rig.dam.galleries]).toEqual([KEYS, { 'LAMP-1': [] }])
    expect(ends(await rig.push(lamp))[0]).toEqual(['updated', null])
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': lamp.gallery })
  })

  it('leaves ids noted even when no image is to follow, because a load is settled as a whole', async () => {
    const rig = await open({}, { media: false })
    await rig.push(lamp)
    expect([...rig.ids.keys()]).toEqual(KEYS)
  })
})

describe('mediapocket, an asset that was removed there', () => {
  it.each([{ trash: 'hidden' }, { trash: 'shown' }, { trash: 'shown', actionAnswer: 'ok' }] as const)(
    'comes back from the trash bin: %o',
    async behaviour => {
      const rig = await open(behaviour)
      await rig.push(lamp)
      await rig.remove(lamp)
      const before = [...rig.ids.values()]
      const changed = { ...lamp, gallery: [back, front] }
      const answers = await rig.push(changed)
      if ('actionAnswer' in behaviour) return // nothing in such an answer tells that it is in the trash bin
      expect(ends(answers)).toEqual([
        ['updated', 'restored'],
        ['updated', 'restored'],
      ])
      expect([...rig.ids.values()]).toEqual(before)
      expect(rig.dam.galleries).toEqual({ 'LAMP-1': changed.gallery })
    },
  )

  it('is made again when it is gone for good', async () => {
    const rig = await open()
    rig.ids.set('LAMP-1#1', '-goneooaEWuYCnLFQqe2')
    const [answer] = await rig.push(lamp)
    expect(told(answer)).toEqual(['created', 'recreated', 'It was gone from Media Pocket and has been made again.'])
    expect(answer).toMatchObject({ remoteId: rig.id('LAMP-1#1') })
    expect(rig.id('LAMP-1#1')).not.toBe('-goneooaEWuYCnLFQqe2')
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': lamp.gallery })
  })

  it('may keep its external id in the trash bin: the message says where to look', async () => {
    const rig = await open({ trashKeepsExternalId: true })
    await rig.push(lamp)
    await rig.remove(lamp)
    rig.ids.clear()
    expect(told((await rig.push(lamp))[0])[2]).toContain('delete the asset, in the trash bin too')
  })

  it('may free its external id in the trash bin', async () => {
    const rig = await open({ trashKeepsExternalId: false })
    await rig.push(lamp)
    await rig.remove(lamp)
    rig.ids.clear()
    expect(ends(await rig.push(lamp))[0]).toEqual(['created', null])
  })
})

describe('mediapocket, removing', () => {
  it.each(['asset', 'ok'] as const)('moves assets to the trash bin (answer: %s)', async actionAnswer => {
    const rig = await open({ actionAnswer })
    await rig.push(lamp)
    rig.requests()
    expect(ends(await rig.remove(lamp))).toEqual([
      ['deleted', null],
      ['deleted', null],
    ])
    expect([rig.requests(), rig.dam.galleries]).toEqual([['POST /:id/trash_bin', 'POST /:id/trash_bin'], {}])
  })

  it('takes an asset that is not there for deleted', async () => {
    const rig = await open()
    rig.ids.set('LAMP-1#1', '_goneooaEWuYCnLFQqe2').set('LAMP-1#2', '-goneooaEWuYCnLFQqe2')
    expect(ends(await rig.remove(lamp))).toEqual([
      ['deleted', null],
      ['deleted', null],
    ])
  })

  it('does not take a wrong address for a removed asset', async () => {
    const rig = await open()
    await rig.push(lamp)
    const io = { ...rig.io, baseUrl: `${rig.io.baseUrl}/nowhere` }
    const answers = await mediapocket.remove?.(rig.items(lamp), io, rig.options, undefined)
    expect(ends(answers ?? []).map(([status]) => status)).not.toContain('deleted')
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': lamp.gallery })
  })

  it('cannot remove what it has no id of', async () => {
    const rig = await open()
    expect(ends(await rig.remove(lamp))[0]).toEqual(['failed', 'id-unknown'])
    expect(rig.requests()).toEqual([])
  })
})

describe('mediapocket, answers that do not come', () => {
  it.each(['reset', 'garbage', 'html', '500', '502'] as const)(
    'says that the id is lost after %s, because only the answer tells it',
    async fault => {
      const rig = await open({}, {}, { faults: [{ target: 'mediapocket', fault, times: 1 }] })
      const [answer] = await rig.push(lamp)
      expect(told(answer)[2]).toContain('its id is lost and the next push will say already-exists')
      expect(answer).toMatchObject({ fault: { attempts: 1 } })
    },
  )

  it.each([
    ['reset', ['refused', 'already-exists'], []],
    ['garbage', ['refused', 'already-exists'], []],
    ['500', ['created', null], [front]],
  ] as const)('never makes a second asset when it is sent again after %s', async (fault, end, gallery) => {
    const rig = await open({}, {}, { faults: [{ target: 'mediapocket', fault, times: 1 }] })
    const product = aProduct({ code: 'LAMP-1', gallery: [front] })
    await rig.push(product)
    expect(ends(await rig.push(product))).toEqual([end])
    expect(rig.dam.galleries).toEqual({ 'LAMP-1': gallery })
  })

  it.each(['ambiguous', 'unreadable', 'throttled', 'unreachable', 'credentials', 'stopped'] as const)(
    'is %s after the asset was made: the engine is told that something has taken effect',
    async kind => {
      const first = anAnswer({ body: JSON.stringify({ asset: { id: '-lamp', external_id: 'LAMP-1#1' } }) })
      const [answer] = await pushOver(first, aFault(kind, { message: 'no lamp' }))
      expect(answer).toMatchObject({ status: 'fault', fault: { kind, attempts: 2 } })
      expect(answer?.status === 'fault' && answer.fault.cause).toBeInstanceOf(Fault)
    },
  )

  it('does not tell the neighbours about the asset of the item that stopped them', async () => {
    const first = anAnswer({ body: JSON.stringify({ asset: { id: '-lamp', external_id: 'LAMP-1#1' } }) })
    const answers = await pushOver(first, aFault('throttled', { message: 'Slow down' }))
    expect(answers.map(told)).toEqual([
      ['throttled', 'throttled', 'Slow down'],
      ['throttled', 'throttled', 'Slow down'],
    ])
    expect(answers[1]).toMatchObject({ fault: { attempts: 0 } })
  })

  it('is sure that nothing happened when the first request was refused at the door', async () => {
    const [answer] = await pushOver(aFault('throttled', { message: 'Slow down' }))
    expect(answer?.status === 'fault' && answer.fault.cause).toBeUndefined()
  })
})

describe('mediapocket, answers that cannot be trusted', () => {
  it.each([
    ['another external id', { id: '-lamp', external_id: 'LAMP-2#1' }],
    ['no external id', { id: '-lamp', external_id: null }],
    ['an external id of another kind', { id: '-lamp', external_id: 7 }],
    ['no id', { external_id: 'LAMP-1#1' }],
    ['an empty id', { id: '', external_id: 'LAMP-1#1' }],
    ['an id that is a number', { id: 7, external_id: 'LAMP-1#1' }],
    ['an id that leads to another address', { id: '..', external_id: 'LAMP-1#1' }],
    ['an id with a path', { id: 'a/../../user', external_id: 'LAMP-1#1' }],
  ])('are no success: a new asset with %s', async (_, asset) => {
    const answers = await pushOver(anAnswer({ body: JSON.stringify({ asset }) }))
    expect(ends(answers)[0]).toEqual(['unreadable', 'answer-unreadable'])
  })

  it('are no success: an image that is answered with something else than ok', async () => {
    const asset = anAnswer({ body: JSON.stringify({ asset: { id: '-lamp', external_id: 'LAMP-1#1' } }) })
    expect(ends(await pushOver(asset, asset))[0]).toEqual(['unreadable', 'answer-unreadable'])
  })

  it.each([0, 1])('are no success: an update (request %i) that speaks of another asset', async at => {
    const own = anAnswer({ body: JSON.stringify({ asset: { id: '-lamp' } }) })
    const other = anAnswer({ body: JSON.stringify({ asset: { id: '_sofa' } }) })
    const io = ioOver(...[own, own].with(at, other))
    const items = [anItem({ key: 'LAMP-1#1', gallery: [front], remoteId: '-lamp' })]
    const answers = await mediapocket.push({ action: 'update', items }, io, optionsOf(), undefined)
    expect(told(answers[0])).toEqual(['unreadable', 'answer-unreadable', expect.stringContaining('another asset')])
  })
})

describe('mediapocket requests', () => {
  const serve = servers()
  const wire = wires()

  it.each(['-vevooaEWuYCnLFQqe2l', '_Z_vHeiERRUyDRlX_FY-'])('keep an id such as %s one part of the path', async id => {
    const server = await serve(({ method, path }) => ({
      body: JSON.stringify(method === 'POST' && path.endsWith('/media') ? { ok: 'ok' } : { asset: { id } }),
    }))
    const { io } = wire(mediapocket, optionsOf(), server.url)
    const items = [anItem({ key: 'LAMP-1#1', gallery: [front], remoteId: id })]
    await mediapocket.push({ action: 'update', items }, io, optionsOf(), undefined)
    await mediapocket.remove?.(items, io, optionsOf(), undefined)
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PUT /api/v2/assets/${id}`,
      `DELETE /api/v2/assets/${id}/media`,
      `POST /api/v2/assets/${id}/media`,
      `POST /api/v2/assets/${id}/trash_bin`,
    ])
  })

  it('carry the key in X-API-KEY, JSON as their type, and what the payload says', async () => {
    const server = await serve((_, no) => ({
      body: JSON.stringify(no === 1 ? { asset: { id: '-lamp', external_id: 'LAMP-1#1' } } : { ok: 'ok' }),
    }))
    const { io } = wire(mediapocket, optionsOf(), server.url)
    const items = itemsOf(optionsOf(), [aProduct({ code: 'LAMP-1', gallery: [front] })])
    await mediapocket.push({ action: 'create', items }, io, optionsOf(), undefined)
    const seen = server.seen.map(({ method, path, headers, body }) => [
      `${method} ${path}`,
      headers['x-api-key'],
      headers['content-type'],
      JSON.parse(body),
    ])
    const asset = { title: 'LAMP-1 1', description: 'LAMP-1', category: 'products', tags: ['catalog'] }
    expect(seen).toEqual([
      ['POST /api/v2/assets', 'lamp-key', 'application/json', { external_id: 'LAMP-1#1', ...asset }],
      ['POST /api/v2/assets/-lamp/media', 'lamp-key', 'application/json', { file_url: front, filename: '1.jpg' }],
    ])
  })

  it('probe with the reading of an asset that cannot be there', async () => {
    const rig = await open()
    await mediapocket.probe(rig.io, rig.options)
    expect(rig.requests()).toEqual(['GET /assetsync-probe-0000'])
  })

  it('tell a wrong address by the probe', async () => {
    const server = await serve(() => ({ status: 404, body: '<!doctype html><title>404</title>' }))
    const { io } = wire(mediapocket, optionsOf(), server.url)
    expect((await faultOf(mediapocket.probe(io, optionsOf()))).kind).toBe('endpoint')
  })

  it.each(['error', 'empty'] as const)('tell wrong credentials by the probe (401: %s)', async unauthorized => {
    const rig = await open({ unauthorized })
    const { io } = wire(mediapocket, optionsOf({ apiKey: 'wrong-key' }), rig.io.baseUrl)
    expect((await faultOf(mediapocket.probe(io, optionsOf()))).kind).toBe('credentials')
  })
})

/** The answers to two images when Media Pocket answers so, request by request. */
function pushOver(...turns: readonly (HttpResponse | Fault)[]): ReturnType<Rig['push']> {
  const io = ioOver(...turns)
  const load = { action: 'create', items: itemsOf(optionsOf(), [{ ...lamp, gallery: images('LAMP-1', 2) }]) } as const
  return mediapocket.push(load, io, optionsOf(), undefined)
}

function ioOver(...turns: readonly (HttpResponse | Fault)[]): Io {
  const { send } = aWire(...turns)
  return { send, baseUrl: 'https://dam.example.com', note: () => undefined, image: noImage }
}
