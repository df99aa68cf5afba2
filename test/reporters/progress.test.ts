import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/lib/clock.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { createProgress, type Progress, type ProgressOptions } from '../../src/reporters/progress.ts'
import { aFeed, aFile } from './documents.ts'

/** A clock that moves only when told to; `timers` says how many calls are due. */
function manualClock(): Clock & { advance(ms: number): void; readonly timers: number } {
  let now = 0
  const due = new Set<{ at: number; then: () => void }>()
  return {
    wall: () => now,
    now: () => now,
    sleep: async () => undefined,
    after(ms, then) {
      const timer = { at: now + ms, then }
      due.add(timer)
      return () => void due.delete(timer)
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const [next] = [...due].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        due.delete(next)
        now = next.at
        next.then()
      }
      now = end
    },
    get timers() {
      return due.size
    },
  }
}

/** A terminal that remembers what was written to it and forgets how to move. */
function fakeTerminal(columns: number) {
  let shown = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      shown += chunk
      done()
    },
  })
  const ignore = () => true
  return Object.assign(stream, {
    isTTY: true,
    columns,
    cursorTo: ignore,
    moveCursor: ignore,
    clearLine: ignore,
    shown: () => shown,
  })
}

interface Stage {
  readonly progress: Progress
  readonly clock: ReturnType<typeof manualClock>
  written(): string
}

function stage(options: Partial<ProgressOptions> = {}): Stage {
  const clock = manualClock()
  let text = ''
  const progress = createProgress({
    terminal: false,
    quiet: false,
    verbose: false,
    color: false,
    write: piece => {
      text += piece
    },
    stream: fakeTerminal(80),
    clock,
    ...options,
  })
  return { progress, clock, written: () => text }
}

const planned = (target: string, send: number): RunEvent => ({
  type: 'planned',
  target,
  send,
  unchanged: 0,
  rejected: 0,
  requests: 10,
})
const waiting: RunEvent = { type: 'waiting', target: 'catalogix', why: 'rate', waitMs: 12_000 }
const halted: RunEvent = { type: 'halted', target: 'catalogix', message: 'The token was refused.' }
const warning: RunEvent = { type: 'warning', message: 'The ledger knew another account.\u001b[2J' }
const request: RunEvent = {
  type: 'request',
  target: 'catalogix',
  method: 'POST',
  path: '/assets',
  http: 200,
  durationMs: 812,
  bytes: 1400,
}
const retry: RunEvent = {
  type: 'retry',
  target: 'catalogix',
  reason: 'timeout',
  message: 'No answer within 30 s.',
  attempt: 2,
  waitMs: 2000,
}

