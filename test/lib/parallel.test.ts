import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inParallel } from '../../src/lib/parallel.ts'
import { quiet } from '../helpers/clock.ts'

/** Work that ends when the test says so. */
class Bench {
  readonly taken: number[] = []
  readonly started: number[] = []
  readonly ended: number[] = []
  most = 0
  readonly #open = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();

  *items(count: number): Generator<number> {
    for (let item = 1; item <= count; item++) {
      this.taken.push(item)
      yield item
    }
  }

  readonly work = async (item: number): Promise<void> => {
    this.started.push(item)
    this.most = Math.max(this.most, this.started.length - this.ended.length)
    try {
      await new Promise<void>((resolve, reject) => this.#open.set(item, { resolve, reject }))
    } finally {
      this.ended.push(item)
    }
  }

  async end(item: number, failure?: Error): Promise<void> {
    if (failure === undefined) this.#open.get(item)?.resolve()
    else this.#open.get(item)?.reject(failure)
    await quiet()
  }
}

describe('work in parallel', () => {
  it('has at most so many at once, and takes the next item when a place is free, not before', async () => {
    const bench = new Bench()
    const all = inParallel(bench.items(4), 2, bench.work)
    await quiet()
    expect({ taken: bench.taken, started: bench.started }).toEqual({ taken: [1, 2], started: [1, 2] })
    await bench.end(2)
    expect({ taken: bench.taken, started: bench.started }).toEqual({ taken: [1, 2, 3], started: [1, 2, 3] })
    await bench.end(1)
    await bench.end(3)
    await bench.end(4)
    await all
    expect({ ended: bench.ended, most: bench.most }).toEqual({ ended: [2, 1, 3, 4], most: 2 })
  })

  it('takes nothing more after a failure, and throws the first one when the others have ended', async () => {
    const bench = new Bench()
    let thrown: unknown = null
    const all = inParallel(bench.items(9), 3, bench.work).catch(error => {
      thrown = error
    })
    await quiet()
    await bench.end(2, new Error('the lamp fell'))
    await bench.end(1, new Error('the sofa too'))
    expect(thrown).toBeNull()
    await bench.end(3)
    await all
    expect({ thrown, taken: bench.taken, ended: bench.ended }).toEqual({
      thrown: new Error('the lamp fell'),
      taken: [1, 2, 3],
      ended: [2, 1, 3],
    })
  })

  it('lets what was started end when the source itself fails', async () => {
    const bench = new Bench()
    function* broken() {
      yield* bench.items(1)
      throw new Error('the feed broke')
    }
    let thrown: unknown = null
    const all = inParallel(broken(), 2, bench.work).catch(error => {
      thrown = error
    })
    await quiet()
    expect(thrown).toBeNull()
    await bench.end(1)
    await all
    expect({ thrown, ended: bench.ended }).toEqual({ thrown: new Error('the feed broke'), ended: [1] })
  })

  it('closes the source when it stops early', async () => {
    let isClosed = false
    function* source() {
      try {
        yield 1
        yield 2
      } finally {
        isClosed = true
      }
    }
    await expect(inParallel(source(), 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(isClosed).toBe(true)
  })

  it('counts work that throws at once as a failure like any other', async () => {
    const work = (): Promise<void> => {
      throw new Error('at once')
    }
    await expect(inParallel([1], 1, work)).rejects.toThrow('at once')
  })

  it('does every item exactly once, whatever the numbers are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 8 }), async (count, concurrency) => {
        const done: number[] = []
        let running = 0
        let most = 0
        await inParallel(Array(count).keys(), concurrency, async item => {
          most = Math.max(most, ++running)
          for (let turn = 0; turn < item % 3; turn++) await Promise.resolve()
          running--
          done.push(item)
        })
        expect(done.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()])
        expect(most).toBeLessThanOrEqual(concurrency)
      }),
    )
  })
})
