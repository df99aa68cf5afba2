import { describe, expect, it } from 'vitest'
import { Fault } from '../../../src/model/fault.ts'
import type { SandboxOptions } from '../../../src/sandbox/index.ts'
import { tagOf } from '../../../src/targets/productai/tag.ts'
import { aFault, anAnswer } from '../../helpers/http.ts'
import { aProduct, images, products } from '../../helpers/items.ts'
import { dropping, isDelete, isUpload, losing, rigs, told, wordsOf } from './rig.ts'

const URL_1 = 'https://cdn.example.com/lamp.jpg'
const lamp = aProduct({ code: 'LAMP-1', gallery: [URL_1] })
const TAG = tagOf(`LAMP-1 ${URL_1}`)
/** The first upload of a run fails when it is processed; what comes later does not. */
const failsOnce: SandboxOptions = { faults: [{ target: 'productai', fault: 'partial', rate: 1, times: 2 }] }
const LIST = 'GET /my-uploaded-assets?limit=100&offset=0'

describe('productai upload', () => {
  const start = rigs()

  it('imports every image once, under its name and with a tag by which it is found again', async () => {
    const studio = await start()
    const { answers, noted } = await studio.run([lamp])
    const [asset, ...others] = await studio.assets()
    expect([asset, others]).toMatchObject([{ name: 'LAMP-1', tags: ['sku:LAMP-1', TAG] }, []])
    expect(told(answers)).toEqual(['pending accepted processing'])
    expect(noted).toEqual([asset?.asset_id])
    expect(studio.requests()).toEqual(['POST /training-asset'])
  })

  it('does not take 201 for done: the image is created when it is ready', async () => {
    const studio = await start()
    const { settle } = await studio.run([lamp])
    expect(told(await settle())).toEqual(['created'])
  })

  it('is done with 201 where nobody waits', async () => {
    const studio = await start({ wait: false })
    const { answers } = await studio.run([lamp])
    const [asset] = await studio.assets()
    expect(answers).toMatchObject([
      { status: 'accepted', reason: 'processing', remoteId: asset?.asset_id, http: 201, attempts: 1 },
    ])
  })

  it('is done at once when the asset is ready at once', async () => {
    const studio = await start()
    const body = JSON.stringify({ asset_id: 'asset_1', status: 'ready' })
    const { answers } = await studio.run([lamp], { meddle: async () => anAnswer({ status: 201, body }) })
    expect(answers).toMatchObject([{ status: 'created', reason: null, remoteId: 'asset_1', http: 201 }])
  })

  it('fails with the words of the vendor, and the neighbours go on', async () => {
    const studio = await start()
    const goods = [lamp, aProduct({ code: 'LAMP-2', gallery: ['ftp://cdn.example.com/lamp.jpg'] }), aProduct()]
    const { answers } = await studio.run(goods)
    expect(told(answers)).toEqual([
      'pending accepted processing',
      'fault refused target-rejected',
      'pending accepted processing',
      'pending accepted processing',
    ])
    expect(wordsOf(answers)[1]).toBe('url must be an http(s) URL')
  })
})