describe('progress without a terminal', () => {
  it('says every ten seconds where the run stands', () => {
    const { progress, clock, written } = stage()
    clock.advance(10_000)
    progress.listen({ type: 'reading', records: 12_000 })
    clock.advance(10_000)
    progress.listen({ type: 'read', feed: aFeed({ products: 952 }), detected: [] })
    clock.advance(10_000)
    progress.listen(planned('catalogix', 952))
    progress.listen({ type: 'settled', target: 'catalogix', counts: { created: 337, failed: 3 } })
    progress.listen(waiting)
    clock.advance(10_000)
    progress.listen(planned('pim', 1))
    progress.listen({ type: 'settled', target: 'pim', counts: { unknown: 1 } })
    clock.advance(10_000)
    progress.listen(halted)
    progress.listen({ ...waiting, target: 'pim', why: 'throttled', waitMs: 90_000 })
    clock.advance(10_000)
    progress.stop()
    expect(written()).toMatchInlineSnapshot(`
      "Reading…
      Reading… 12,000 records
      Planning… 952 products
      catalogix  340/952 items  3 failed  waiting 2 s (rate limit)
      catalogix  340/952 items  3 failed · pim  1/1 item  1 unknown
      ✗ stopped  catalogix: The token was refused.
      catalogix  340/952 items  3 failed  stopped · pim  1/1 item  1 unknown  waiting 1 min 20 s (throttled)
      "
    `)
  })

  it('is silent in a run of less than ten seconds', () => {
    const { progress, clock, written } = stage()
    progress.listen(planned('catalogix', 952))
    clock.advance(9_999)
    progress.stop()
    clock.advance(60_000)
    expect(written()).toBe('')
  })

  it('leaves no timer behind, however often it is stopped', () => {
    const { progress, clock } = stage()
    clock.advance(25_000)
    progress.stop()
    progress.stop()
    expect(clock.timers).toBe(0)
  })

  it('says warnings and stopped targets at once, made harmless', () => {
    const { progress, written } = stage()
    for (const event of [warning, halted, request, retry]) progress.listen(event)
    expect(written()).toBe(
      '! warning  The ledger knew another account.\\u{1b}[2J\n✗ stopped  catalogix: The token was refused.\n',
    )
  })

  it('shows requests and retries when verbose', () => {
    const { progress, written } = stage({ verbose: true })
    progress.listen({ type: 'read', feed: aFeed(), detected: [aFile('furniture.csv')] })
    for (const event of [request, { ...request, http: null }, retry]) progress.listen(event)
    expect(written()).toMatchInlineSnapshot(`
      "furniture.csv: delimiter ;
      furniture.csv: preset: generic (usual column names)
      furniture.csv: image columns: image_1, image_2
      furniture.csv: code column: sku
      catalogix  POST /assets  HTTP 200  812 ms  1400 bytes
      catalogix  POST /assets  no answer  812 ms  1400 bytes
      catalogix  retry 2 in 2.0 s  timeout: No answer within 30 s.
      "
    `)
  })

  it('says only that a target stopped when quiet', () => {
    const { progress, clock, written } = stage({ quiet: true, verbose: true, terminal: true })
    for (const event of [planned('catalogix', 952), warning, request, retry, halted]) progress.listen(event)
    clock.advance(60_000)
    progress.stop()
    expect({ written: written(), timers: clock.timers }).toEqual({
      written: '✗ stopped  catalogix: The token was refused.\n',
      timers: 0,
    })
  })
})

describe('progress on a terminal', () => {
  /** The package has been loaded and the spinner started. */
  async function spinning(terminal: ReturnType<typeof fakeTerminal>): Promise<void> {
    await import('ora')
    while (!terminal.shown().includes('Reading')) await new Promise(resolve => setImmediate(resolve))
  }

  it('keeps one live line below what is said', async () => {
    const terminal = fakeTerminal(80)
    const { progress, clock } = stage({ terminal: true, stream: terminal, write: text => terminal.write(text) })
    await spinning(terminal)
    progress.listen(planned('catalogix', 952))
    progress.listen(waiting)
    progress.listen(warning)
    clock.advance(2_000)
    progress.listen(halted)
    progress.stop()
    const shown = stripVTControlCharacters(terminal.shown())
    expect(shown).toContain(
      '! warning  The ledger knew another account.\\u{1b}[2J\n⠋ catalogix  0/952 items  waiting 12 s (rate limit)',
    )
    expect(shown).toContain('✗ stopped  catalogix: The token was refused.\n')
    expect(clock.timers).toBe(0)
  })

  it('stays on one line of a narrow terminal', async () => {
    const terminal = fakeTerminal(24)
    const { progress } = stage({ terminal: true, stream: terminal, write: text => terminal.write(text) })
    await spinning(terminal)
    progress.listen(planned('catalogix', 952))
    progress.listen(warning)
    progress.stop()
    expect(terminal.shown()).toContain('⠋ catalogix  0/952 ite…\u001b')
  })

  it('does not start when the run is over before it is loaded', async () => {
    const terminal = fakeTerminal(80)
    const { progress } = stage({ terminal: true, stream: terminal })
    progress.stop()
    await import('ora')
    await new Promise(resolve => setImmediate(resolve))
    expect(terminal.shown()).toBe('')
  })

  it('falls back to lines where the terminal does not know its width', () => {
    const { progress, clock, written } = stage({ terminal: true, stream: fakeTerminal(0) })
    clock.advance(10_000)
    progress.stop()
    expect(written()).toBe('Reading…\n')
  })
})
