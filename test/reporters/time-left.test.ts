import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/model/event.ts'
import type { Rate } from '../../src/model/rate.ts'
import { applyEvent, newRunState } from '../../src/reporters/live/apply-event.ts'
import { factsOf } from '../../src/reporters/live/facts.ts'

interface Course {
  readonly items: number
  readonly perRequest: number
  readonly rate: Rate | null
  /** Milliseconds that the nth request takes. */
  readonly takes: (no: number) => number
}

/** What is said of the time left, second by second, while a target is sent to as fast as its limit allows; each text once. */
function told({ items, perRequest, rate, takes }: Course) {
  const state = newRunState(0, 'Sending to')
  const hear = (event: RunEvent, now: number): void => applyEvent(state, event, now)
  const requests = items / perRequest
  const planned = { send: items, remove: 0, unchanged: 0, rejected: 0, requests, rate }
  hear({ type: 'planned', target: 'catalogix', ...planned }, 0)
  const texts: string[] = []
  const starts: number[] = []
  let second = 0
  const look = (until: number): void => {
    for (; second * 1000 <= until; second++) {
      const target = state.targets.get('catalogix')
      const text = target === undefined ? null : factsOf(target, second * 1000).left
      if (text !== null && text !== texts.at(-1)) texts.push(text)
    }
  }
  let now = 0
  for (let no = 0; no < requests; no++) {
    const free = rate === null ? now : Math.max(now, (starts[no - rate.count] ?? -rate.perMs) + rate.perMs)
    if (free > now) hear({ type: 'waiting', target: 'catalogix', why: 'rate', because: null, waitMs: free - now }, now)
    look(free)
    starts.push(free)
    hear({ type: 'started', target: 'catalogix' }, free)
    now = free + takes(no)
    look(now)
    const request = { method: 'POST', path: '/assets', http: 200, durationMs: takes(no), bytes: 100 }
    hear({ type: 'request', target: 'catalogix', ...request }, now)
    hear({ type: 'settled', target: 'catalogix', counts: { created: perRequest } }, now)
  }
  return { texts, seconds: now / 1000 }
}

describe('time left', () => {
  it('knows the limit from the start, and runs down without a jump', () => {
    const { texts, seconds } = told({
      items: 4000,
      perRequest: 100,
      rate: { count: 10, perMs: 60_000 },
      takes: () => 200,
    })
    expect(Math.round(seconds)).toBe(182)
    expect(texts).toMatchInlineSnapshot(`
      [
        "about 3 min left",
        "about 2 min left",
        "about 1 min left",
        "about 50 s left",
        "about 40 s left",
        "about 30 s left",
        "about 20 s left",
        "about 10 s left",
        "a few seconds left",
      ]
    `)
  })

  it('follows the speed where nothing limits it', () => {
    const { texts, seconds } = told({ items: 30_000, perRequest: 100, rate: null, takes: () => 1000 })
    expect(seconds).toBe(300)
    expect(texts).toMatchInlineSnapshot(`
      [
        "about 6 min left",
        "about 5 min left",
        "about 4 min left",
        "about 3 min left",
        "about 2 min left",
        "about 1 min left",
        "about 50 s left",
        "about 40 s left",
        "about 30 s left",
        "about 20 s left",
        "about 10 s left",
        "a few seconds left",
      ]
    `)
  })

  it('does not jump with requests that take longer than others', () => {
    const { texts } = told({ items: 12_000, perRequest: 100, rate: null, takes: no => (no % 7 === 0 ? 6000 : 500) })
    expect(texts).toMatchInlineSnapshot(`
      [
        "about 6 min left",
        "about 5 min left",
        "about 4 min left",
        "about 3 min left",
        "about 2 min left",
        "about 1 min left",
        "about 50 s left",
        "about 40 s left",
        "about 30 s left",
        "about 20 s left",
        "about 10 s left",
        "a few seconds left",
      ]
    `)
  })
})