describe('productai after a request without an answer', () => {
  const start = rigs()

  it('asks by the tag and finds what arrived, instead of uploading it again', async () => {
    const studio = await start()
    const { answers } = await studio.run([lamp], { meddle: losing(isUpload) })
    expect(told(answers)).toEqual(['created'])
    expect(studio.requests()).toEqual(['POST /training-asset', `${LIST}&tags=${TAG}`])
    expect(await studio.assets()).toHaveLength(1)
  })

  it('says unknown when ProductAI does not list it, because it may still appear', async () => {
    const studio = await start()
    const { answers } = await studio.run([lamp], { meddle: dropping(isUpload) })
    expect(answers).toMatchObject([{ status: 'unknown', reason: 'no-answer', attempts: 2 }])
    expect(wordsOf(answers)[0]).toContain('the next push looks for it')
  })

  it.each(['reset', 'garbage'] as const)('makes nothing twice over real HTTP: %s', async fault => {
    const studio = await start({}, { faults: [{ target: 'productai', fault, rate: 0.34 }] })
    const { answers } = await studio.run(products(1)) // the third request is the fault
    expect(told(answers)).toEqual(['pending accepted processing', 'created'])
    expect(studio.requests()).toEqual([
      'POST /training-asset',
      'POST /training-asset',
      expect.stringContaining('&tags=assetsync-'),
    ])
    expect(await studio.assets()).toHaveLength(2)
  })

  it('asks as well after an answer that is not one of this API', async () => {
    const studio = await start()
    const { answers } = await studio.run([lamp], {
      async meddle(request, send) {
        const response = await send(request)
        return isUpload(request) ? { ...response, body: '{"ok":true}' } : response
      },
    })
    expect(told(answers)).toEqual(['created'])
    expect(await studio.assets()).toHaveLength(1)
  })

  it('does not trust the filter of the list', async () => {
    const studio = await start()
    const meddle = dropping(isUpload)
    await studio.import({ url: URL_1, tags: ['somebody else’s'] })
    const { answers } = await studio.run([lamp], {
      meddle: (request, send) => meddle({ ...request, url: request.url.replace(/&tags=.*/, '') }, send),
    })
    expect(told(answers)).toEqual(['unknown no-answer'])
  })

  it('does not take the asset that is to be replaced for the one that was uploaded', async () => {
    const studio = await start()
    const old = await studio.import({ url: URL_1, name: 'old', tags: [TAG] })
    const { answers } = await studio.run([lamp], { remoteId: old, meddle: dropping(isUpload) })
    expect(answers).toMatchObject([{ status: 'unknown', remoteId: old }])
    expect(await studio.assets()).toMatchObject([{ asset_id: old }])
  })

  it('sends nothing more when it gets no answer to its question either', async () => {
    const studio = await start()
    const { answers } = await studio.run(products(2), { meddle: dropping(() => true) })
    expect(told(answers)).toEqual([
      'unknown no-answer',
      'fault unreachable unreachable',
      'fault unreachable unreachable',
      'fault unreachable unreachable',
    ])
    expect(studio.requests()).toHaveLength(2)
    expect(answers.slice(1).map(answer => answer.status === 'fault' && answer.fault.attempts)).toEqual([0, 0, 0])
  })

  it('says unknown of an upload that was cut off by the end of the run', async () => {
    const studio = await start()
    const aborted = new Fault('stopped', 'The run was stopped before the answer came.', { reason: 'aborted' })
    const { answers } = await studio.run([lamp, aProduct({ gallery: [URL_1] })], {
      async meddle(request) {
        throw isUpload(request) ? aborted : aFault('stopped')
      },
    })
    expect(told(answers)).toEqual(['unknown no-answer', 'fault stopped interrupted'])
  })
})

describe('productai without a ledger', () => {
  const start = rigs()

  it('adopts what is there by its tag, on whatever page, and uploads nothing', async () => {
    const studio = await start()
    for (let no = 0; no < 120; no++) await studio.import({ url: `https://cdn.example.com/other/${no}.jpg` })
    const goods = [aProduct({ code: 'LAMP-1', gallery: images('LAMP-1', 3) })]
    await (await studio.run(goods)).settle()
    studio.requests()
    const { answers } = await studio.run(goods)
    expect(told(answers)).toEqual(['updated adopted', 'updated adopted', 'updated adopted'])
    expect(wordsOf(answers)[0]).toMatch(/^ProductAI has it already \(asset \S+\), so nothing was uploaded\.$/)
    expect(studio.requests()).toEqual([])
  })

  it('adopts one with another name as it is, and says so', async () => {
    const studio = await start()
    const id = await studio.import({ url: URL_1, name: 'by hand', tags: [TAG] })
    const { answers } = await studio.run([lamp])
    expect(answers).toMatchObject([{ status: 'updated', reason: 'adopted', remoteId: id }])
    expect(wordsOf(answers)[0]).toContain('were left alone')
    expect(await studio.assets()).toMatchObject([{ asset_id: id, name: 'by hand' }])
  })

  it('prefers the one with today’s name', async () => {
    const studio = await start()
    await studio.import({ url: URL_1, name: 'old', tags: ['sku:LAMP-1', TAG] })
    const id = await studio.import({ url: URL_1, name: 'LAMP-1', tags: ['sku:LAMP-1', TAG] })
    expect((await studio.run([lamp])).answers).toMatchObject([{ reason: 'adopted', remoteId: id }])
  })

  it('waits for one that is still being processed', async () => {
    const studio = await start({}, { productai: { processingMs: 3_600_000 } })
    await studio.run([lamp])
    const { answers, settle } = await studio.run([lamp])
    expect([told(answers), told(await settle())]).toEqual([
      ['pending accepted processing'],
      ['pending accepted processing'],
    ])
    expect(await studio.assets()).toHaveLength(1)
  })

  it('does not adopt one whose processing failed, and deletes it when a better one is ready', async () => {
    const studio = await start({}, failsOnce)
    const first = await studio.run([lamp])
    expect(told(await first.settle())).toEqual(['failed processing-failed'])
    const { answers, settle } = await studio.run([lamp])
    expect([told(answers), told(await settle())]).toEqual([['pending accepted processing'], ['created']])
    expect(await studio.assets()).toMatchObject([{ status: 'ready' }])
  })
})

