import { setMaxListeners } from 'node:events'
import type { Clock } from '../lib/clock.ts'
import { random } from '../lib/hash.ts'
import type { Redact } from '../lib/redact.ts'
import type { Listen } from '../model/event.ts'
import type { Send } from '../model/http.ts'
import type { Rate } from '../model/rate.ts'
import { authenticate, type Token } from './auth.ts'
import { classify, type Read } from './classify.ts'
import { createClient, type Proxies } from './client.ts'
import { identify } from './headers.ts'
import { mask } from './mask.ts'
import { type Meter, meter } from './meter.ts'
import { createPace } from './pace.ts'
import { retry } from './retry.ts'
import { timeout } from './timeout.ts'

export interface TransportOptions {
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
  /** Milliseconds that a throttle may last. */
  readonly maxWait: number
  readonly proxies: Proxies
  readonly agent: string
  readonly redact: Redact
  readonly clock: Clock
  /** No further request starts. */
  readonly stop: AbortSignal
  /** Requests under way are given up. */
  readonly abort: AbortSignal
  readonly listen: Listen
}

export interface Transport {
  readonly send: Send
  readonly meter: Meter
  close(): Promise<void>
}

/**
 * One Send, dressed. The order of the layers is written here and nowhere else, from the outermost to the wire. Credentials come
 * before all of them, so that a login is paced, retried and masked like any request.
 */
export function openTransport(options: TransportOptions): Transport {
  const { target, clock, listen, stop } = options
  setMaxListeners(0, stop, options.abort) // every request that waits listens to them, however many run at once
  const totals: Meter = { requests: 0, retries: 0, throttled: 0, bytesSent: 0 }
  const client = createClient(options.concurrency, options.proxies)
  const pace = createPace({
    rate: options.rate,
    clock,
    stop,
    waiting: (why, waitMs) => listen({ type: 'waiting', target, why, waitMs }),
  })
  const layers = (replay: boolean) => [
    identify(options.agent),
    retry({
      ...options,
      replay,
      random,
      hold: pace.hold,
      retrying(fault, attempt, waitMs) {
        totals.retries++
        listen({ type: 'retry', target, reason: fault.reason, message: fault.message, attempt, waitMs })
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
    classify(options.read, clock),
    timeout(options.timeout, clock, options.abort),
    mask(options.redact),
  ]
  const dress = (replay: boolean): Send => layers(replay).reduceRight((send, layer) => layer(send), client.send)
  const login = dress(true) // a token more than is needed does no harm
  return {
    send: authenticate((last: Token | null) => options.login(login, last), clock)(dress(options.replay)),
    meter: totals,
    close: client.close,
  }
}
