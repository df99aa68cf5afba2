import { describe, expect, it } from 'vitest'
import { tagOf } from '../../../src/targets/productai/tag.ts'
import { anAnswer } from '../../helpers/http.ts'
import { aProduct } from '../../helpers/items.ts'
import { rigs, told } from './rig.ts'

const URL_1 = 'https://cdn.example.com/lamp.jpg'
const lamp = aProduct({ code: 'LAMP-1', gallery: [URL_1] })
const TAG = tagOf(`LAMP-1 ${URL_1}`)

describe('productai remove', () => {
  const start = rigs()

  it('deletes the asset that the ledger knows, and no other', async () => {
    const studio = await start()
    const other = await studio.import({ url: URL_1, tags: ['lamps'] })
    const [remoteId = null] = (await studio.run([lamp])).noted
    const answers = await studio.remove([lamp], { remoteId })
    expect(answers).toMatchObject([{ status: 'deleted', reason: null, remoteId, http: 204 }])
    expect(await studio.assets()).toMatchObject([{ asset_id: other }])
  })

  it('takes what is gone already for deleted', async () => {
    const studio = await start()
    const answers = await studio.remove([lamp], { remoteId: 'asset/gone' })
    expect(answers).toMatchObject([{ status: 'deleted', http: 404 }])
    expect(studio.requests().at(-1)).toBe('DELETE /assets/asset%2Fgone')
  })

  it('deletes a replacement that was not finished with the asset it should have replaced', async () => {
    const studio = await start()
    const [remoteId = null] = (await studio.run([lamp])).noted
    await studio.run([lamp], { remoteId, options: { name: 'Lamp' } })
    expect(told(await studio.remove([lamp], { remoteId, doubtful: true }))).toEqual(['deleted'])
    expect(await studio.assets()).toEqual([])
  })

  it('leaves assets with the same tag alone as long as the ledger is certain', async () => {
    const studio = await start()
    const [remoteId = null] = (await studio.run([lamp])).noted
    const copy = await studio.import({ url: URL_1, tags: [TAG] })
    await studio.remove([lamp], { remoteId })
    expect(await studio.assets()).toMatchObject([{ asset_id: copy }])
  })

  it('finds an asset whose id was lost by its tag', async () => {
    const studio = await start()
    await studio.run([lamp])
    expect(told(await studio.remove([lamp], { doubtful: true }))).toEqual(['deleted'])
    expect(await studio.assets()).toEqual([])
  })

  it('does not believe an answer other than the documented one', async () => {
    const studio = await start()
    const [remoteId = null] = (await studio.run([lamp])).noted
    const answers = await studio.remove([lamp, lamp], {
      remoteId,
      meddle: async () => anAnswer({ body: '{"ok":true}' }),
    })
    expect(told(answers)).toEqual(['fault unreadable answer-unreadable', 'fault unreadable answer-unreadable'])
  })
})
