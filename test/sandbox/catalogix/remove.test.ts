import { beforeEach, describe, expect, it } from 'vitest'
import { data, image, item, type Rig, rigs } from '../client.ts'

const start = rigs()
let rig: Rig

beforeEach(async () => {
  rig = await start()
  await rig.post([item('OAK-CHAIR', 3), item('LAMP-7', 1)])
  await rig.post([item('OAK-CHAIR', 2), item('SOFA-1', 1)], { query: { store_uuid: rig.storeUuid, channel: 'B2B' } })
})

/** The id of an asset as the API shows it. */
async function idOf(code: string, rank: number, channel = 'SMP'): Promise<string> {
  const query = { store_uuid: rig.storeUuid, channel }
  const page = data(await rig.call('GET', '/assets', { query })) as {
    assets: Record<string, { assets: Record<string, string>[] }>
  }
  const id = page.assets[code]?.assets.find(asset => `Image URL ${rank}` in asset)?.asset_id
  if (id === undefined) throw new Error(`no asset at rank ${rank} of ${code}`)
  return id
}

function unlink(...entries: object[]) {
  return rig.call('POST', '/assets/unlink', { body: entries.map(entry => ({ store_uuid: rig.storeUuid, ...entry })) })
}

function remove(...entries: object[]) {
  return rig.call('DELETE', '/assets', { body: entries.map(entry => ({ store_uuid: rig.storeUuid, ...entry })) })
}

describe('catalogix POST /assets/unlink', () => {
  it('unlinks the asset that is named', async () => {
    const asset_id = await idOf('OAK-CHAIR', 2)
    const answer = await unlink({ parent_code: 'OAK-CHAIR', channel: 'SMP', asset_id })
    expect(answer.json).toEqual({
      status: { code: 0, message: 'SUCCESS', request_id: expect.any(String) },
      data: { unlinked: 1, failed: 0, error_info: [] },
    })
    expect(rig.galleries['OAK-CHAIR']).toEqual([image('OAK-CHAIR', 1), image('OAK-CHAIR', 3)])
  })

  it('without asset_id unlinks all assets of the code and channel, and of no other channel', async () => {
    expect(data(await unlink({ parent_code: 'OAK-CHAIR', channel: 'SMP' }))).toEqual({
      unlinked: 3,
      failed: 0,
      error_info: [],
    })
    expect(rig.galleries).toEqual({
      'OAK-CHAIR': [image('OAK-CHAIR', 1), image('OAK-CHAIR', 2)],
      'LAMP-7': [image('LAMP-7', 1)],
      'SOFA-1': [image('SOFA-1', 1)],
    })
  })

  it('counts as failed what is not there, without touching anything', async () => {
    const before = rig.galleries
    const lamp = await idOf('LAMP-7', 1)
    const answer = await unlink(
      { parent_code: 'OAK-CHAIR', channel: 'SMP', asset_id: lamp },
      { parent_code: 'DESK-9', channel: 'SMP' },
    )
    expect(data(answer)).toEqual({ unlinked: 0, failed: 2, error_info: [] })
    expect(rig.galleries).toEqual(before)
  })

  it('makes a code without assets new again', async () => {
    await unlink({ parent_code: 'LAMP-7', channel: 'SMP' })
    expect(rig.galleries['LAMP-7']).toBeUndefined()
    expect(data(await rig.post([item('LAMP-7')]))).toMatchObject({ created: 1 })
  })

  it.each<[object, string]>([
    [{ channel: 'SMP' }, '[0].parent_code: must be a non-empty string'],
    [{ parent_code: 'LAMP-7' }, '[0].channel: must be a non-empty string'],
    [{ parent_code: 'LAMP-7', channel: 'SMP', asset_id: null }, '[0].asset_id: must be a non-empty string'],
    [{ parent_code: 'LAMP-7', channel: 'SMP', asset_id: '' }, '[0].asset_id: must be a non-empty string'],
    [{ parent_code: 'LAMP-7', channel: 'SMP', asset_id: ['x'] }, '[0].asset_id: must be a non-empty string'],
    [{ parent_code: 'LAMP-7', channel: 'SMP', store_uuid: 1 }, '[0].store_uuid: must be a non-empty string'],
  ])('refuses %j with 422 and unlinks nothing', async (entry, detail) => {
    const before = rig.galleries
    const answer = await unlink(entry)
    expect([answer.status, answer.json, rig.galleries]).toEqual([422, { status: 'error', detail }, before])
  })
})

describe('catalogix DELETE /assets', () => {
  it('deletes the assets that are named, in any channel', async () => {
    const ids = [await idOf('OAK-CHAIR', 3), await idOf('SOFA-1', 1, 'B2B')]
    expect(data(await remove({ asset_id: [...ids, 'gone'] }))).toEqual({ deleted_count: 2, failed: 1, error_info: [] })
    expect(rig.galleries).toEqual({
      'OAK-CHAIR': [image('OAK-CHAIR', 1), image('OAK-CHAIR', 2)],
      'LAMP-7': [image('LAMP-7', 1)],
    })
  })

  it('without asset_id deletes everything that the rest of the entry fits', async () => {
    const answer = await remove(
      { parent_code: 'OAK-CHAIR' },
      { channel: 'B2B' },
      { parent_code: 'DESK-9', channel: 'SMP' },
    )
    expect(data(answer)).toEqual({ deleted_count: 6, failed: 1, error_info: [] })
    expect(rig.galleries).toEqual({ 'LAMP-7': [image('LAMP-7', 1)] })
  })

  it('with store_uuid alone deletes the whole store', async () => {
    expect(data(await remove({}))).toEqual({ deleted_count: 7, failed: 0, error_info: [] })
    expect(rig.galleries).toEqual({})
  })

  it('refuses a missing or foreign store and deletes nothing', async () => {
    const before = rig.galleries
    const [missing, foreign] = [await remove({ store_uuid: undefined }), await remove({}, { store_uuid: 'other' })]
    expect([missing.status, missing.json]).toEqual([
      422,
      { status: 'error', detail: '[0].store_uuid: must be a non-empty string' },
    ])
    expect([foreign.status, foreign.json]).toEqual([400, { status: 'error', detail: 'store_uuid "other" is unknown' }])
    expect(rig.galleries).toEqual(before)
  })

  it.each<[object, string]>([
    [{ channel: null }, '[0].channel: must be a non-empty string'],
    [{ parent_code: 7 }, '[0].parent_code: must be a non-empty string'],
    [{ asset_id: [] }, '[0].asset_id: must be a non-empty array of non-empty strings'],
    [{ asset_id: 'x' }, '[0].asset_id: must be a non-empty array of non-empty strings'],
    [{ asset_id: [''] }, '[0].asset_id: must be a non-empty array of non-empty strings'],
  ])('refuses %j with 422 and deletes nothing', async (entry, detail) => {
    const before = rig.galleries
    const answer = await remove(entry)
    expect([answer.status, answer.json, rig.galleries]).toEqual([422, { status: 'error', detail }, before])
  })

  it('takes 100 entries and refuses 101 with 413', async () => {
    const entries = Array.from({ length: 101 }, () => ({ parent_code: 'DESK-9' }))
    expect((await remove(...entries)).status).toBe(413)
    expect((await remove(...entries.slice(1))).status).toBe(200)
  })
})
