import { describe, expect, it } from 'vitest'
import { Fault } from '../../../src/model/fault.ts'
import { aProduct } from '../../helpers/items.ts'
import { losing, type Rig, rigs, statuses } from './rig.ts'

const [FRONT, BACK] = ['https://cdn.example.com/front.jpg?size=1&x=y#z', 'https://cdn.example.com/back.jpg']
const lamp = aProduct({ gallery: [FRONT] })
const isCreate = ({ method, url }: { method: string; url: string }) => method === 'POST' && url.endsWith('/assets')

/** The one asset of the tenant. */
async function theAsset(rig: Rig) {
  const assets = await rig.assets()
  expect(assets).toHaveLength(1)
  const [asset] = assets
  if (asset === undefined) throw new Error('no asset')
  return asset
}

describe('an emporix LINK', () => {
  const start = rigs()

  it('is created with the product it belongs to', async () => {
    const rig = await start()
    const answers = await rig.push([lamp])
    const asset = await theAsset(rig)
    expect(asset).toMatchObject({ type: 'LINK', access: 'PUBLIC', url: FRONT })
    expect(asset.refIds.map(({ type }) => type)).toEqual(['PRODUCT'])
    expect(answers).toEqual([
      { status: 'created', reason: null, message: null, remoteId: asset.id, http: 201, requestId: null, attempts: 2 },
    ])
  })

  it('is looked for before it is created, once per product', async () => {
    const rig = await start({ resolve: 'none' })
    await rig.push([aProduct({ code: 'p1', gallery: [FRONT, BACK] }), aProduct({ code: 'p2', gallery: [FRONT] })])
    const list = (id: string) => `GET /media/sandboxshop/assets?q=refIds.id:${id}&pageNumber=1&pageSize=60`
    const create = 'POST /media/sandboxshop/assets'
    expect(rig.requests).toEqual([list('p1'), create, create, list('p2'), create])
  })

  it('that the product has already is adopted, not made again', async () => {
    const rig = await start()
    await rig.push([lamp])
    const { id } = await theAsset(rig)
    const answers = await rig.push([lamp])
    expect(answers).toEqual([
      {
        status: 'updated',
        reason: 'adopted',
        message: 'Emporix had this image at the product already.',
        remoteId: id,
        http: null,
        requestId: null,
        attempts: 1,
      },
    ])
    expect(await theAsset(rig)).toMatchObject({ metadata: { version: 1 } })
  })

  it('of another product is not adopted', async () => {
    const rig = await start()
    await rig.push([lamp])
    expect(statuses(await rig.push([{ ...lamp, code: 'LAMP-002' }]))).toEqual(['created'])
    expect(await rig.assets()).toHaveLength(2)
  })

  it('is replaced by the id that the ledger knows, with the version that was read', async () => {
    const rig = await start()
    await rig.push([lamp])
    const { id, metadata } = await theAsset(rig)
    const before = rig.requests.length
    const answers = await rig.push([lamp], { action: 'update', remoteIds: { [FRONT]: id } })
    expect(answers).toMatchObject([{ status: 'updated', reason: null, remoteId: id, http: 204, attempts: 2 }])
    expect(rig.requests.slice(before)).toEqual([
      `GET /media/sandboxshop/assets/${id}`,
      `PUT /media/sandboxshop/assets/${id}`,
    ])
    expect((await theAsset(rig)).metadata.version).toBe(metadata.version + 1)
  })

  it('keeps what others put there', async () => {
    const rig = await start()
    await rig.push([lamp])
    const asset = await theAsset(rig)
    const refIds = [...asset.refIds, { id: 'spring', type: 'LABEL' }]
    const changed = {
      type: 'LINK',
      access: 'PUBLIC',
      url: 'https://elsewhere.example/lamp.jpg',
      refIds,
      metadata: { version: 1 },
    }
    expect((await rig.call('PUT', `/${asset.id}`, changed)).status).toBe(204)
    await rig.push([lamp], { action: 'update', remoteIds: { [FRONT]: asset.id } })
    const now = await theAsset(rig)
    expect([now.url, new Set(now.refIds.map(({ id }) => id))]).toEqual([FRONT, new Set(refIds.map(({ id }) => id))])
  })

  it('keeps its custom attributes with their schema', async () => {
    const rig = await start({ resolve: 'none' })
    const mixins = { texts: { alt: 'A lamp' } }
    const held = {
      ...{ id: 'asset-1', type: 'LINK', access: 'PUBLIC', url: FRONT, mixins },
      metadata: { version: 3, mixins: { texts: 'https://schemas.example/texts.json' }, createdAt: '2026-01-01' },
    }
    let body = ''
    await rig.push([lamp], {
      action: 'update',
      remoteIds: { [FRONT]: 'asset-1' },
      meddle: async request => {
        body = String(request.body)
        const isGet = request.method === 'GET'
        return { status: isGet ? 200 : 204, headers: {}, body: isGet ? JSON.stringify(held) : '', attempts: 1 }
      },
    })
    expect(JSON.parse(body)).toEqual({
      type: 'LINK',
      access: 'PUBLIC',
      url: FRONT,
      refIds: [{ id: 'LAMP-001', type: 'PRODUCT' }],
      mixins,
      metadata: { version: 3, mixins: { texts: 'https://schemas.example/texts.json' } },
    })
  })

  it('is read again and replaced once more after a conflict', async () => {
    const rig = await start()
    await rig.push([lamp])
    const asset = await theAsset(rig)
    let conflicts = 1
    const answers = await rig.push([lamp], {
      action: 'update',
      remoteIds: { [FRONT]: asset.id },
      meddle: async (request, send) => {
        if (request.method === 'PUT' && conflicts-- > 0) {
          const { type, access, url, refIds } = asset
          await rig.call('PUT', `/${asset.id}`, { type, access, url, refIds, metadata: { version: 1 } })
        }
        return send(request)
      },
    })
    expect(answers).toMatchObject([{ status: 'updated', http: 204, attempts: 4 }])
    expect((await theAsset(rig)).metadata.version).toBe(3)
  })

  it('is given up after a second conflict', async () => {
    const rig = await start()
    await rig.push([lamp])
    const asset = await theAsset(rig)
    const answers = await rig.push([lamp], {
      action: 'update',
      remoteIds: { [FRONT]: asset.id },
      meddle: async (request, send) => {
        if (request.method !== 'PUT') return send(request)
        throw new Fault('refused', 'Conflict', { http: 409, attempts: 1 })
      },
    })
    expect(answers).toMatchObject([{ status: 'fault', fault: { kind: 'refused', http: 409, attempts: 4 } }])
  })

  it('that was deleted there is created again', async () => {
    const rig = await start()
    const answers = await rig.push([lamp], { action: 'update', remoteIds: { [FRONT]: 'gone' } })
    const { id } = await theAsset(rig)
    expect(answers).toMatchObject([
      {
        status: 'updated',
        reason: 'recreated',
        message: 'Asset gone was gone, so the image was created again.',
        remoteId: id,
      },
    ])
  })

  it('is adopted for the product with its own reference when it had none of this type', async () => {
    const rig = await start({ resolve: 'none' })
    const label = { type: 'LINK', access: 'PUBLIC', url: FRONT, refIds: [{ id: 'LAMP-001', type: 'LABEL' }] }
    await rig.call('POST', '', label)
    expect(statuses(await rig.push([lamp]))).toEqual(['updated adopted'])
    expect((await theAsset(rig)).refIds).toEqual([...label.refIds, { id: 'LAMP-001', type: 'PRODUCT' }])
  })

  it('is not sent when the product’s id cannot be asked for', async () => {
    const rig = await start({ resolve: 'none' })
    const answers = await rig.push([{ ...lamp, code: '19" lamp' }])
    expect(answers).toMatchObject([{ status: 'fault', fault: { kind: 'refused', http: 400 } }])
    expect(rig.requests.filter(each => each.startsWith('POST'))).toEqual([])
  })

  it('cannot become PRIVATE: it fails with the asset to delete, and stays', async () => {
    const rig = await start({ refType: 'DOCUMENT', resolve: 'none' })
    await rig.push([lamp])
    const { id } = await theAsset(rig)
    const later = { ...rig.options, access: 'PRIVATE' as const }
    for (const remoteIds of [{ [FRONT]: id }, {}]) {
      const answers = await rig.push([lamp], { action: 'update', remoteIds, options: later })
      expect(answers).toMatchObject([
        {
          status: 'failed',
          reason: 'immutable',
          message: `Emporix holds this image as PUBLIC LINK and cannot make it PRIVATE LINK. Delete asset ${id} there and push again, or set upload and access back.`,
          remoteId: id,
        },
      ])
    }
    expect(await theAsset(rig)).toMatchObject({ access: 'PUBLIC' })
  })

  it('cannot become a BLOB', async () => {
    const rig = await start()
    await rig.push([lamp])
    const { id } = await theAsset(rig)
    const answers = await rig.push([lamp], {
      action: 'update',
      remoteIds: { [FRONT]: id },
      options: { ...rig.options, upload: 'blob' },
    })
    expect(statuses(answers)).toEqual(['failed immutable'])
    expect(await theAsset(rig)).toMatchObject({ type: 'LINK' })
  })

  it('whose create got no answer is found and not made again', async () => {
    const rig = await start()
    const answers = await rig.push([lamp], { meddle: losing(isCreate) })
    const { id } = await theAsset(rig)
    expect(answers).toMatchObject([{ status: 'created', reason: null, remoteId: id }])
  })

  it('whose create was answered by garbage is found too', async () => {
    const rig = await start()
    for (const [status, body] of [
      [200, '{}'],
      [201, '{"id":7}'],
      [201, '[]'],
      [204, ''],
    ] as const) {
      const answers = await rig.push([aProduct({ gallery: [`https://cdn.example.com/${status}${body.length}.jpg`] })], {
        meddle: async (request, send) => {
          const response = await send(request)
          return isCreate(request) ? { ...response, status, body } : response
        },
      })
      expect(statuses(answers)).toEqual(['created'])
    }
    expect(await rig.assets()).toHaveLength(4)
  })

  it('whose create got no answer and did not arrive is unknown', async () => {
    const rig = await start()
    const answers = await rig.push([lamp], {
      meddle: async (request, send) => {
        if (isCreate(request)) throw new Fault('ambiguous', 'no complete answer within 30 s', { reason: 'timeout' })
        return send(request)
      },
    })
    expect(answers).toMatchObject([
      {
        status: 'unknown',
        reason: 'no-answer',
        message:
          'no complete answer within 30 s. The asset is not there, but may still come, so it was not sent again. The next push looks for it.',
        remoteId: null,
      },
    ])
  })

  it('is unknown when nobody answers the second look', async () => {
    const rig = await start()
    let isLost = false
    const answers = await rig.push([lamp], {
      meddle: async (request, send) => {
        isLost ||= isCreate(request)
        if (isLost) throw new Fault('ambiguous', 'the connection broke')
        return send(request)
      },
    })
    expect(statuses(answers)).toEqual(['unknown no-answer'])
  })

  it('that came late is adopted by the next push', async () => {
    const rig = await start()
    await rig.push([lamp], { meddle: losing(({ method }) => method !== 'GET') })
    expect(statuses(await rig.push([lamp]))).toEqual(['updated adopted'])
    await theAsset(rig)
  })

  it('is not sent when nobody can say what the product has', async () => {
    const rig = await start()
    const answers = await rig.push([aProduct({ gallery: [FRONT, BACK] })], {
      meddle: async (request, send) => {
        if (request.url.includes('refIds.id')) throw new Fault('ambiguous', 'bad gateway', { http: 502, attempts: 1 })
        return send(request)
      },
    })
    expect(statuses(answers)).toEqual(['fault ambiguous', 'fault ambiguous'])
    expect(await rig.assets()).toEqual([])
  })

  it.each([
    ['another asset', { id: 'other', type: 'LINK', access: 'PUBLIC', metadata: { version: 1 } }],
    ['no version', { id: 'asset-1', type: 'LINK', access: 'PUBLIC' }],
    ['a list', []],
  ])('is not overwritten after an answer with %s', async (_, held) => {
    const rig = await start({ resolve: 'none' })
    const answers = await rig.push([lamp], {
      action: 'update',
      remoteIds: { [FRONT]: 'asset-1' },
      meddle: async ({ method }) => {
        expect(method).toBe('GET')
        return { status: 200, headers: {}, body: JSON.stringify(held), attempts: 1 }
      },
    })
    expect(statuses(answers)).toEqual(['fault unreadable'])
  })

  it('counts as updated only by a 204', async () => {
    const rig = await start()
    await rig.push([lamp])
    const { id } = await theAsset(rig)
    const answers = await rig.push([lamp], {
      action: 'update',
      remoteIds: { [FRONT]: id },
      meddle: async (request, send) => {
        const response = await send(request)
        return request.method === 'PUT' ? { ...response, status: 200, body: '{}' } : response
      },
    })
    expect(statuses(answers)).toEqual(['fault unreadable'])
  })

  it('works at a service that asks for the tenant in a header too', async () => {
    const rig = await start({}, { emporix: { tenantHeader: 'required' } })
    expect(statuses(await rig.push([lamp]))).toEqual(['created'])
  })

  it.each(['replaced', 'merged'] as const)(
    'has one reference to its product whatever a PUT does (%s)',
    async refIds => {
      const rig = await start({}, { emporix: { refIds } })
      await rig.push([lamp])
      const { id } = await theAsset(rig)
      await rig.push([lamp], { action: 'update', remoteIds: { [FRONT]: id } })
      expect((await theAsset(rig)).refIds).toHaveLength(1)
    },
  )
})
