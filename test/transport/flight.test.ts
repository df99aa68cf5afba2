import { describe, expect, it } from 'vitest'
import { createFlight, type Ending } from '../../src/transport/flight.ts'
import { ManualClock } from '../helpers/clock.ts'

function flying(most: number) {
  const clock = new ManualClock()
  const flight = createFlight(most, clock)
  /** As many requests as may be under way, which all end after this time; gives how many they were. */
  async function round(ms: number, ending: Ending = 'answered'): Promise<number> {
    const startedAt = clock.now()
    let count = 0
    for (; !flight.isFull(); count++) flight.started()
    await clock.advance(ms)
    for (let ended = 0; ended < count; ended++) flight.ended(startedAt, ending)
    return count
  }
  async function rounds(times: readonly number[], ending: Ending = 'answered'): Promise<number[]> {
    const counts: number[] = []
    for (const ms of times) counts.push(await round(ms, ending))
    return counts
  }
  return { flight, clock, round, rounds }
}

const STEADY = Array<number>(6).fill(100)

describe('requests under way', () => {
  it.each([1, 2, 3, 4])('are as many as configured from the start, up to the usual: %i', async most => {
    const { rounds } = flying(most)
    expect(await rounds(STEADY)).toEqual(Array(6).fill(most))
  })

  it('double from four while answers stay quick, and never exceed what is configured', async () => {
    const { rounds } = flying(25)
    expect(await rounds(STEADY)).toEqual([4, 8, 16, 25, 25, 25])
  })

  it('are not more when more bring nothing but longer answers', async () => {
    const { rounds } = flying(32)
    expect(await rounds([100, 100, 160, 120, 120, 160, 160])).toEqual([4, 8, 16, 8, 9, 10, 10])
  })

  it('are halved by failures and come back one by one', async () => {
    const { rounds } = flying(16)
    await rounds([100, 100])
    await rounds([100], 'failed')
    expect(await rounds(STEADY)).toEqual([8, 9, 10, 11, 12, 13])
  })

  it('are never fewer than one', async () => {
    const { rounds } = flying(4)
    expect(await rounds(STEADY, 'failed')).toEqual([4, 2, 1, 1, 1, 1])
  })

  it('become a tenth fewer when answers become slow, and more when they are quick again', async () => {
    const { rounds } = flying(16)
    await rounds([100, 100, 100, 10], 'answered')
    await rounds([10], 'failed')
    expect(await rounds([100, 10, 10])).toEqual([8, 7, 8])
  })

  it('stay as they are while answers take a little longer, or a few milliseconds only', async () => {
    const { rounds } = flying(4)
    expect(await rounds([100, 140, 130, 149])).toEqual([4, 4, 4, 4])
    expect(await flying(4).rounds([1, 20, 2, 21])).toEqual([4, 4, 4, 4])
  })

  it('do not become more when fewer are asked for', async () => {
    const { flight, round } = flying(16)
    for (let requests = 0; requests < 50; requests++) {
      flight.started()
      flight.ended(0, 'answered')
    }
    expect(await round(100)).toBe(4)
  })

  it('are judged by what was started since the last change', async () => {
    const { flight, clock, round } = flying(16)
    for (let requests = 0; requests < 4; requests++) flight.started()
    await clock.advance(100)
    flight.restart()
    for (let requests = 0; requests < 4; requests++) flight.ended(0, 'answered')
    expect(await round(100)).toBe(1)
  })

  it('start with one again when the target was away, and double from there', async () => {
    const { flight, rounds } = flying(16)
    await rounds(STEADY)
    flight.restart()
    expect(await rounds(STEADY)).toEqual([1, 2, 4, 8, 16, 16])
  })

  it('are not judged by requests that were given up', async () => {
    const { rounds } = flying(16)
    expect(await rounds([5000, 5000], 'neither')).toEqual([4, 4])
  })
})
