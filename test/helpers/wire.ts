import { afterEach } from 'vitest'
import { redactor } from '../../src/lib/redact.ts'
import { secretNames } from '../../src/lib/schema.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Io, Target } from '../../src/targets/target.ts'
import { openTransport, type Transport, type TransportOptions } from '../../src/transport/index.ts'
import { AutoClock } from './clock.ts'

/** A target's way to an address, as a run would open it, with time that passes at once. */
export interface TargetWire {
  readonly io: Io
  readonly transport: Transport
  readonly clock: AutoClock
  readonly events: readonly RunEvent[]
  /** Ids that the target asked to be made durable at once, by key. */
  readonly noted: ReadonlyMap<string, string>
  readonly stop: AbortController
}

export type OpenWire = (
  target: Target,
  options: unknown,
  baseUrl: string,
  facts?: Partial<TransportOptions>,
) => TargetWire

/** Opens wires through the real transport and closes them after each test. */
export function wires(): OpenWire {
  const opened: Transport[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(transport => transport.close()))
  })
  return (target, options, baseUrl, facts) => {
    const clock = new AutoClock()
    const events: RunEvent[] = []
    const noted = new Map<string, string>()
    const stop = new AbortController()
    const note: Io['note'] = ({ key }, remoteId) => void noted.set(key, remoteId)
    const help = { baseUrl, note, image: noImage }
    const transport = openTransport({
      target: target.type,
      login: (send, last) => target.login({ ...help, send }, options, last),
      read: response => target.meaning(response),
      replay: target.replay === 'upsert',
      concurrency: target.limits.concurrency,
      rate: null,
      timeout: 30_000,
      retries: 4,
      maxWait: 300_000,
      proxies: { http: undefined, https: undefined, no: undefined },
      agent: 'assetsync/test',
      redact: redactor(secretsOf(target, options)),
      clock,
      stop: stop.signal,
      abort: new AbortController().signal,
      listen: event => events.push(event),
      ...facts,
    })
    opened.push(transport)
    return { io: { ...help, send: transport.send }, transport, clock, events, noted, stop }
  }
}

/** For tests in which nothing is fetched. */
export const noImage: Io['image'] = async url => ({
  kind: 'problem',
  reason: 'not-fetched',
  message: `${url} is not fetched here`,
})

/** The values of the options that are secrets. */
export function secretsOf(target: Target, options: unknown): string[] {
  const values = new Map(Object.entries(options as object))
  return secretNames(target.options)
    .map(name => values.get(name))
    .filter(value => typeof value === 'string')
}
