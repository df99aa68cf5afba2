import { setMaxListeners } from 'node:events'
import type { Clock } from '../lib/clock.ts'
import { duration } from '../lib/text.ts'
import { Fault, type FaultKind } from '../model/fault.ts'
import type { HttpRequest, Send } from '../model/http.ts'
import type { Rate } from '../model/rate.ts'
import { createCircuit } from './circuit.ts'
import { createFlight, type Ending } from './flight.ts'
import { createPatience, outOfPatience } from './patience.ts'
import { createTempo } from './tempo.ts'
import { createWindow } from './window.ts'

/** Faults after which nobody can say that the target is there. */
const LOST: readonly FaultKind[] = ['unreachable', 'ambiguous', 'unreadable']
/** Shorter waits are over before anybody has read of them. */
const WORTH_TELLING_MS = 1000

/** The one gate of a target: every request, retries included, takes its turn here. */
export interface Pace {
  readonly gate: (next: Send) => Send
  /** Milliseconds for which nothing starts. */
  pause(): number
  /** Aborts when no request will start any more; its reason is the fault that they get instead. */
  readonly over: AbortSignal
}

export interface PaceOptions {
  readonly rate: Rate | null
  readonly concurrency: number
  readonly retries: number
  /** May a request that may have taken effect be sent again? */
  readonly replay: boolean
  /** The longest that a target may refuse to work, in milliseconds. */
  readonly maxWait: number
  readonly clock: Clock
  readonly random: () => number
  /** Ends all waiting; requests that have not started then never do. */
  readonly stop: AbortSignal
  readonly waiting: (why: 'rate' | 'throttled', waitMs: number, because: string | null) => void
  /** A request has got its turn. */
  readonly started?: () => void
}

/**
 * Requests start in the order in which they come, as soon as all allow it: the configured rate, the pace the target was found
 * to bear, the number under way, and whatever the target asked to wait. What becomes of each is heeded here for all of them.
 */
export function createPace(options: PaceOptions): Pace {
  const { clock, maxWait, waiting, started } = options
  const window = createWindow(options.rate, clock)
  const tempo = createTempo(clock)
  const flight = createFlight(options.concurrency, clock)
  const patience = createPatience(options)
  const circuit = createCircuit({ ...options, looks: options.retries })
  const over = endOf(options.stop)
  let heldUntil = Number.NEGATIVE_INFINITY
  let heldBy: Fault | null = null
  let tail: Promise<unknown> = Promise.resolve()
  let landed = nobody
  over.signal.addEventListener('abort', () => landed(), { once: true })

  /** Behind all who came before. */
  function turn(): Promise<number> {
    const mine = tail.then(start)
    tail = mine.catch(nobody)
    return mine
  }

  /** Looks again after every wait: a pause may have come. Gives the time of the start. */
  async function start(): Promise<number> {
    for (;;) {
      over.signal.throwIfAborted()
      const [known, learned] = [window.free(), Math.max(heldUntil, tempo.free())]
      const wait = Math.max(known, learned) - clock.now()
      if (wait > 0) {
        if (wait >= WORTH_TELLING_MS) tell(wait, learned > known)
        await clock.sleep(wait, over.signal)
      } else if (flight.isFull()) {
        await landing()
      } else {
        for (const each of [window, tempo, flight]) each.started()
        started?.()
        return clock.now()
      }
    }
  }

  function tell(wait: number, isLearned: boolean): void {
    if (isLearned) waiting('throttled', wait, heldBy && String(heldBy.http ?? heldBy.reason))
    else waiting('rate', wait, null)
  }

  /** Resolves when a request has ended or no other will start. Only the first in the row waits for it. */
  function landing(): Promise<void> {
    return new Promise(resolve => {
      landed = resolve
    })
  }

  function hold(until: number): void {
    heldUntil = Math.max(heldUntil, until)
  }

  function answered(startedAt: number): Ending {
    circuit.answered()
    patience.accepted()
    tempo.accepted(startedAt)
    return 'answered'
  }

  function refused(fault: Fault, startedAt: number): Ending {
    heldBy = fault
    const until = patience.refused(fault, startedAt)
    hold(until)
    if (patience.isOver(until)) over.abort(outOfPatience(fault, maxWait, clock))
    if (fault.kind !== 'throttled') return alone()
    tempo.refused(startedAt, until)
    return 'failed'
  }

  function failed(fault: Fault, request: HttpRequest, startedAt: number): Ending {
    const mayLook = fault.kind === 'unreachable' || options.replay || request.method === 'GET'
    const wait = circuit.failed(request, startedAt, mayLook)
    if (wait === 0) return 'failed'
    heldBy = fault
    if (wait === Number.POSITIVE_INFINITY) over.abort(down(fault, circuit.streak))
    else hold(clock.now() + wait)
    return alone()
  }

  /** What comes next goes by itself, to see whether the target is back. */
  function alone(): Ending {
    flight.restart()
    return 'neither'
  }

  function heed(fault: Fault, request: HttpRequest, startedAt: number): Ending {
    if (fault.kind === 'stopped') return 'neither'
    if (fault.kind === 'throttled' || fault.retryAfter) return refused(fault, startedAt)
    if (LOST.includes(fault.kind)) return failed(fault, request, startedAt)
    return answered(startedAt)
  }

  return {
    gate: next => async request => {
      const startedAt = await turn()
      let ending: Ending = 'neither'
      try {
        const response = await next(request)
        ending = answered(startedAt)
        return response
      } catch (error) {
        if (error instanceof Fault) ending = heed(error, request, startedAt)
        throw error
      } finally {
        flight.ended(startedAt, ending)
        landed()
      }
    },
    pause: () => Math.max(0, heldUntil - clock.now()),
    over: over.signal,
  }
}

function nobody(): void {}

/** Aborts with the run's stop, unless it has been aborted before. */
function endOf(stop: AbortSignal): AbortController {
  const over = new AbortController()
  setMaxListeners(0, over.signal) // every request that waits listens to it, however many run at once
  const end = (): void => over.abort(new Fault('stopped', 'The run was interrupted.'))
  if (stop.aborted) end()
  stop.addEventListener('abort', end, { once: true })
  return over
}

function down(fault: Fault, { failures, ms }: { failures: number; ms: number }): Fault {
  const message = `The target is down: ${failures} requests in a row failed in ${duration(ms)}, the last one: ${fault.message}`
  return new Fault('unreachable', message, { ...fault, attempts: 0 })
}
