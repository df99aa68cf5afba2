import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliver } from '../../src/engine/deliver.ts'
import type { Lane } from '../../src/engine/lane.ts'
import { FAULTS, type FaultKind } from '../../src/model/fault.ts'
import type { Result } from '../../src/model/outcome.ts'
import type { SendStep } from '../../src/model/step.ts'
import type { ItemAnswer, Target } from '../../src/targets/target.ts'
import { aFault } from '../helpers/http.ts'
import { anItem, aStep, aVerdict, codes, steps } from '../helpers/items.ts'
import { aLane, aShop, type Breaks, type Rules } from '../helpers/shop.ts'

/** Delivers so many lamps (LAMP-001 …) to a shop in one batch. */
async function delivered(count: number, rules: Rules, facts: Partial<Lane> = {}) {
  const shop = aShop(rules)
  const lane = aLane(shop, facts)
  const results = await deliver({ no: 1, action: 'create', steps: steps(count) }, lane)
  return { results, lane, shop, extra: shop.requests.length - 1 }
}

const oneOf =
  (...bad: readonly string[]) =>
  (code: string) =>
    bad.includes(code)
const statuses = (results: readonly Result[]) => results.map(({ status }) => status)
const brief = (results: readonly Result[]) => results.map(({ status, reason }) => [status, reason])
const faultAt = (...kinds: readonly (FaultKind | null)[]): Breaks => {
  return no => {
    const kind = kinds[no - 1] ?? null
    return kind === null ? null : aFault(kind, { http: 418 })
  }
}

/** As often as each of these words occurs. */
function tally(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Object.fromEntries(counts)
}

describe('deliver', () => {
  it('sends a group in one request and gives each item what the target said', async () => {
    const { results, shop } = await delivered(2, {})
    const created = { status: 'created', attempts: 1, http: 200, requestId: 'request-1', remoteId: null }
    expect(results).toEqual(codes(2).map(() => ({ ...created, reason: null, message: null })))
    expect(shop.requests).toEqual([['LAMP-001', 'LAMP-002']])
  })

  it('says so when the target keeps ranks that the feed has no more', async () => {
    const tail = [3, 4].map(rank => ({ rank, url: `https://a/${rank}` }))
    const step = aStep({ action: 'update', tail })
    const [result] = await deliver({ no: 1, action: 'update', steps: [step] }, aLane(aShop({})))
    expect(result).toMatchObject({
      reason: 'stale-tail',
      message: 'The target keeps rank 3, 4: its API cannot remove images by rank.',
    })
  })

  it('says of ranks that are to be removed that they are still there', async () => {
    const step = aStep({ action: 'update', tail: [{ rank: 3, url: 'https://a/3' }], item: anItem({ trim: [3] }) })
    const [result] = await deliver({ no: 1, action: 'update', steps: [step] }, aLane(aShop({})))
    expect(result).toMatchObject({
      reason: 'stale-tail',
      message: 'The target still keeps rank 3: that was not removed yet.',
    })
  })

  it('says so when an image was left out, of the tail as well', async () => {
    const dropped = 'Left out: no address.'
    const both = aStep({ dropped, tail: [{ rank: 3, url: 'https://a/3' }], item: anItem({ code: 'LAMP-2' }) })
    const results = await deliver({ no: 1, action: 'create', steps: [aStep({ dropped }), both] }, aLane(aShop({})))
    expect(results).toMatchObject([
      { status: 'created', reason: 'image-dropped', message: dropped },
      {
        status: 'created',
        reason: 'image-dropped',
        message: `${dropped} The target keeps rank 3: its API cannot remove images by rank.`,
      },
    ])
  })

  it('says nothing else of an item that failed', async () => {
    const step = aStep({ dropped: 'Left out: no address.' })
    const lane = aLane(aShop({ fails: () => true }))
    const results = await deliver({ no: 1, action: 'create', steps: [step] }, lane)
    expect(results).toMatchObject([{ status: 'failed', reason: 'target-rejected', message: 'no such lamp' }])
  })

  it('masks secrets in the words of the target', async () => {
    const lane = aLane(aShop({ fails: () => true }), { redact: text => text.replaceAll('lamp', '***') })
    const [result] = await deliver({ no: 1, action: 'create', steps: [aStep()] }, lane)
    expect(result?.message).toBe('no such ***')
  })

  it('takes a target that forgets an item for a defect', async () => {
    const shop = aShop({})
    const target: Target = { ...shop.target, push: async () => [aVerdict()] }
    const work = deliver({ no: 1, action: 'create', steps: steps(2) }, aLane(shop, { target }))
    await expect(work).rejects.toThrow('shop gave 1 verdicts for 2 items')
  })

  it('counts the requests of a load that a target gives up halfway', async () => {
    const shop = aShop({})
    const target: Target = {
      ...shop.target,
      async push(load, io, options, facts) {
        await shop.target.push(load, io, options, facts)
        throw aFault('unreadable', { attempts: 0, message: 'no lamp in the answer' })
      },
    }
    const results = await deliver({ no: 1, action: 'create', steps: steps(1) }, aLane(shop, { target }))
    expect(results).toMatchObject([{ status: 'failed', attempts: 1, message: 'no lamp in the answer' }])
  })
})

