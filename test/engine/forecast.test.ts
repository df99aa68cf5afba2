import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forecast, forecasterFor, secondsFor } from '../../src/engine/forecast.ts'
import type { Forecast } from '../../src/model/forecast.ts'
import type { PlannedTarget, TargetSummary } from '../../src/model/report.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { Terminal } from '../cli/terminal.ts'
import { anItem } from '../helpers/items.ts'
import { aShop } from '../helpers/shop.ts'

const tenAMinute = { count: 10, perMs: 60_000 }
const unlimited = { rate: null, limit: null, maxWait: 300 }

describe('seconds under a rate limit', () => {
  it('are none without one', () => {
    expect(secondsFor(1000, null)).toBe(0)
  })

  it.each([
    [0, 0],
    [1, 0],
    [10, 0],
    [11, 60],
    [20, 60],
    [21, 120],
    [1000, 99 * 60],
  ])('for %i requests at ten a minute are %i', (requests, seconds) => {
    expect(secondsFor(requests, tenAMinute)).toBe(seconds)
  })
})

describe('forecast', () => {
  it('adds up what the requests are for, from the fewest to the most', () => {
    const expected = { least: { create: 9, login: 1, delete: 0 }, most: { create: 12, login: 1, delete: 3 } }
    expect(forecast(expected, { rate: tenAMinute, limit: tenAMinute, maxWait: 300 })).toEqual({
      requests: 10,
      most: 16,
      purposes: { login: 1, create: 9 },
      seconds: 0,
      rate: tenAMinute,
      quota: { limit: tenAMinute, share: 1 },
      remarks: [],
    })
  })

  it('says of a plan without requests that it takes nothing', () => {
    const nothing = { requests: 0, most: 0, purposes: {}, seconds: 0, rate: null, quota: null, remarks: [] }
    expect(forecast(null, unlimited)).toEqual(nothing)
  })

  it('counts the looks at what is pending that the longest wait leaves time for', () => {
    // At once, then after 2, 6, 14, 30, 60, 90 … 300 seconds.
    const expected = { least: { follow: 1 }, most: { follow: 1 }, perLook: 1 }
    expect([0, 1, 2, 6, 300].map(maxWait => forecast(expected, { ...unlimited, maxWait }).most)).toEqual([
      1, 1, 2, 3, 14,
    ])
  })

  it.each([
    { requests: 3, rate: '10/min', share: 0.3 },
    { requests: 500, rate: '10/min', share: 1 },
    { requests: 500, rate: '5/min', share: 0.5 },
    { requests: 500, rate: '1/s', share: 6 },
    { requests: 20, rate: '1/s', share: 2 },
  ])('of $requests requests at $rate takes $share of ten a minute', ({ requests, rate, share }) => {
    const [count, unit] = rate.split('/')
    const kept = { count: Number(count), perMs: unit === 's' ? 1000 : 60_000 }
    const expected = { least: { create: requests }, most: { create: requests } }
    expect(forecast(expected, { rate: kept, limit: tenAMinute, maxWait: 300 }).quota?.share).toBeCloseTo(share)
  })

  it('is one request per load for a target that says nothing of itself', () => {
    const forecaster = forecasterFor(aShop({}).target, {})
    const item = { ...anItem(), remoteId: null, trim: [], doubtful: false }
    forecaster.add({ action: 'create', items: [item, item] })
    forecaster.add({ action: 'delete', items: [item] })
    expect(forecast(forecaster.total(), unlimited)).toMatchObject({ requests: 2, purposes: { create: 1, delete: 1 } })
  })
})

