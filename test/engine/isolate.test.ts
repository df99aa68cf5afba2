import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isolate } from '../../src/engine/isolate.ts'
import type { SendStep } from '../../src/model/step.ts'
import { steps } from '../helpers/items.ts'

/** Isolates the bad ones among the first `count` steps with at most so many requests. */
async function find(count: number, bad: ReadonlySet<number>, budget = Number.POSITIVE_INFINITY) {
  const requests: number[][] = []
  const results = await isolate(steps(count), {
    affordable: () => requests.length < budget,
    giveUp: () => 'open',
    async probe(group: readonly SendStep[]) {
      requests.push(group.map(({ seq }) => seq))
      if (group.length > 1 && group.some(({ seq }) => bad.has(seq))) return { failing: true }
      return { settled: group.map(({ seq }) => (bad.has(seq) ? `bad ${seq}` : `good ${seq}`)) }
    },
  })
  return { results, requests }
}

const groups = fc.integer({ min: 1, max: 100 }).chain(count =>
  fc.record({
    count: fc.constant(count),
    bad: fc.uniqueArray(fc.nat(count - 1), { minLength: 1 }).map(list => new Set(list)),
  }),
)

describe('isolate', () => {
  it('settles a single item with one request', async () => {
    expect(await find(1, new Set([0]))).toEqual({ results: ['bad 0'], requests: [[0]] })
  })

  it('does not ask for the second half as a whole when the first one passed', async () => {
    const { results, requests } = await find(4, new Set([3]))
    expect(results).toEqual(['good 0', 'good 1', 'good 2', 'bad 3'])
    expect(requests).toEqual([[0, 1], [2], [3]])
  })

  it('finds exactly the failing items of any group, in order', async () => {
    await fc.assert(
      fc.asyncProperty(groups, async ({ count, bad }) => {
        const { results } = await find(count, bad)
        expect(results).toEqual(Array.from({ length: count }, (_, at) => (bad.has(at) ? `bad ${at}` : `good ${at}`)))
      }),
    )
  })

  it('needs at most 2·⌈log2 n⌉ requests for each failing item', async () => {
    await fc.assert(
      fc.asyncProperty(groups, async ({ count, bad }) => {
        const { requests } = await find(count, bad)
        expect(requests.length).toBeLessThanOrEqual(Math.max(1, 2 * Math.ceil(Math.log2(count))) * bad.size)
      }),
    )
  })

  it('gives an answer for every item when the budget ends, and spends no more than it', async () => {
    await fc.assert(
      fc.asyncProperty(groups, fc.nat(20), async ({ count, bad }, budget) => {
        const { results, requests } = await find(count, bad, budget)
        expect(requests.length).toBeLessThanOrEqual(budget)
        expect(results).toHaveLength(count)
        for (const [at, result] of results.entries()) {
          expect([bad.has(at) ? `bad ${at}` : `good ${at}`, 'open']).toContain(result)
        }
      }),
    )
  })

  it('survives a group in which nobody fails after all', async () => {
    const { results } = await find(7, new Set())
    expect(results).toEqual(Array.from({ length: 7 }, (_, at) => `good ${at}`))
  })
})
