import type { Clock } from '../../src/lib/clock.ts'

/** A clock that stands still until it is told to move. */
export class ManualClock implements Clock {
  #now = 0
  #timers: { at: number; then: () => void }[] = []
  #watchers: (() => void)[] = []

  wall(): number {
    return Date.UTC(2026, 0, 1) + this.#now
  }

  now(): number {
    return this.#now
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      this.after(ms, resolve)
      signal?.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  after(ms: number, then: () => void): () => void {
    const timer = { at: this.#now + ms, then }
    this.#timers.push(timer)
    for (const watcher of this.#watchers.splice(0)) watcher()
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer)
    }
  }

  /** Resolves when somebody waits for this clock. */
  async waitedFor(): Promise<void> {
    if (this.#timers.length === 0) await new Promise<void>(resolve => this.#watchers.push(resolve))
  }

  advance(ms: number): void {
    this.#now += ms
    const due = this.#timers.filter(timer => timer.at <= this.#now)
    this.#timers = this.#timers.filter(timer => timer.at > this.#now)
    for (const timer of due) timer.then()
  }
}
