import { setMaxListeners } from 'node:events'
import type { Clock } from '../lib/clock.ts'
import type { Proxies } from '../lib/connections.ts'
import { random as chance } from '../lib/hash.ts'
import type { Redact } from '../lib/redact.ts'
import type { Listen } from '../model/event.ts'
import type { Send } from '../model/http.ts'
import type { Rate } from '../model/rate.ts'
import { authenticate, type Token } from './auth.ts'
import { createBudget } from './budget.ts'
import { classify, type Read } from './classify.ts'
import { createClient } from './client.ts'
import { encryptedOnly } from './encrypted.ts'
import { identify } from './headers.ts'
import { mask } from './mask.ts'
import { type Meter, meter } from './meter.ts'
import { createPace } from './pace.ts'
import { retry } from './retry.ts'
import { timeout } from './timeout.ts'
import { type Attempted, trace } from './trace.ts'

/** How a Send is dressed. */
export interface DressOptions {
  /** The target's name, for events. */
  readonly target: string
  /** Gets a token with a Send that carries no credentials. */
  readonly login: (send: Send, last: Token | null) => Promise<Token>
  readonly read: Read
  readonly replay: boolean
  readonly concurrency: number
  readonly rate: Rate | null
  /** Milliseconds for one request with its answer. */
  readonly timeout: number
  readonly retries: number
  /** Milliseconds that a target may refuse to work. */
  readonly maxWait: number
  readonly agent: string
  readonly redact: Redact
  readonly clock: Clock
  /** No further request starts. */
  readonly stop: AbortSignal
  /** Requests under way are given up. */
  readonly abort: AbortSignal
  readonly listen: Listen
  /** Told of every request that was started; default: nobody. */
  readonly attempted?: (attempted: Attempted) => void
  /** From 0 up to 1, for waits that shall differ; default: chance. */
  readonly random?: () => number
}

export interface TransportOptions extends DressOptions {
  readonly proxies: Proxies
}

export interface Transport {
  readonly send: Send
  readonly meter: Meter
  close(): Promise<void>
}

/** The way to one target: a connection, dressed. */
export function openTransport(options: TransportOptions): Transport {
  const client = createClient(options.concurrency, options.proxies)
  return { ...dress(client.send, options), close: client.close }
}

/**
 * One Send, dressed. The order of the layers is written here and nowhere else, from the outermost to the wire. Credentials come
 * before all of them, so that a login is paced, retried and masked like any request.
 */
export function dress(wire: Send, options: DressOptions): Pick<Transport, 'send' | 'meter'> {
  const { target, clock, listen, random = chance } = options
  setMaxListeners(0, options.stop, options.abort) // every request under way listens to them, however many run at once
  const totals: Meter = { requests: 0, retries: 0, throttled: 0, bytesSent: 0 }
  const budget = createBudget()
  const pace = createPace({
    ...options,
    random,
    waiting: (why, waitMs, because) => listen({ type: 'waiting', target, why, because, waitMs }),
    started: () => listen({ type: 'started', target }),
  })
  const layers = (replay: boolean) => [
    identify(options.agent),
    encryptedOnly,
    retry({
      ...options,
      ...pace,
      replay,
      random,
      budget,
      retrying(fault, attempt, waitMs) {
        totals.retries++
        listen({
          type: 'retry',
          target,
          reason: fault.reason,
          http: fault.http,
          message: fault.message,
          attempt,
          waitMs,
        })
      },
    }),
    pace.gate,
    meter(totals, clock, (request, http, durationMs) => {
      const path = new URL(request.url).pathname
      listen({
        type: 'request',
        target,
        method: request.method,
        path,
        http,
        durationMs,
        bytes: request.body?.byteLength ?? 0,
      })
    }),
    trace(options.read, clock, options.attempted ?? (() => undefined)),
    classify(options.read, clock),
    timeout(options.timeout, clock, options.abort),
    mask(options.redact),
  ]
  const dressed = (replay: boolean): Send => layers(replay).reduceRight((send, layer) => layer(send), wire)
  const login = dressed(true) // a token more than is needed does no harm
  return {
    send: authenticate((last: Token | null) => options.login(login, last), clock)(dressed(options.replay)),
    meter: totals,
  }
}
