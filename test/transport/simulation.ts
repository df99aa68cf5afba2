import type { HttpResponse, Send } from '../../src/model/http.ts'
import { type DressOptions, dress } from '../../src/transport/index.ts'
import { ManualClock, quiet } from '../helpers/clock.ts'
import { anAnswer, aRequest } from '../helpers/http.ts'

/** How a simulated server behaves; a scenario may change it while it runs. Times are in milliseconds. */
export interface Behaviour {
  /** How long an answer takes. */
  readonly delay: number
  /** Mean of what chance adds to it, as an exponential distribution. @default 0 */
  readonly jitter?: number
  /** Beyond so many requests at once, every answer takes as much longer as there are too many. */
  readonly knee?: number
  /** A bucket of tokens, one of which every request takes. */
  readonly bucket?: { readonly perSecond: number; readonly burst: number }
  /** At most `count` arrivals in any sliding window. */
  readonly window?: { readonly count: number; readonly ms: number }
  /** At most so many at once. */
  readonly atOnce?: number
  /** Seconds in the Retry-After of a refusal; null: it names no time. */
  readonly retryAfter?: number | null
  /** How Retry-After is written. @default 'seconds' */
  readonly form?: RetryAfterForm
  /** Share of the requests that fail, and with which status. */
  readonly fails?: { readonly share: number; readonly status: number }
}

export type RetryAfterForm = 'seconds' | 'imf' | 'rfc850' | 'asctime'

/** A story in which a client sends some requests to a server; what must come of it is in the scenario's file. */
export interface Scenario {
  readonly about: string
  readonly requests: number
  readonly client: { readonly concurrency: number; readonly rate: DressOptions['rate']; readonly maxWait?: number }
  readonly server: Behaviour
  /** What is different from a moment on. */
  readonly changes?: readonly ({ readonly at: number } & Partial<Behaviour>)[]
}

/** What came of a scenario. */
export interface Played {
  readonly seconds: number
  readonly answered: number
  readonly failed: number
  /** Answers with status 429. */
  readonly refused: number
  /** Requests that were started before a Retry-After was over. */
  readonly early: number
  /** The most starts in the 50 milliseconds after a pause. */
  readonly afterPause: number
  /** Requests under way: the most, and on average while any was. */
  readonly mostAtOnce: number
  readonly meanAtOnce: number
}

/** Time that passes as soon as nothing else goes on: to the next moment for which somebody waits, deadlines included. */
class SimulatedClock extends ManualClock {
  #isDue = false

  protected override changed(): void {
    if (this.#isDue || this.sleepers + this.deadlines === 0) return
    this.#isDue = true
    quiet().then(() => {
      this.#isDue = false
      this.jump()
    })
  }
}

/** Plays a scenario through all layers of the transport. Equal seeds, equal chances. */
export async function play(scenario: Scenario, seed: number): Promise<Played> {
  const clock = new SimulatedClock()
  const random = chances(seed)
  const server = new SimulatedServer(scenario, clock, random)
  const { send } = dress(server.send, {
    target: 'shop',
    login: async () => ({ headers: {}, expiresIn: null }),
    read: ({ status }) => ({ kind: kindOf(status), message: `HTTP ${status}`, requestId: null }),
    replay: true,
    timeout: 30_000,
    retries: 4,
    maxWait: 300_000,
    agent: 'assetsync/test',
    redact: text => text,
    clock,
    random,
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    listen: () => undefined,
    ...scenario.client,
  })
  let [left, answered, failed] = [scenario.requests, 0, 0]
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      await send(aRequest({ url: 'https://shop.example.com/lamps' })).then(
        () => answered++,
        () => failed++,
      )
    }
  }
  await Promise.all(Array.from({ length: scenario.client.concurrency }, worker))
  return { seconds: clock.now() / 1000, answered, failed, ...server.seen() }
}

function kindOf(status: number): 'answer' | 'throttled' | 'ambiguous' {
  if (status === 429) return 'throttled'
  return status >= 500 ? 'ambiguous' : 'answer'
}

class SimulatedServer {
  readonly #scenario: Scenario
  readonly #clock: ManualClock
  readonly #random: () => number
  readonly #starts: number[] = []
  #arrivals: number[] = []
  #tokens: number
  #filledAt = 0
  #underWay = 0
  #busySince = 0
  #busy = 0
  #sum = 0
  #most = 0
  #refused = 0
  #early = 0
  #closedUntil = 0
  readonly #pauseEnds: number[] = []

