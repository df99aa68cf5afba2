import { describe, expect, it } from 'vitest'
import { Fault } from '../../../src/model/fault.ts'
import { aProduct } from '../../helpers/items.ts'
import { rigs, statuses } from './rig.ts'

const [FRONT, BACK] = ['https://cdn.example.com/front.jpg', 'https://cdn.example.com/back.jpg']
const lamp = aProduct({ gallery: [FRONT, BACK] })

describe('removing emporix assets', () => {
  const start = rigs()

  /** A rig whose shop holds both images of the lamp, and their ids. */
  async function stocked(more: object = {}, sandboxOptions = {}) {
    const rig = await start(more, sandboxOptions)
    await rig.push([lamp])
    const [front, back] = (await rig.assets()).map(({ id }) => id)
    return { rig, remoteIds: { [FRONT]: front ?? '', [BACK]: back ?? '' }, front: front ?? '', back: back ?? '' }
  }

  it('deletes exactly these', async () => {
    const { rig, front, back } = await stocked()
    expect(await rig.remove({ [FRONT]: front })).toEqual([
      { status: 'deleted', reason: null, message: null, remoteId: front, http: 204, requestId: null, attempts: 2 },
    ])
    expect((await rig.assets()).map(({ id }) => id)).toEqual([back])
  })

  it.each([404, 204] as const)(
    'takes what is gone for deleted, answered with %i or not there at all',
    async deleteUnknown => {
      const { rig, front } = await stocked({}, { emporix: { deleteUnknown } })
      const answers = await rig.remove(
        { [FRONT]: front },
        {
          meddle: async (request, send) => {
            if (request.method === 'DELETE') await rig.call('DELETE', `/${front}`)
            return send(request)
          },
        },
      )
      expect(answers).toMatchObject([{ status: 'deleted', http: deleteUnknown }])
      expect(statuses(await rig.remove({ [FRONT]: front }))).toEqual(['deleted'])
    },
  )

  it('leaves an asset that belongs to something else too', async () => {
    const { rig, front } = await stocked()
    const [asset] = await rig.assets()
    const refIds = [...(asset?.refIds ?? []), { id: 'spring', type: 'LABEL' }]
    await rig.call('PUT', `/${front}`, { type: 'LINK', access: 'PUBLIC', url: FRONT, refIds, metadata: { version: 1 } })
    expect(await rig.remove({ [FRONT]: front })).toMatchObject([
      {
        status: 'failed',
        reason: 'in-use',
        message: `Asset ${front} belongs to 2 things, not to this product alone. It was not deleted.`,
      },
    ])
    expect(await rig.assets()).toHaveLength(2)
  })

  it('leaves an asset that was given another address', async () => {
    const { rig, front } = await stocked()
    const { refIds } = (await rig.assets())[0] ?? { refIds: [] }
    const url = 'https://elsewhere.example/lamp.jpg'
    await rig.call('PUT', `/${front}`, { type: 'LINK', access: 'PUBLIC', url, refIds, metadata: { version: 1 } })
    expect(statuses(await rig.remove({ [FRONT]: front }))).toEqual(['failed in-use'])
  })

  it('leaves an asset that is another image of this run now', async () => {
    const { rig, front } = await stocked({ upload: 'blob' })
    await rig.push([{ ...lamp, gallery: [BACK] }], { action: 'update', remoteIds: { [BACK]: front } })
    expect(await rig.remove({ [FRONT]: front }, { sameRun: true })).toMatchObject([
      { status: 'deleted', reason: 'reused' },
    ])
    expect(await rig.assets()).toHaveLength(2)
  })

  it('fails for an item whose asset is not known', async () => {
    const { rig } = await stocked()
    expect(statuses(await rig.remove({ [FRONT]: null }))).toEqual(['failed id-unknown'])
  })

  it('leaves the doubt to the engine when no answer comes, and goes on', async () => {
    const { rig, front, back } = await stocked()
    const answers = await rig.remove(
      { [FRONT]: front, [BACK]: back },
      {
        meddle: async (request, send) => {
          if (request.method === 'DELETE' && request.url.endsWith(front)) throw new Fault('ambiguous', 'bad gateway')
          return send(request)
        },
      },
    )
    expect(statuses(answers)).toEqual(['fault ambiguous', 'deleted'])
  })

  it('counts as done only by a 204', async () => {
    const { rig, front } = await stocked()
    const answers = await rig.remove(
      { [FRONT]: front },
      {
        meddle: async (request, send) =>
          request.method === 'DELETE' ? { status: 200, headers: {}, body: '{}', attempts: 1 } : send(request),
      },
    )
    expect(statuses(answers)).toEqual(['fault unreadable'])
  })
})
