import type { Clock } from '../../src/lib/clock.ts'

/** 2026-01-01T00:00:00Z, the moment at which every manual clock starts. */
export const START = Date.UTC(2026, 0, 1)

interface Timer {
  readonly at: number
  readonly fire: () => void
  /** Somebody does something that must not take longer, rather than wait for time to pass. */
  readonly isDeadline: boolean
}

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  #now = 0
  #timers: Timer[] = []

  wall(): number {
    return START + this.#now
  }

  now(): number {
    return this.#now
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    return new Promise(resolve => {
      const wake = () => {
        cancel()
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const cancel = this.#add({ at: this.#now + ms, fire: wake, isDeadline: false })
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  after(ms: number, then: () => void): () => void {
    return this.#add({ at: this.#now + ms, fire: then, isDeadline: true })
  }

  /** How many wait for time to pass. */
  get sleepers(): number {
    return this.#timers.filter(timer => !timer.isDeadline).length
  }

  /** How many deadlines are running. */
  get deadlines(): number {
    return this.#timers.length - this.sleepers
  }

  /** Moves on, timer by timer; whoever a timer wakes goes on before the next one fires. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    await quiet()
    for (let next = this.#next(); next !== null && next.at <= until; next = this.#next()) {
      this.#fire(next)
      await quiet()
    }
    this.#now = until
  }

  /** Moves to the next moment for which somebody waits. */
  protected jump(): void {
    const next = this.#next()
    if (next !== null) this.#fire(next)
  }

  /** A timer has come or gone. */
  protected changed(): void {}

  #add(timer: Timer): () => void {
    this.#timers.push(timer)
    this.changed()
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer)
      this.changed()
    }
  }

  /** The one that is due first; of equals the one that came first. */
  #next(): Timer | null {
    return this.#timers.reduce<Timer | null>((first, timer) => (first && first.at <= timer.at ? first : timer), null)
  }

  #fire(timer: Timer): void {
    this.#timers = this.#timers.filter(other => other !== timer)
    this.#now = Math.max(this.#now, timer.at)
    timer.fire()
    this.changed()
  }
}

/**
 * A clock that jumps to the next moment somebody waits for as soon as nothing else goes on, so that minutes of waiting
 * take no time. A running deadline means that a request is under way: time stands still until it is answered.
 */
export class AutoClock extends ManualClock {
  #isDue = false

  protected override changed(): void {
    if (this.#isDue || this.sleepers === 0 || this.deadlines > 0) return
    this.#isDue = true
    quiet().then(() => {
      this.#isDue = false
      if (this.deadlines === 0) this.jump()
    })
  }
}

/** Resolves when everything that could go on without time passing has gone on. */
export function quiet(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
