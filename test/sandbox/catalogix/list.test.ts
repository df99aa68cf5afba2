import { describe, expect, it } from 'vitest'
import { data, image, item, type Rig, rigs } from '../client.ts'

const start = rigs()

function list(rig: Rig, query: Record<string, string> = {}) {
  return rig.call('GET', '/assets', { query: { store_uuid: rig.storeUuid, ...query } })
}

describe('catalogix GET /assets', () => {
  it('groups by parent_code and gives each asset its attribute name, URL and id', async () => {
    const rig = await start()
    await rig.post([item('OAK-CHAIR', 2), item('__proto__')])
    const answer = await list(rig)
    const asset = (code: string, rank: number) => ({
      [`Image URL ${rank}`]: image(code, rank),
      asset_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    const group = { channel: 'SMP', asset_type: 'image', store_uuid: rig.storeUuid }
    expect(answer.json).toEqual({
      status: { code: 0, message: 'SUCCESS', request_id: expect.any(String) },
      data: {
        total_groups: 2,
        returned_groups: 2,
        assets: Object.fromEntries([
          ['OAK-CHAIR', { ...group, assets: [asset('OAK-CHAIR', 1), asset('OAK-CHAIR', 2)] }],
          ['__proto__', { ...group, assets: [asset('__proto__', 1)] }],
        ]),
      },
    })
  })

  it('gives every asset its own id, which a new URL does not change', async () => {
    const rig = await start()
    const ids = async () => (await list(rig)).text.match(/[0-9a-f]{32}/g)
    await rig.post([item('OAK-CHAIR', 2), item('LAMP-7', 2)])
    const before = await ids()
    expect(new Set(before).size).toBe(4)
    await rig.post([{ ...item('OAK-CHAIR'), assets: { 'Image URL 1': 'https://cdn.example.com/new.jpg' } }])
    expect(await ids()).toEqual(before)
  })

  it('pages by offset and limit, 50 groups at most', async () => {
    const rig = await start()
    const codes = Array.from({ length: 70 }, (_, at) => `LAMP-${at}`)
    await rig.post(codes.map(code => item(code)))
    const pages = [await list(rig), await list(rig, { offset: '50', limit: '50' }), await list(rig, { offset: '70' })]
    const read = pages.map(page => data(page) as { total_groups: number; returned_groups: number; assets: object })
    expect(read.map(page => [page.total_groups, page.returned_groups])).toEqual([
      [70, 50],
      [70, 20],
      [70, 0],
    ])
    expect(read.flatMap(page => Object.keys(page.assets)).sort()).toEqual(codes.sort())
  })

  it('shows one channel and one format', async () => {
    const rig = await start()
    await rig.post([item('OAK-CHAIR'), { ...item('LAMP-7'), asset_type: 'video' }])
    await rig.post([item('SOFA-1')], { query: { store_uuid: rig.storeUuid, channel: 'B2B' } })
    const shown = async (query: Record<string, string>) =>
      Object.keys((data(await list(rig, query)) as { assets: object }).assets)
    expect(await shown({})).toEqual(['OAK-CHAIR'])
    expect(await shown({ asset_format: 'video' })).toEqual(['LAMP-7'])
    expect(await shown({ channel: 'B2B' })).toEqual(['SOFA-1'])
    expect(await shown({ channel: 'B2B', asset_format: 'pdf' })).toEqual([])
  })

  it.each<[Record<string, string>, string]>([
    [{ store_uuid: '' }, 'store_uuid is required'],
    [{ store_uuid: 'other' }, 'store_uuid "other" is unknown'],
    [{ limit: '51' }, 'limit must be a whole number from 1 to 50'],
    [{ limit: '0' }, 'limit must be a whole number from 1 to 50'],
    [{ limit: 'all' }, 'limit must be a whole number from 1 to 50'],
    [{ offset: '-1' }, 'offset must be a whole number'],
    [{ offset: '1.5' }, 'offset must be a whole number'],
    [{ asset_format: 'jpg' }, 'asset_format must be one of image, video, pdf, 3D, text'],
  ])('refuses %j with 400 and error_info', async (query, details) => {
    const rig = await start()
    const answer = await list(rig, query)
    expect([answer.status, answer.json]).toEqual([
      400,
      {
        status: { code: -1, message: 'ERROR', request_id: expect.any(String) },
        data: { error_info: [{ reason: 'invalid_request', details }] },
      },
    ])
  })
})