describe('productai update', () => {
  const start = rigs()
  const renamed = { options: { name: 'Lamp {code}' } }

  async function withLamp() {
    const studio = await start()
    await (await studio.run([lamp])).settle()
    const [asset] = await studio.assets()
    studio.requests()
    return { studio, old: asset?.asset_id ?? '' }
  }

  it('makes a new asset, waits until it is ready, and only then deletes the old one', async () => {
    const { studio, old } = await withLamp()
    const { answers, settle, noted } = await studio.run([lamp], { remoteId: old, ...renamed })
    expect(answers).toMatchObject([{ status: 'pending', meanwhile: { reason: 'processing', remoteId: old } }])
    expect((await studio.assets()).map(({ name }) => name).toSorted()).toEqual(['LAMP-1', 'Lamp LAMP-1'])
    const [verdict] = await settle()
    const [asset, ...others] = await studio.assets()
    expect([asset?.name, others]).toEqual(['Lamp LAMP-1', []])
    expect(verdict).toMatchObject({ status: 'updated', reason: 'replaced', remoteId: asset?.asset_id, attempts: 1 })
    expect(studio.requests()).toEqual(['POST /training-asset', LIST, `DELETE /assets/${old}`])
    expect(noted).toEqual([]) // the id of the old asset must stay in the ledger until it is gone
  })

  it('follows a replacement to its end even where nobody waits', async () => {
    const { studio, old } = await withLamp()
    const { answers } = await studio.run([lamp], { remoteId: old, options: { wait: false, name: 'Lamp {code}' } })
    expect(told(answers)).toEqual(['pending accepted processing'])
  })

  it('deletes nothing when the new one cannot be processed', async () => {
    const studio = await start({}, { faults: [{ target: 'productai', fault: 'partial' }] })
    const old = await studio.import({ url: URL_1, name: 'old', tags: [tagOf(`poison ${URL_1}`)] })
    const { settle } = await studio.run([aProduct({ code: 'poison', gallery: [URL_1] })], { remoteId: old })
    const answers = await settle()
    expect(told(answers)).toEqual(['failed processing-failed'])
    expect(wordsOf(answers)[0]).toContain(`The old asset ${old} stays.`)
    expect((await studio.assets()).map(({ status }) => status).toSorted()).toEqual(['failed', 'ready'])
  })

  it('takes an old asset that somebody deleted for deleted', async () => {
    const { studio, old } = await withLamp()
    const { settle } = await studio.run([lamp], { remoteId: old, ...renamed })
    await studio.delete(old)
    expect(told(await settle())).toEqual(['updated replaced'])
  })

  it('tries to delete again as long as the run lasts, and says what is left', async () => {
    const { studio, old } = await withLamp()
    let lucky = false
    const { settle } = await studio.run([lamp], {
      remoteId: old,
      ...renamed,
      meddle: dropping(request => isDelete(request) && !lucky),
    })
    const answers = await settle()
    expect(told(answers)).toEqual(['pending accepted old-not-deleted'])
    expect(wordsOf(answers)[0]).toMatch(/is ready, but the old one could not be deleted: the connection broke/)
    lucky = true
    expect(told(await settle())).toEqual(['updated replaced'])
    expect(await studio.assets()).toHaveLength(1)
  })

  it('fails when the old asset may not be deleted', async () => {
    const { studio, old } = await withLamp()
    const { settle } = await studio.run([lamp], {
      remoteId: old,
      ...renamed,
      async meddle(request, send) {
        if (isDelete(request)) throw aFault('refused', { http: 403 })
        return send(request)
      },
    })
    expect(await settle()).toMatchObject([{ status: 'failed', reason: 'old-not-deleted', remoteId: old }])
  })

  it('uploads nothing when the asset has today’s name and tags already', async () => {
    const { studio, old } = await withLamp()
    const { answers } = await studio.run([lamp], { remoteId: old })
    expect(answers).toMatchObject([{ status: 'updated', reason: 'adopted', remoteId: old }])
    expect(studio.requests()).toEqual([])
  })
})