describe('deliver to a target that counts failures without naming them', () => {
  it('finds the failed item by halves; the others keep what the first answer said', async () => {
    const { results, extra } = await delivered(100, { fails: oneOf('LAMP-037') })
    expect(results.filter(({ status }) => status !== 'created')).toEqual([results[36]])
    expect(results[36]).toMatchObject({ status: 'failed', reason: 'target-rejected', message: 'no such lamp' })
    expect(extra).toBeLessThanOrEqual(14)
  })

  it('takes created or updated from the first answer, although the halves are updates by then', async () => {
    const shop = aShop({ fails: oneOf('LAMP-001') })
    const results = await deliver({ no: 1, action: 'create', steps: steps(4) }, aLane(shop))
    expect(statuses(results)).toEqual(['failed', 'created', 'created', 'created'])
    const mixed = aShop({ fails: oneOf('LAMP-001') })
    await deliver({ no: 1, action: 'create', steps: steps(3).slice(1) }, aLane(mixed))
    expect(statuses(await deliver({ no: 1, action: 'create', steps: steps(4) }, aLane(mixed)))).toEqual([
      'failed',
      'accepted',
      'accepted',
      'accepted',
    ])
  })

  it('asks only about those who may have failed', async () => {
    const shop = aShop({})
    const passed = aVerdict()
    const suspect = { status: 'suspect', ifPassed: passed } as const
    const named = aVerdict({ status: 'failed', reason: 'target-rejected', message: 'broken' })
    let first = true
    const target: Target = {
      ...shop.target,
      async push(load, io, options, facts) {
        const answers = await shop.target.push(load, io, options, facts)
        if (!first) return answers
        first = false
        return [passed, suspect, named, suspect]
      },
    }
    const results = await deliver({ no: 1, action: 'create', steps: steps(4) }, aLane(shop, { target }))
    expect(statuses(results)).toEqual(['created', 'created', 'failed', 'created'])
    expect(shop.requests.slice(1)).toEqual([['LAMP-002'], ['LAMP-004']])
  })

  it('keeps remarks of items that pass in the end', async () => {
    const all = steps(2).map(step => ({ ...step, tail: [{ rank: 3, url: 'https://a/3' }] }))
    const lane = aLane(aShop({ fails: oneOf('LAMP-002') }))
    const results = await deliver({ no: 1, action: 'update', steps: all }, lane)
    expect(brief(results)).toEqual([
      ['created', 'stale-tail'],
      ['failed', 'target-rejected'],
    ])
  })

  it('counts for each item every request in which it was sent', async () => {
    const { results, shop } = await delivered(9, { fails: oneOf('LAMP-002', 'LAMP-008') })
    const times = codes(9).map(code => shop.requests.filter(request => request.includes(code)).length)
    expect(results.map(({ attempts }) => attempts)).toEqual(times)
  })

  it('spends at most 2·⌈log2 n⌉ extra requests on each failed item, and finds exactly them', async () => {
    const cases = fc.integer({ min: 2, max: 100 }).chain(count =>
      fc.record({
        count: fc.constant(count),
        bad: fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 4 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, bad }) => {
        const wrong = bad.map(at => codes(count)[at] ?? '')
        const { results, extra } = await delivered(count, { fails: oneOf(...wrong) }, { probes: 1000 })
        expect(statuses(results)).toEqual(codes(count).map(code => (wrong.includes(code) ? 'failed' : 'created')))
        expect(extra).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count)) * bad.length)
      }),
    )
  })

  it('spends at most 60 extra requests in a run and says of the rest that nobody knows', async () => {
    const { results, lane, extra } = await delivered(100, { fails: code => Number(code.slice(-1)) % 2 === 0 })
    expect([extra, lane.probes]).toEqual([60, 0])
    const open = results.filter(({ reason }) => reason === 'unattributed')
    expect(open.length).toBeGreaterThan(0)
    expect(tally(statuses(open))).toEqual({ failed: open.length })
    expect(open[0]?.message).toBe(
      'The target counted failures among these items without saying whose, and no request was left to find out.',
    )
    const settled = results.map((result, at) => [result, at] as const).filter(([result]) => !open.includes(result))
    expect(settled.every(([{ status }, at]) => status === ((at + 1) % 2 === 0 ? 'failed' : 'created'))).toBe(true)
  })

  it('shares the 60 between the batches of a run', async () => {
    const shop = aShop({ fails: () => true })
    const lane = aLane(shop, { probes: 3 })
    await deliver({ no: 1, action: 'create', steps: steps(2) }, lane)
    const results = await deliver({ no: 1, action: 'create', steps: steps(4) }, lane)
    expect([lane.probes, tally(results.map(({ reason }) => String(reason)))]).toEqual([0, { unattributed: 4 }])
  })

  it.each<FaultKind>(['ambiguous', 'unreadable', 'unreachable', 'throttled', 'credentials', 'endpoint', 'stopped'])(
    'loses nobody when finding out ends in %s: who may have failed is unattributed, never skipped',
    async kind => {
      const rules: Rules = { fails: oneOf('LAMP-004'), breaks: faultAt(null, kind, kind, kind) }
      const { results } = await delivered(8, rules)
      expect(results.map(({ status }) => status).includes('skipped')).toBe(false)
      expect(results.filter(({ reason }) => reason === 'unattributed').length).toBeGreaterThan(0)
      expect(results.every(({ status, reason }) => status === 'created' || reason === 'unattributed')).toBe(true)
      expect(results.every(({ attempts }) => attempts > 0)).toBe(true)
    },
  )

  it('says what ended the search', async () => {
    const { results } = await delivered(2, { fails: oneOf('LAMP-001'), breaks: faultAt(null, 'ambiguous') })
    expect(results[0]).toEqual({
      status: 'failed',
      attempts: 2,
      http: 418,
      requestId: null,
      remoteId: null,
      reason: 'unattributed',
      message:
        'The target counted failures among these items without saying whose, and did not answer when asked again: a lamp fell: ambiguous',
    })
  })

  it('goes on with the other half after one request was lost', async () => {
    const { results } = await delivered(4, { fails: oneOf('LAMP-004'), breaks: faultAt(null, 'ambiguous') })
    expect(brief(results)).toEqual([
      ['failed', 'unattributed'],
      ['failed', 'unattributed'],
      ['created', null],
      ['failed', 'target-rejected'],
    ])
  })
})

