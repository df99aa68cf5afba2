import { describe, expect, it } from 'vitest'
import { createTempo } from '../../src/transport/tempo.ts'
import { ManualClock } from '../helpers/clock.ts'

const SECOND = 1000

function found() {
  const clock = new ManualClock()
  const made = createTempo(clock)
  /** Starts as soon as may be; gives the time. */
  async function start(): Promise<number> {
    for (let at = made.free(); at > clock.now(); at = made.free()) await clock.advance(at - clock.now())
    made.started()
    return clock.now()
  }
  async function starts(count: number): Promise<number[]> {
    const times: number[] = []
    while (times.length < count) times.push(await start())
    return times
  }
  /** Requests that the target takes at once, each 10 ms after the one before. */
  async function taken(count: number): Promise<void> {
    for (let no = 0; no < count; no++) {
      made.accepted(await start())
      await clock.advance(10)
    }
  }
  async function refused(pause: number): Promise<void> {
    const startedAt = await start()
    await clock.advance(10)
    made.refused(startedAt, clock.now() + pause)
  }
  return { tempo: made, clock, starts, taken, refused }
}

/** Starts per second, from the time between the first ones. */
function speed(times: readonly number[]): number {
  const [first = 0, second = 0] = times
  return Math.round((SECOND / (second - first)) * 10) / 10
}

describe('tempo', () => {
  it('is no limit as long as nothing is refused', async () => {
    const { starts, taken } = found()
    await taken(10)
    expect(await starts(100)).toEqual(Array(100).fill(100))
  })

  it('lets nothing start before the target said, the whole target', async () => {
    const { taken, refused, starts, clock } = found()
    await taken(3)
    await refused(42 * SECOND)
    const until = clock.now() + 42 * SECOND
    const times = await starts(3)
    expect(times.every(at => at >= until)).toBe(true)
    expect(new Set(times).size).toBe(3)
  })

  it('never shortens a pause', async () => {
    const { refused, starts, tempo, clock } = found()
    await refused(30 * SECOND)
    tempo.refused(0, clock.now() + 1)
    expect((await starts(1))[0]).toBe(30 * SECOND + 10)
  })

  it('goes on between what got through before and what gets through all in all', async () => {
    const { taken, refused, starts } = found()
    await taken(10) // 10 in 0.1 s, then a pause: 100 per second were too many, 9 are certainly not
    await refused(SECOND)
    expect(speed(await starts(2))).toBe(30)
  })

  it('looks for the limit from there, faster and faster', async () => {
    const { taken, refused, starts } = found()
    await taken(10)
    await refused(SECOND)
    const times = await starts(60)
    const [first = 0] = times
    expect(times.filter(at => at < first + 500).length).toBeGreaterThan(25)
    expect(times.filter(at => at < first + SECOND).length).toBe(60)
  })

  it('stays below the limit that it has met, for several pauses', async () => {
    const { taken, refused, starts } = found()
    await taken(10)
    await refused(SECOND)
    await taken(30) // the search starts with 30 per second
    await refused(SECOND)
    const times = await starts(400)
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / SECOND
    expect(speed(times)).toBeLessThan(65)
    expect(400 / seconds / speed(times)).toBeLessThan(1.06)
  })

  it('becomes bold when nothing is refused for a long time: the limit may be higher by now', async () => {
    const { taken, refused, starts } = found()
    await taken(10)
    await refused(SECOND)
    await taken(30)
    await refused(SECOND)
    const before = speed(await starts(2))
    let last: number[] = []
    for (let batches = 0; batches < 30; batches++) last = await starts(100)
    expect(speed(last)).toBeGreaterThan(before * 1.5)
  })

  it('slows down a good deal when the limit is met again within one pause', async () => {
    const { taken, refused, starts } = found()
    for (const count of [10, 30]) {
      await taken(count)
      await refused(SECOND)
    }
    const before = speed(await starts(2))
    await refused(SECOND)
    expect(speed(await starts(2)) / before).toBeLessThan(0.8)
  })

  it('makes up for a timer that rang late, but not for a time in which there was nothing to send', async () => {
    const { taken, refused, starts, clock } = found()
    await taken(10)
    await refused(SECOND)
    await starts(1)
    await clock.advance(10 * SECOND)
    const times = await starts(4)
    expect(new Set(times).size).toBeGreaterThan(2)
  })

  it('does not learn from what was under way during the pause', async () => {
    const { taken, refused, starts, tempo, clock } = found()
    await taken(10)
    await refused(SECOND)
    const [resumed = 0, next = 0] = await starts(2)
    for (let late = 0; late < 100; late++) tempo.accepted(0)
    tempo.refused(0, clock.now())
    const [third = 0] = await starts(1)
    expect(third - next).toBeLessThanOrEqual(next - resumed)
  })
})
