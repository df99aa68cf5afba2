import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../src/model/outcome.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { Terminal } from './cli/terminal.ts'

type Galleries = Record<string, readonly string[]>

/** One feed, five systems, each with its own idea of an asset, of identity and of done. */
describe('a push to all five targets', () => {
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

  const push = async (
    galleries: Galleries,
    options = '',
  ): Promise<{ outcomes: Outcome[]; requests: Record<string, number> }> => {
    const rows = Object.entries(galleries).map(([code, urls]) =>
      [code, ...urls, ...Array(8 - urls.length).fill('')].join(','),
    )
    const header = ['sku', ...Array.from({ length: 8 }, (_, at) => `image_${at + 1}`)].join(',')
    terminal.file('lamps.csv', `${[header, ...rows].join('\n')}\n`)
    const report = await terminal.report(`push lamps.csv ${options}`.trim())
    return {
      outcomes: report.items,
      requests: Object.fromEntries(
        report.targets.map(({ name, requests }: { name: string; requests: number }) => [name, requests]),
      ),
    }
  }

  const changed = (outcomes: readonly Outcome[]) =>
    groupBy(
      outcomes
        .filter(({ status }) => status !== 'unchanged')
        .map(({ target, code, status }) => ({ target, is: `${code} ${status}` })),
      ({ target }) => target,
    )

  it('leaves every image of 30 products at each of them, in order where the target knows order', async () => {
    const galleries = lamps(30)
    const { outcomes } = await push(galleries)
    expect(outcomes.filter(({ status }) => status !== 'created')).toEqual([])
    const state = sandbox.state()
    for (const ordered of ['catalogix', 'akeneo', 'mediapocket'] as const)
      expect(state[ordered].galleries, ordered).toEqual(galleries)
    for (const unordered of ['productai', 'emporix'] as const) {
      expect(sorted(state[unordered].galleries), unordered).toEqual(sorted(galleries))
    }
  })

  it('sends nothing anywhere the second time', async () => {
    await push(lamps(30))
    const { outcomes, requests } = await push(lamps(30))
    expect(outcomes.filter(({ status }) => status !== 'unchanged')).toEqual([])
    expect(requests).toEqual({ catalogix: 0, akeneo: 0, mediapocket: 0, productai: 0, emporix: 0 })
  })

  it('does the least that each API allows when one image is replaced', async () => {
    const galleries = lamps(5)
    await push(galleries)
    const [first = '', ...rest] = galleries['LMP-3'] ?? []
    const after = { ...galleries, 'LMP-3': ['https://images.example.com/new.jpg', ...rest] }
    const { outcomes } = await push(after, '--prune --max-delete 50%')
    const state = sandbox.state()
    expect(state.catalogix.galleries).toEqual(after)
    expect(state.akeneo.galleries).toEqual(after)
    expect(state.mediapocket.galleries).toEqual(after)
    expect(sorted(state.productai.galleries)).toEqual(sorted(after))
    expect(sorted(state.emporix.galleries)).toEqual(sorted(after))
    expect(Object.values(state).some(({ galleries: held }) => JSON.stringify(held).includes(`"${first}"`))).toBe(false)
    const statuses = (target: string) =>
      outcomes.filter(each => each.target === target && each.status !== 'unchanged').map(each => each.status)
    expect(statuses('catalogix')).toEqual(['updated'])
    expect(statuses('akeneo')).toEqual(['updated'])
    expect(statuses('mediapocket')).toEqual(['updated'])
    expect(statuses('productai')).toEqual(['created', 'deleted'])
    expect(statuses('emporix')).toEqual(['created', 'deleted'])
  })

  it('calls a pure reorder unchanged where the target has no order', async () => {
    const galleries = lamps(5)
    await push(galleries)
    const [first = '', second = '', ...rest] = galleries['LMP-4'] ?? []
    const after = { ...galleries, 'LMP-4': [second, first, ...rest] }
    const { outcomes, requests } = await push(after)
    expect(Object.keys(changed(outcomes)).toSorted()).toEqual(['akeneo', 'catalogix', 'mediapocket'])
    expect(requests).toMatchObject({ productai: 0, emporix: 0, catalogix: 1 })
    const state = sandbox.state()
    for (const ordered of ['catalogix', 'akeneo', 'mediapocket'] as const)
      expect(state[ordered].galleries, ordered).toEqual(after)
  })

  it('lets one broken target stop no other', async () => {
    const targets = targetsOf(sandbox)
    terminal.file('.assetsyncrc', {
      targets: { ...targets, akeneo: { ...targets.akeneo, password: 'wrong-password' } },
    })
    const { outcomes } = await push(lamps(3))
    const byTarget = groupBy(outcomes, ({ target }) => target)
    expect(new Set(byTarget.akeneo?.map(({ status, reason }) => `${status} ${reason}`))).toEqual(
      new Set(['skipped credentials-refused']),
    )
    for (const target of ['catalogix', 'mediapocket', 'productai', 'emporix']) {
      expect(new Set(byTarget[target]?.map(({ status }) => status)), target).toEqual(new Set(['created']))
    }
  })
})

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

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Record<string, T[]> {
  const groups: Record<string, T[]> = {}
  for (const value of values) groups[keyOf(value)] = [...(groups[keyOf(value)] ?? []), value]
  return groups
}

function sorted(galleries: Galleries): Galleries {
  return Object.fromEntries(Object.entries(galleries).map(([code, urls]) => [code, urls.toSorted()]))
}