describe('deliver to a target that refuses a whole batch', () => {
  it('finds the item that is refused; the others are what their own answer says', async () => {
    const { results, extra } = await delivered(100, { refuses: oneOf('LAMP-064') })
    expect(tally(statuses(results))).toEqual({ created: 99, failed: 1 })
    expect(results[63]).toMatchObject({
      status: 'failed',
      reason: 'target-rejected',
      message: 'a lamp is broken',
      http: 422,
    })
    expect(extra).toBeLessThanOrEqual(14)
  })

  it('finds who is refused and who is counted as failed at the same time', async () => {
    const { results } = await delivered(16, { refuses: oneOf('LAMP-003'), fails: oneOf('LAMP-012') })
    expect(tally(statuses(results))).toEqual({ created: 14, failed: 2 })
    expect([results[2]?.message, results[11]?.message]).toEqual(['a lamp is broken', 'no such lamp'])
  })

  it('counts for each item every request in which it was sent', async () => {
    const { results, shop } = await delivered(9, { refuses: oneOf('LAMP-002', 'LAMP-008') })
    const times = codes(9).map(code => shop.requests.filter(request => request.includes(code)).length)
    expect(results.map(({ attempts }) => attempts)).toEqual(times)
  })

  it('says of those it could not ask any more that their batch was refused, and why', async () => {
    const { results, extra } = await delivered(100, { refuses: () => true })
    expect(extra).toBe(60)
    expect(tally(statuses(results))).toEqual({ failed: 100 })
    expect(results.at(-1)).toMatchObject({
      reason: 'target-rejected',
      message: 'Its batch was refused: a lamp is broken',
      attempts: 1,
    })
  })

  it('sends everybody else when the first two are refused in the same words', async () => {
    const { results } = await delivered(100, { refuses: oneOf('LAMP-001', 'LAMP-002') })
    expect(tally(statuses(results))).toEqual({ failed: 2, created: 98 })
  })

  it('skips those whose turn does not come any more: nothing of the batch took effect', async () => {
    const { results, lane } = await delivered(8, {
      refuses: oneOf('LAMP-001'),
      breaks: faultAt(null, null, 'credentials'),
    })
    expect(tally(statuses(results))).toEqual({ skipped: 8 })
    expect(lane.halted?.exit).toBe(4)
  })

  it('needs no second request for a single item', async () => {
    const { results, extra } = await delivered(1, { refuses: () => true })
    expect([brief(results), extra]).toEqual([[['failed', 'target-rejected']], 0])
  })
})

