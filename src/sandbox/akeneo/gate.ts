import type { Clock } from '../../lib/clock.ts'
import type { ApiAnswer } from '../exchange.ts'
import { tooManyCalls } from './answers.ts'
import type { Settings } from './behaviour.ts'

/** Lets so many calls in at once and makes each take its time. What a call changes is stored before that time. */
export class Gate {
  readonly #settings: Settings
  readonly #clock: Clock
  #inside = 0

  constructor(settings: Settings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
  }

  async pass(work: () => ApiAnswer | Promise<ApiAnswer>): Promise<ApiAnswer> {
    const { concurrency, callMs } = this.#settings
    if (concurrency !== null && this.#inside >= concurrency) return tooManyCalls(this.#settings).answer
    this.#inside++
    try {
      const answer = await work()
      if (callMs > 0) await this.#clock.sleep(callMs)
      return answer
    } finally {
      this.#inside--
    }
  }
}
