import { describe, expect, it } from 'vitest'
import type { FaultRule } from '../../../src/sandbox/faults.ts'
import type { ProductAiBehaviour } from '../../../src/sandbox/productai/call.ts'
import { productai } from '../../../src/targets/productai/index.ts'
import { aProduct } from '../../helpers/items.ts'
import { wires } from '../../helpers/wire.ts'
import { productAis } from '../../sandbox/productai/client.ts'
import { seen } from '../reading.ts'

const url = (name: string) => `https://cdn.example.com/${name}.jpg`
const LAMP = aProduct({ code: 'LAMP', gallery: [url('front'), url('back')] })

describe('reading productai', () => {
  const start = productAis()
  const wire = wires()

  async function open(behaviour: ProductAiBehaviour = {}, more: object = {}, faults: readonly FaultRule[] = []) {
    const studio = await start(behaviour, { faults })
    const { baseUrl, ...credentials } = studio.sandbox.targets.productai
    const options = productai.options.parse({ ...credentials, ...more })
    const { io } = wire(productai, options, baseUrl)
    const tags = productai.encode(LAMP, options)
    if ('reason' in tags) throw new Error(tags.message)
    const bodies = tags.map(item => productai.payload(item, options) as { url: string })
    return {
      studio,
      bodies,
      requests: () => studio.sandbox.state().productai.requests,
      look: () => seen(productai, io, options, [LAMP]),
    }
  }

  it('knows images by their tags, with one list for all products', async () => {
    const { studio, bodies, look, requests } = await open()
    for (const body of bodies) await studio.import(body)
    const before = requests()
    expect(await look()).toEqual([[`LAMP ${url('front')}: ${url('front')}`, `LAMP ${url('back')}: ${url('back')}`]])
    expect(requests() - before).toBe(1)
  })

  it('tells what else has the tag of the product, a second upload of the same image too', async () => {
    const { studio, bodies, look } = await open()
    const [front] = bodies
    await studio.import(front)
    await studio.import(front)
    const foreign = await studio.hold('LAMP', url('foreign'))
    await studio.hold('SOFA', url('sofa'))
    const [sights = []] = await look()
    expect(sights).toHaveLength(3)
    expect(sights[0]).toBe(`LAMP ${url('front')}: ${url('front')}`)
    expect(sights).toContain(`extra: ${foreign}`)
  })

  it('says nothing of what is still being processed', async () => {
    const { studio, bodies, look } = await open({ processingMs: 60_000 })
    await studio.import(bodies[0])
    expect(await look()).toEqual([[`LAMP ${url('front')}: hidden, processing`]])
  })

  it('does not count an image that could not be processed', async () => {
    const { studio, bodies, look } = await open({}, {}, [{ target: 'productai', fault: 'partial', rate: 1 }])
    await studio.import(bodies[0])
    expect(await look()).toEqual([[`LAMP ${url('front')}: absent, processing-failed`]])
  })

  it('sees nothing besides where no tag holds the code', async () => {
    const { studio, look } = await open({}, { tags: ['lamps', 'rank {rank} of {code}'] })
    await studio.import({ url: url('foreign'), tags: ['lamps'] })
    expect(await look()).toEqual([[]])
  })
})