describe('deliver to a target that takes smaller batches than it says', () => {
  it('halves the batch until it fits and remembers the size', async () => {
    const shop = aShop({ atMost: 30 })
    const lane = aLane(shop)
    const results = await deliver({ no: 1, action: 'create', steps: steps(100) }, lane)
    expect([tally(statuses(results)), lane.itemsAtOnce, shop.stored.size]).toEqual([{ created: 100 }, 25, 100])
    expect(shop.requests.map(({ length }) => length)).toEqual([100, 50, 25, 25, 25, 25])
    await deliver({ no: 1, action: 'create', steps: steps(60) }, lane)
    expect(shop.requests.slice(6).map(({ length }) => length)).toEqual([25, 25, 10])
  })

  it('counts the request that was too large', async () => {
    const { results } = await delivered(4, { atMost: 2 })
    expect(results.map(({ attempts }) => attempts)).toEqual([2, 2, 2, 2])
  })

  it('takes no extra request from the budget for it', async () => {
    expect((await delivered(100, { atMost: 1 })).lane.probes).toBe(60)
  })

  it('fails an item that is too large alone, and no other', async () => {
    const breaks: Breaks = (_, sent) => (sent.includes('LAMP-002') ? aFault('too-large', { http: 413 }) : null)
    const { results } = await delivered(4, { breaks })
    expect(brief(results)).toEqual([
      ['created', null],
      ['failed', 'too-large'],
      ['created', null],
      ['created', null],
    ])
  })

  it('stops in the middle when nothing else will work', async () => {
    const { results, shop } = await delivered(8, { atMost: 2, breaks: faultAt(null, null, null, 'credentials') })
    expect(tally(statuses(results))).toEqual({ created: 2, skipped: 6 })
    expect(shop.requests).toHaveLength(4)
  })
})

