import { describe, expect, it } from 'vitest'
import { productai } from '../../../src/targets/productai/index.ts'
import { AutoClock, ManualClock } from '../../helpers/clock.ts'
import { aFault, anAnswer, faultOf } from '../../helpers/http.ts'
import { aProduct, images, products } from '../../helpers/items.ts'
import { rigs, told, wordsOf } from './rig.ts'

const ALL = 'GET /my-uploaded-assets?limit=100&offset=0'
const PROCESSING = `${ALL}&status=processing`
const MINUTE = 60_000

describe('productai processing', () => {
  const start = rigs()

  it('is followed with one look at the list for all images together', async () => {
    const studio = await start()
    const { settle } = await studio.run(products(10))
    studio.requests()
    expect(new Set(told(await settle()))).toEqual(new Set(['created']))
    expect(studio.requests()).toEqual([ALL])
  })

  it('keeps to ten requests a minute with all it takes, so that it is never refused for being too fast', async () => {
    const clock = new AutoClock()
    const { rate } = productai.limits
    const studio = await start({}, { rate, clock }, { rate, clock })
    const { settle } = await studio.run([aProduct({ gallery: images('LAMP-001', 25) })])
    expect(new Set(told(await settle()))).toEqual(new Set(['created']))
    expect(studio.meter).toMatchObject({ requests: 27, retries: 0, throttled: 0 })
    expect(clock.now()).toBeGreaterThanOrEqual(2 * MINUTE)
  })

  it('is told image by image: ready, failed, not yet', async () => {
    const clock = new ManualClock()
    const studio = await start({}, { clock, productai: { processingMs: MINUTE } })
    const goods = ['LAMP-1', 'poison'].map(code => aProduct({ code, gallery: images(code, 1) }))
    const { settle } = await studio.run(goods)
    expect(told(await settle())).toEqual(['pending accepted processing', 'pending accepted processing'])
    await clock.advance(MINUTE)
    const answers = await settle()
    expect(told(answers)).toEqual(['created', 'failed processing-failed'])
    expect(wordsOf(answers)[1]).toMatch(/^ProductAI could not process the image \(asset \S+\); it does not say why\.$/)
  })

  it('fails for an asset that is not there any more', async () => {
    const studio = await start()
    const { settle, noted } = await studio.run([aProduct({ gallery: images('LAMP-001', 1) })])
    await studio.delete(String(noted[0]))
    expect(told(await settle())).toEqual(['failed asset-gone'])
  })

  it('does not call an asset gone that only moved to another page', async () => {
    const studio = await start()
    const { settle } = await studio.run([aProduct({ gallery: images('LAMP-001', 1) })], {
      async meddle(request, send) {
        const response = await send(request)
        return request.url.endsWith('offset=0') ? { ...response, body: '{"assets":[],"has_more":false}' } : response
      },
    })
    expect(told(await settle())).toEqual(['created'])
  })

  it('takes a state that is not documented for one that is not ready', async () => {
    const studio = await start()
    const body = JSON.stringify({ asset_id: 'asset_1', status: 'queued' })
    const { answers } = await studio.run([aProduct({ gallery: images('LAMP-001', 1) })], {
      meddle: async () => anAnswer({ status: 201, body }),
    })
    expect(told(answers)).toEqual(['pending accepted processing'])
  })

  it('stays open when nobody can be asked', async () => {
    const studio = await start()
    let up = true
    const { settle } = await studio.run(products(1), {
      meddle: async (request, send) => {
        if (up) return send(request)
        throw aFault('ambiguous')
      },
    })
    up = false
    expect((await faultOf(settle())).kind).toBe('ambiguous')
    up = true
    expect(told(await settle())).toEqual(['created', 'created'])
  })
})

describe('productai processing in an account of many pages', () => {
  const start = rigs()

  async function open(count: number) {
    const clock = new ManualClock()
    const studio = await start({}, { clock, productai: { processingMs: MINUTE } })
    for (let no = 0; no < 250; no++) await studio.import({ url: `https://cdn.example.com/other/${no}.jpg` })
    await clock.advance(MINUTE)
    const goods = [aProduct({ gallery: images('LAMP-001', count) })]
    const { settle } = await studio.run(goods)
    studio.requests()
    const look = async () => [...new Set(told(await settle())), ...studio.requests()]
    return { clock, look }
  }

  it('is one short list as long as nothing is finished', async () => {
    const { look } = await open(20)
    expect(await look()).toEqual(['pending accepted processing', PROCESSING])
  })

  it('looks for few finished images one by one', async () => {
    const { clock, look } = await open(2)
    await clock.advance(MINUTE)
    const asset = expect.stringMatching(/^GET \/assets\/[^?]+$/)
    expect(await look()).toEqual(['created', PROCESSING, asset, asset])
  })

  it('looks for many in the whole list', async () => {
    const { clock, look } = await open(20)
    await clock.advance(MINUTE)
    const pages = [100, 200].map(offset => ALL.replace('offset=0', `offset=${offset}`))
    expect(await look()).toEqual(['created', PROCESSING, ALL, ...pages])
  })
})