  constructor(scenario: Scenario, clock: ManualClock, random: () => number) {
    this.#scenario = scenario
    this.#clock = clock
    this.#random = random
    this.#tokens = scenario.server.bucket?.burst ?? 0
  }

  readonly send: Send = async () => {
    const startedAt = this.#clock.now()
    this.#starts.push(startedAt)
    if (startedAt < this.#closedUntil) this.#early++
    this.#count(1)
    const delay = this.#delay()
    await this.#clock.sleep(delay / 2)
    const response = this.#answer()
    await this.#clock.sleep(delay / 2)
    this.#count(-1)
    if (response.status === 429) this.#refuse()
    return response
  }

  seen(): Pick<Played, 'refused' | 'early' | 'afterPause' | 'mostAtOnce' | 'meanAtOnce'> {
    const ends = this.#pauseEnds.filter((end, at) => (this.#pauseEnds[at + 1] ?? Number.POSITIVE_INFINITY) > end + 50)
    const bursts = ends.map(end => this.#starts.filter(at => at >= end && at < end + 50).length)
    return {
      refused: this.#refused,
      early: this.#early,
      afterPause: Math.max(0, ...bursts),
      mostAtOnce: this.#most,
      meanAtOnce: this.#sum / this.#busy,
    }
  }

  #count(change: number): void {
    const now = this.#clock.now()
    this.#sum += this.#underWay * (now - this.#busySince)
    if (this.#underWay > 0) this.#busy += now - this.#busySince
    this.#busySince = now
    this.#underWay += change
    this.#most = Math.max(this.#most, this.#underWay)
  }

  #behaviour(): Behaviour {
    const { server, changes = [] } = this.#scenario
    const past = changes.filter(({ at }) => at <= this.#clock.now())
    return Object.assign({}, server, ...past)
  }

  #delay(): number {
    const { delay, jitter = 0, knee } = this.#behaviour()
    const crowd = knee === undefined ? 1 : Math.max(1, this.#underWay / knee)
    return delay * crowd - Math.log(1 - this.#random()) * jitter
  }

  #answer(): HttpResponse {
    const { fails, atOnce } = this.#behaviour()
    if (!this.#hasToken() || !this.#hasRoom() || (atOnce !== undefined && this.#underWay > atOnce)) {
      return anAnswer({ status: 429, headers: this.#comeBack() })
    }
    return anAnswer({ status: fails !== undefined && this.#random() < fails.share ? fails.status : 200 })
  }

  /** When to come back, as seconds or as a date beside that of the answer. */
  #comeBack(): Record<string, string> {
    const { retryAfter = null, form = 'seconds' } = this.#behaviour()
    if (retryAfter === null) return {}
    if (form === 'seconds') return { 'retry-after': String(retryAfter) }
    const now = this.#clock.wall()
    return { date: httpDate('imf', now), 'retry-after': httpDate(form, now + retryAfter * 1000) }
  }

  #hasToken(): boolean {
    const { bucket } = this.#behaviour()
    if (bucket === undefined) return true
    const now = this.#clock.now()
    this.#tokens = Math.min(bucket.burst, this.#tokens + ((now - this.#filledAt) / 1000) * bucket.perSecond)
    this.#filledAt = now
    if (this.#tokens < 1 - 1e-9) return false
    this.#tokens -= 1
    return true
  }

  #hasRoom(): boolean {
    const { window } = this.#behaviour()
    if (window === undefined) return true
    const now = this.#clock.now()
    this.#arrivals = this.#arrivals.filter(at => at > now - window.ms)
    if (this.#arrivals.length >= window.count) return false
    this.#arrivals.push(now)
    return true
  }

  /** From now on the client knows of it. */
  #refuse(): void {
    this.#refused++
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + (this.#behaviour().retryAfter ?? 0) * 1000)
    this.#pauseEnds.push(this.#closedUntil)
  }
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** A moment in one of the three forms of RFC 9110, section 5.6.7, without its milliseconds. */
function httpDate(form: Exclude<RetryAfterForm, 'seconds'>, wall: number): string {
  const imf = new Date(wall).toUTCString()
  const [, day = '', month = '', year = '', time = ''] = imf.split(' ')
  if (form === 'rfc850') return `${DAYS[new Date(wall).getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`
  if (form === 'asctime') return `${imf.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`
  return imf
}

/** Numbers from 0 up to 1 that look like chance and are the same for the same seed: the mulberry32 generator. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