describe('deliver when a batch gets no answer', () => {
  it.each<[FaultKind, string, string, number | null, string | null]>([
    ['credentials', 'skipped', 'credentials-refused', 4, 'skipped'],
    ['throttled', 'skipped', 'throttled', 5, 'skipped'],
    ['unreachable', 'skipped', 'unreachable', 5, 'skipped'],
    ['endpoint', 'failed', 'target-refused', 0, 'failed'],
    ['ambiguous', 'failed', 'target-unavailable', null, null],
    ['unreadable', 'failed', 'answer-unreadable', null, null],
    ['refused', 'failed', 'target-rejected', null, null],
    ['too-large', 'failed', 'too-large', null, null],
  ])(
    '%s: the item is %s (%s), the run may end with %s and the rest is %s',
    async (kind, status, reason, exit, rest) => {
      const { results, lane } = await delivered(1, { breaks: faultAt(kind) })
      const message = lane.halted?.message ?? `a lamp fell: ${kind}`
      expect(results).toMatchObject([{ status, reason, attempts: 1, http: 418, message }])
      expect(message).toContain(`a lamp fell: ${kind}`)
      expect([lane.halted?.exit ?? null, lane.halted?.rest ?? null]).toEqual([exit, rest])
    },
  )

  it('skips what was stopped before its turn, and fails what was given up under way', async () => {
    const before = await delivered(1, { breaks: () => aFault('stopped', { attempts: 0 }) })
    expect(brief(before.results)).toEqual([['skipped', 'interrupted']])
    const under = await delivered(1, { breaks: () => aFault('stopped', { attempts: 1, reason: 'aborted' }) })
    expect(brief(under.results)).toEqual([['failed', 'aborted']])
    expect([before.lane.halted?.exit, under.lane.halted?.exit]).toEqual([0, 0])
  })

  it.each<FaultKind>(['credentials', 'throttled', 'unreachable'])(
    'fails what ended in %s after an attempt that may have taken effect: it is not untouched',
    async kind => {
      const cause = aFault('ambiguous', { reason: 'timeout' })
      const { results, lane } = await delivered(1, { breaks: () => aFault(kind, { attempts: 2, cause }) })
      expect(results).toMatchObject([{ status: 'failed', attempts: 2 }])
      expect(lane.halted?.rest).toBe('skipped')
    },
  )

  it('tells once, in words, why it stops', async () => {
    const breaks = () => aFault('credentials', { http: 401, message: 'no such token' })
    const { lane } = await delivered(1, { breaks })
    await deliver({ no: 1, action: 'create', steps: steps(1) }, lane)
    const message = 'The credentials were refused (HTTP 401: no such token). Check them and push again.'
    expect(lane.events).toEqual([{ type: 'halted', target: 'shop', message }])
  })

  it('goes on after one lost batch', async () => {
    const shop = aShop({ breaks: faultAt('ambiguous') })
    const lane = aLane(shop)
    expect(statuses(await deliver({ no: 1, action: 'create', steps: steps(2) }, lane))).toEqual(['failed', 'failed'])
    expect(statuses(await deliver({ no: 1, action: 'create', steps: steps(2) }, lane))).toEqual(['created', 'created'])
    expect([lane.halted, lane.lost]).toEqual([null, 0])
  })

  it('stops after three lost batches in a row', async () => {
    const lane = aLane(aShop({ breaks: faultAt('ambiguous', 'unreadable', 'ambiguous') }))
    for (let no = 0; no < 3; no++) await deliver({ no: 1, action: 'create', steps: steps(2) }, lane)
    expect(lane.halted).toMatchObject({ exit: 5, rest: 'skipped', reason: 'target-unavailable' })
    expect(lane.halted?.message).toMatch(/^3 batches in a row got no answer to rely on \(a lamp fell: ambiguous\)\./)
  })

  it.each<FaultKind>(['refused', 'too-large'])('takes %s for an answer to rely on', async kind => {
    const lane = aLane(aShop({ breaks: faultAt('ambiguous', kind, 'ambiguous', kind, 'ambiguous') }))
    for (let no = 0; no < 5; no++) await deliver({ no: 1, action: 'create', steps: steps(1) }, lane)
    expect(lane.halted).toBeNull()
  })
})