describe('productai in doubt', () => {
  const start = rigs()

  it('looks whether the asset of a run that ended while it was processed is ready, instead of uploading it again', async () => {
    const studio = await start()
    const [remoteId = null] = (await studio.run([lamp])).noted
    studio.requests()
    const { answers } = await studio.run([lamp], { remoteId, doubtful: true })
    expect(answers).toMatchObject([{ status: 'updated', reason: 'adopted', remoteId }])
    expect(studio.requests()).toEqual([])
  })

  it('goes on waiting for one that still is processed', async () => {
    const studio = await start({}, { productai: { processingMs: 3_600_000 } })
    const [remoteId = null] = (await studio.run([lamp])).noted
    const { answers } = await studio.run([lamp], { remoteId, doubtful: true })
    expect(answers).toMatchObject([{ status: 'pending', meanwhile: { reason: 'processing', remoteId } }])
    expect(await studio.assets()).toHaveLength(1)
  })

  it('finishes a replacement that a killed run began', async () => {
    const studio = await start()
    const options = { name: 'Lamp {code}' }
    const [old = null] = (await studio.run([lamp])).noted
    await studio.run([lamp], { remoteId: old, options })
    studio.requests()
    const { answers } = await studio.run([lamp], { remoteId: old, doubtful: true, options })
    expect(told(answers)).toEqual(['updated replaced'])
    expect(studio.requests()).toEqual([`DELETE /assets/${old}`])
    expect(await studio.assets()).toMatchObject([{ name: 'Lamp LAMP-1' }])
  })

  it('uploads what is not there any more', async () => {
    const studio = await start()
    const { answers, settle } = await studio.run([lamp], { remoteId: 'asset_gone', doubtful: true })
    expect(told(answers)).toEqual(['pending accepted processing'])
    expect(told(await settle())).toEqual(['updated replaced'])
  })

  it('says created of an image whose first processing had failed', async () => {
    const studio = await start({}, failsOnce)
    const first = await studio.run([lamp])
    await first.settle()
    const [remoteId = null] = first.noted
    const { settle } = await studio.run([lamp], { remoteId, doubtful: true })
    expect(told(await settle())).toEqual(['created'])
    expect(await studio.assets()).toMatchObject([{ status: 'ready' }])
  })
})

describe('productai plan limits', () => {
  const start = rigs()

  it('fail the first image, and a second one in a row ends the run of this target', async () => {
    const studio = await start({}, { productai: { maxAssets: 1 } })
    const { answers } = await studio.run(products(3))
    expect(told(answers)).toEqual([
      'pending accepted processing',
      'fault refused plan-limit',
      'fault throttled plan-limit',
      'fault throttled plan-limit',
      'fault throttled plan-limit',
      'fault throttled plan-limit',
    ])
    expect(wordsOf(answers)[1]).toMatch(/^The ProductAI plan does not allow it: ./)
    expect(studio.requests()).toHaveLength(3)
  })

  it('of one image do not fail its neighbours', async () => {
    const studio = await start()
    let no = 0
    const { answers } = await studio.run(products(2), {
      async meddle(request, send) {
        if (no++ % 2 === 0) throw aFault('refused', { http: 403, message: 'too many pixels' })
        return send(request)
      },
    })
    expect(told(answers)).toEqual([
      'fault refused plan-limit',
      'pending accepted processing',
      'fault refused plan-limit',
      'pending accepted processing',
    ])
  })
})