/** What is forecast is what happens, as the emulators count it. */
describe('the forecast of a plan', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.file('.assetsyncrc', { targets: targetsOf(sandbox) })
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const feed = (galleries: Galleries) => terminal.file('lamps.csv', feedOf(galleries))

  /** Plans, pushes, and holds the one against the other. */
  async function compare(options = '') {
    const plan = await terminal.report(`plan lamps.csv ${options}`.trim())
    const report = await terminal.report(`push lamps.csv ${options}`.trim())
    return Object.fromEntries(
      plan.targets.map(({ name, forecast: told }: PlannedTarget) => {
        const { requests } = report.targets.find((target: TargetSummary) => target.name === name)
        return [name, { told, requests }]
      }),
    ) as Record<string, { told: Forecast; requests: number }>
  }

  function expectToHold(compared: Awaited<ReturnType<typeof compare>>) {
    for (const [name, { told, requests }] of Object.entries(compared)) {
      expect(requests, `${name} at least`).toBeGreaterThanOrEqual(told.requests)
      expect(requests, `${name} at most`).toBeLessThanOrEqual(told.most)
    }
  }

  const exact = (compared: Awaited<ReturnType<typeof compare>>, ...names: string[]) =>
    expect(Object.fromEntries(names.map(name => [name, compared[name]?.told.requests]))).toEqual(
      Object.fromEntries(names.map(name => [name, compared[name]?.requests])),
    )

  it('holds for a first push, to the request where nothing is left open', async () => {
    feed(lamps(20))
    const compared = await compare()
    expectToHold(compared)
    exact(compared, 'catalogix', 'akeneo', 'mediapocket', 'emporix')
    expect(compared.mediapocket?.told).toMatchObject({ requests: 164, most: 164, purposes: { create: 164 } })
    expect(compared.productai?.told.purposes).toEqual({ 'look-up': 1, create: 82, follow: 1 })
  })

  it('holds for changes', async () => {
    feed(lamps(20))
    await terminal.call('push lamps.csv')
    feed(changed(lamps(20)))
    const compared = await compare()
    expectToHold(compared)
    exact(compared, 'catalogix', 'mediapocket')
  })

  it('holds for removals, which take look-ups at most targets', async () => {
    feed(lamps(20))
    await terminal.call('push lamps.csv')
    const { 'LMP-3': _, ...others } = lamps(20)
    feed({ ...others, 'LMP-8': lamps(20)['LMP-8']?.slice(0, 2) ?? [] })
    const compared = await compare('--prune --max-delete 50%')
    expectToHold(compared)
    exact(compared, 'catalogix', 'mediapocket', 'productai', 'emporix')
    expect(compared.emporix?.told.purposes).toMatchObject({ login: 1, delete: 18 })
  })

  it('holds for removals that are withheld: they take nothing', async () => {
    feed(lamps(20))
    await terminal.call('push lamps.csv')
    const { 'LMP-3': _, ...others } = lamps(20)
    feed({ ...others, 'LMP-1': ['https://images.example.com/new.jpg'] })
    const compared = await compare('--prune --max-delete 0')
    expectToHold(compared)
    exact(compared, 'catalogix', 'mediapocket')
  })

  it('is nothing at all for what is unchanged', async () => {
    feed(lamps(20))
    await terminal.call('push lamps.csv')
    const compared = await compare()
    expect(Object.values(compared).map(({ told, requests }) => [told.requests, told.most, requests])).toEqual(
      Array.from({ length: 5 }, () => [0, 0, 0]),
    )
  })

  it('holds for codes that have to be asked for in more ways than one', async () => {
    feed({ '007': ['https://images.example.com/7.jpg'], 'a (b)': ['https://images.example.com/c.jpg'] })
    expectToHold(await compare('--target emporix'))
  })

  it('holds for options that save requests', async () => {
    const { akeneo, mediapocket, productai, emporix } = targetsOf(sandbox)
    terminal.file('.assetsyncrc', {
      targets: {
        akeneo: { ...akeneo, link: null },
        mediapocket: { ...mediapocket, media: false },
        productai: { ...productai, wait: false },
        emporix: { ...emporix, resolve: 'none' },
      },
    })
    feed(lamps(9))
    const compared = await compare()
    expectToHold(compared)
    exact(compared, 'akeneo', 'mediapocket', 'productai', 'emporix')
    expect(compared.productai?.told.purposes).toEqual({ 'look-up': 1, create: 37 })
    expect(compared.emporix?.told.most).toBe(compared.emporix?.requests)
    feed(changed(lamps(9)))
    expectToHold(await compare())
  })

  it('holds for images that are uploaded', async () => {
    await sandbox.close()
    sandbox = await startSandbox({ akeneo: { mediaType: 'media_file' } })
    const { akeneo, emporix, productai } = targetsOf(sandbox)
    terminal.file('.assetsyncrc', {
      allowHosts: ['127.0.0.1'],
      targets: { akeneo, emporix: { ...emporix, upload: 'blob' }, productai: { ...productai, upload: 'file' } },
    })
    feed({ 'LMP-1': [picture('front'), picture('side')], 'LMP-2': [picture('top')] })
    const compared = await compare()
    expectToHold(compared)
    expect(compared.akeneo?.requests).toBe(compared.akeneo?.told.most)
  })

  const picture = (name: string) =>
    `${sandbox.url}/__sandbox/image/${encodeURIComponent(`https://images.example.com/${name}.jpg`)}`
})

type Galleries = Record<string, readonly string[]>

function targetsOf(sandbox: Sandbox) {
  const { catalogix, akeneo, mediapocket, productai, emporix } = sandbox.targets
  const rate = 'off'
  return {
    catalogix: { ...catalogix, rate },
    akeneo: { ...akeneo, rate, link: { attribute: 'packshots' } },
    mediapocket: { ...mediapocket, rate },
    productai: { ...productai, rate },
    emporix: { ...emporix, rate },
  }
}

/** LMP-1 has one image, LMP-2 two … up to eight, then one again. */
function lamps(count: number): Galleries {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const code = `LMP-${at + 1}`
      return [code, Array.from({ length: (at % 8) + 1 }, (_, n) => `https://images.example.com/${code}/${n + 1}.jpg`)]
    }),
  )
}

/** One image is replaced, one added, two change places, and there is a new product. */
function changed(galleries: Galleries): Galleries {
  const [first = '', second = '', ...rest] = galleries['LMP-5'] ?? []
  const [, ...others] = galleries['LMP-6'] ?? []
  return {
    ...galleries,
    'LMP-5': [second, first, ...rest],
    'LMP-6': ['https://images.example.com/LMP-6/new.jpg', ...others],
    'LMP-7': [...(galleries['LMP-7'] ?? []), 'https://images.example.com/LMP-7/more.jpg'],
    'LMP-NEW': ['https://images.example.com/LMP-NEW/1.jpg'],
  }
}

function feedOf(galleries: Galleries): string {
  const columns = Array.from({ length: 8 }, (_, at) => `image_${at + 1}`)
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = Object.entries(galleries).map(([code, urls]) =>
    [code, ...urls, ...Array(8 - urls.length).fill('')].map(quoted).join(','),
  )
  return `${[['sku', ...columns].join(','), ...rows].join('\n')}\n`
}