describe('deliver to a target that sends its items one at a time', () => {
  const answering = (...answers: readonly ItemAnswer[]): Target => ({ ...aShop({}).target, push: async () => answers })
  const fault = (kind: FaultKind, attempts = 1): ItemAnswer => ({ status: 'fault', fault: aFault(kind, { attempts }) })

  it('takes the fault of one item for that item alone', async () => {
    const target = answering(aVerdict({ attempts: 2 }), fault('refused', 3), fault('ambiguous'))
    const lane = aLane(aShop({}), { target })
    const results = await deliver({ no: 1, action: 'create', steps: steps(3) }, lane)
    expect(results.map(({ status, reason, attempts }) => [status, reason, attempts])).toEqual([
      ['created', null, 2],
      ['failed', 'target-rejected', 3],
      ['failed', 'target-unavailable', 1],
    ])
    expect([lane.halted, lane.lost]).toEqual([null, 0])
  })

  it('stops when the fault of one item means that nothing else will work', async () => {
    const target = answering(aVerdict(), fault('credentials'), fault('credentials', 0))
    const lane = aLane(aShop({}), { target })
    expect(statuses(await deliver({ no: 1, action: 'create', steps: steps(3) }, lane))).toEqual([
      'created',
      'skipped',
      'skipped',
    ])
    expect(lane.halted).toMatchObject({ exit: 4, rest: 'skipped', reason: 'credentials-refused' })
  })

  it('takes three loads in a row without any answer for a target that is down, not three items of one load', async () => {
    const lost = [fault('ambiguous'), fault('unreadable'), fault('ambiguous')]
    const lane = aLane(aShop({}), { target: answering(...lost) })
    const load = { no: 1, action: 'create', steps: steps(3) } as const
    await deliver(load, lane)
    await deliver(load, lane)
    expect(lane.halted).toBe(null)
    await deliver(load, lane)
    expect(lane.halted).toMatchObject({ exit: 5, rest: 'skipped' })
  })

  it('remembers who is not settled yet, with the verdict for the time being', async () => {
    const meanwhile = aVerdict({ status: 'accepted', reason: 'processing', remoteId: 'shelf-1' })
    const lane = aLane(aShop({}), { target: answering({ status: 'pending', meanwhile }) })
    const step = aStep()
    const results = await deliver({ no: 1, action: 'create', steps: [step] }, lane)
    expect(results).toMatchObject([{ status: 'accepted', reason: 'processing', remoteId: 'shelf-1' }])
    expect([...lane.pending]).toEqual([[step, { status: 'pending', meanwhile }]])
  })
})

describe('deliver, whatever happens', () => {
  it('gives each item exactly one result, and never says created or updated of what is not there', async () => {
    const kinds = fc.constantFrom<FaultKind | null>(null, null, null, ...FAULTS)
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 40 }),
      fails: fc.uniqueArray(fc.nat(39), { maxLength: 4 }),
      refuses: fc.uniqueArray(fc.nat(39), { maxLength: 3 }),
      atMost: fc.integer({ min: 1, max: 50 }),
      faults: fc.array(kinds, { maxLength: 12 }),
      probes: fc.integer({ min: 0, max: 60 }),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, fails, refuses, atMost, faults, probes }) => {
        const names = (places: readonly number[]) => places.map(at => codes(40)[at] ?? '')
        const rules: Rules = {
          fails: oneOf(...names(fails)),
          refuses: oneOf(...names(refuses)),
          atMost,
          breaks: faultAt(...faults),
        }
        const { results, shop } = await delivered(count, rules, { probes })
        expect(results).toHaveLength(count)
        for (const [at, { status }] of results.entries()) {
          const code = codes(count)[at] ?? ''
          if (['created', 'updated', 'accepted'].includes(status)) expect(shop.stored).toContain(code)
          if (status === 'skipped') expect(shop.stored).not.toContain(code)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('hands the steps over as they are', async () => {
    const seen: SendStep['item'][] = []
    const shop = aShop({})
    const target: Target = {
      ...shop.target,
      push: async ({ items }) => {
        seen.push(...items)
        return items.map(() => aVerdict())
      },
    }
    const step = aStep({ item: anItem({ remoteId: 'shelf-1', doubtful: true, values: { uuid: 'b7e' } }) })
    await deliver({ no: 1, action: 'update', steps: [step] }, aLane(shop, { target }))
    expect(seen).toEqual([step.item])
  })
})
