import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/lib/clock.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Totals } from '../../src/model/outcome.ts'
import { createProgress, type Progress, type ProgressOptions } from '../../src/reporters/progress.ts'
import { aFeed, aFile } from './documents.ts'
import { fakeTerminal } from './screen.ts'

/** A clock that moves only when told to; `timers` says how many calls are due. */
function manualClock(): Clock & { advance(ms: number): void; pass(ms: number): void; readonly timers: number } {
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
    /** Time goes by, and no timer rings. */
    pass(ms) {
      now += ms
    },
    get timers() {
      return due.size
    },
  }
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

const TEN_A_MINUTE = { count: 10, perMs: 60_000 }
const planned = (
  target: string,
  send: number,
  facts: Partial<Extract<RunEvent, { type: 'planned' }>> = {},
): RunEvent => ({
  type: 'planned',
  target,
  send,
  remove: 0,
  unchanged: 0,
  rejected: 0,
  requests: Math.ceil(send / 100),
  rate: null,
  ...facts,
})
const started = (target: string): RunEvent => ({ type: 'started', target })
const ended = (target: string): RunEvent => ({ ...request, target })
const settled = (target: string, counts: Partial<Totals>, pending = 0): RunEvent => ({
  type: 'settled',
  target,
  counts,
  pending,
})
const waiting: RunEvent = { type: 'waiting', target: 'catalogix', why: 'rate', because: null, waitMs: 12_000 }
const halted: RunEvent = { type: 'halted', target: 'catalogix', message: 'The token was refused.' }
const warning: RunEvent = { type: 'warning', message: 'The ledger knew another account.\u001b[2J' }
const request: Extract<RunEvent, { type: 'request' }> = {
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
  http: null,
  message: 'No answer within 30 s.',
  attempt: 2,
  waitMs: 2000,
}

describe('progress without a terminal', () => {
  it('says every ten seconds where the run stands, target by target', () => {
    const { progress, clock, written } = stage()
    clock.advance(10_000)
    progress.listen({ type: 'reading', records: 12_000 })
    clock.advance(10_000)
    progress.listen({ type: 'read', feed: aFeed({ products: 952 }), detected: [] })
    clock.advance(10_000)
    progress.listen(planned('catalogix', 952, { rate: TEN_A_MINUTE }))
    progress.listen(planned('pim', 1))
    for (const event of [started('catalogix'), started('pim'), ended('catalogix'), ended('pim')]) progress.listen(event)
    progress.listen(settled('catalogix', { created: 337, failed: 3 }))
    clock.advance(9000)
    progress.listen(started('catalogix'))
    progress.listen(settled('pim', { unknown: 1 }))
    progress.listen(waiting)
    clock.advance(1000)
    progress.listen(ended('catalogix'))
    clock.advance(10_000)
    progress.listen(halted)
    clock.advance(10_000)
    progress.stop()
    expect(written()).toMatchInlineSnapshot(`
      "Starting…  10 s
      Reading… 12,000 records  20 s
      Planning… 952 products  30 s
      catalogix  340/952 items  35 %  16/s  1 in flight  3 failed  rate limit, next in 11 s  about 10 s left
      pim  1/1 item  100 %  done in 9 s  1 unknown
      catalogix  340/952 items  35 %  14/s  3 failed  rate limit, next in 1 s  a few seconds left
      ✗ stopped  catalogix: The token was refused.
      catalogix  340/952 items  35 %  stopped  3 failed
      "
    `)
  })

  it('beats by what happens where planning leaves no time for timers', () => {
    let now = 0
    const clock = { wall: () => now, now: () => now, sleep: async () => undefined, after: () => () => undefined }
    const { progress, written } = stage({ clock })
    progress.listen({ type: 'read', feed: aFeed({ products: 500_000 }), detected: [] })
    for (let items = 20_000; items <= 120_000; items += 20_000) {
      now += 4000
      progress.listen({ type: 'planning', target: 'catalogix', items })
    }
    now += 10_000
    progress.stop()
    progress.listen({ type: 'planning', target: 'catalogix', items: 1 })
    expect(written()).toBe('Planning… catalogix 60,000 items  12 s\nPlanning… catalogix 120,000 items  24 s\n')
  })

  it('says how many requests of a batch are answered before its items are counted', () => {
    const { progress, clock, written } = stage()
    progress.listen(planned('studio', 120, { requests: 120 }))
    progress.listen(started('studio'))
    for (let at = 0; at < 34; at++) {
      clock.advance(500)
      for (const event of [ended('studio'), started('studio')]) progress.listen(event)
    }
    clock.advance(3500)
    progress.stop()
    expect(written()).toBe(
      'studio  0/120 items  15 %  19/120 requests  1.9/s  1 in flight  about 50 s left\n' +
        'studio  0/120 items  28 %  34/120 requests  1.7/s  1 in flight  about 40 s left\n',
    )
  })

  it('counts no more look-ups among them than were planned: a long list brings no item nearer', () => {
    const { progress, clock, written } = stage()
    const looked: RunEvent = { ...request, target: 'studio', method: 'GET' }
    progress.listen(planned('studio', 10, { requests: 12 }))
    progress.listen(started('studio'))
    for (let page = 0; page < 50; page++) {
      for (const event of [looked, started('studio')]) progress.listen(event)
    }
    clock.advance(10_000)
    for (let item = 0; item < 5; item++) {
      for (const event of [ended('studio'), started('studio')]) progress.listen(event)
    }
    clock.advance(10_000)
    progress.stop()
    expect(written().match(/^studio .* requests/gm)).toEqual([
      'studio  0/10 items  10 %  2/12 requests',
      'studio  0/10 items  50 %  7/12 requests',
    ])
  })

  it('says since when a target has not answered', () => {
    const { progress, clock, written } = stage()
    progress.listen(planned('catalogix', 60))
    clock.advance(3000)
    progress.listen(started('catalogix'))
    clock.advance(17_000)
    progress.listen(ended('catalogix'))
    progress.listen(settled('catalogix', { created: 30 }))
    progress.listen(started('catalogix'))
    clock.advance(10_000)
    progress.stop()
    expect(written()).toBe(
      'catalogix  0/60 items  0 %  waiting for an answer, 7 s  1 in flight\n' +
        'catalogix  0/60 items  0 %  waiting for an answer, 17 s  1 in flight\n' +
        'catalogix  30/60 items  50 %  1.2/s  1 in flight  waiting for an answer, 10 s  a few seconds left\n',
    )
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

/** A run in the middle: one target waits for its rate, one was told to wait, one is done, one has not been reached. */
function busy(progress: Progress, clock: Stage['clock']): void {
  progress.listen(planned('catalogix', 2000, { rate: TEN_A_MINUTE }))
  progress.listen(planned('pim', 4000))
  progress.listen(planned('shop', 0, { unchanged: 9012 }))
  progress.listen(planned('studio', 40, { requests: 40 }))
  for (const target of ['catalogix', 'pim', 'studio']) progress.listen(started(target))
  clock.advance(1500)
  for (const target of ['catalogix', 'pim']) progress.listen(ended(target))
  progress.listen(settled('catalogix', { created: 1000 }))
  progress.listen(waiting)
  progress.listen(settled('pim', { created: 1897, failed: 3 }))
  progress.listen({ type: 'waiting', target: 'pim', why: 'throttled', because: '429', waitMs: 12_000 })
  clock.advance(3000)
}

describe('progress on a terminal', () => {
  /** The package has been loaded and the view started. */
  async function live(terminal: ReturnType<typeof fakeTerminal>): Promise<void> {
    await import('ora')
    while (!terminal.written().includes('\u001b[?2026h')) await new Promise(resolve => setImmediate(resolve))
  }

  async function liveStage(columns: number, rows?: number) {
    const terminal = fakeTerminal(columns, rows)
    const made = stage({ terminal: true, stream: terminal, write: text => terminal.write(text) })
    await live(terminal)
    return { ...made, terminal }
  }

  it('shows something before anything is loaded', () => {
    const terminal = fakeTerminal(80)
    const { progress } = stage({ terminal: true, stream: terminal, write: text => terminal.write(text) })
    expect(terminal.shown()).toBe('⠋ Starting…')
    progress.stop()
    expect(terminal.shown()).toBe('')
  })

  it.each([80, 140])('has one line per target, in %i columns', async columns => {
    const { progress, clock, terminal } = await liveStage(columns)
    busy(progress, clock)
    progress.listen(warning)
    const shown = terminal.shown()
    progress.stop()
    expect(shown).toMatchSnapshot()
    expect(shown.split('\n').filter(line => line.length >= columns)).toEqual([])
  })

  it('says lines above it, and leaves nothing of itself', async () => {
    const { progress, clock, terminal } = await liveStage(80)
    progress.listen(warning)
    busy(progress, clock)
    progress.listen(halted)
    progress.stop()
    progress.stop()
    expect(terminal.shown()).toBe(
      '! warning  The ledger knew another account.\\u{1b}[2J\n✗ stopped  catalogix: The token was refused.',
    )
    expect({ cursor: terminal.cursor(), timers: clock.timers, listening: terminal.listenerCount('resize') }).toEqual({
      cursor: { row: 2, column: 0 },
      timers: 0,
      listening: 0,
    })
    expect(terminal.written()).not.toContain('\u001b[?25l') // who hides the cursor has to show it again, also when killed
  })

  it('keeps the cursor at the start of its last line, where it does not move about', async () => {
    const { progress, clock, terminal } = await liveStage(80)
    busy(progress, clock)
    progress.listen(warning)
    expect(terminal.cursor()).toEqual({ row: 5, column: 0 })
    progress.stop()
  })

  it('sums up what the terminal has no rows for', async () => {
    const { progress, terminal } = await liveStage(80, 6)
    for (const at of [1, 2, 3, 4, 5, 6]) progress.listen(planned(`shop-${at}`, at * 100))
    progress.listen(settled('shop-1', { created: 97, failed: 3 }))
    progress.listen(started('shop-2'))
    progress.listen(warning)
    const shown = terminal.shown()
    progress.stop()
    expect(shown.split('\n').slice(1)).toEqual([
      '⠋ Sending to 6 targets',
      '  shop-2  ░░░░░░    0/200  waiting for an answer  1 in flight',
      '  shop-3  ░░░░░░    0/300  connecting',
      '  shop-4  ░░░░░░    0/400  connecting',
      '  and 3 more targets  100/1,200  3 failed',
    ])
  })

  it('is drawn anew where the terminal has become narrower', async () => {
    const { progress, clock, terminal } = await liveStage(80)
    busy(progress, clock)
    progress.listen(warning)
    terminal.columns = 50
    terminal.emit('resize')
    const shown = terminal.shown()
    progress.stop()
    expect(shown.split('\n').filter(line => line.length >= 50 && !line.startsWith('!'))).toEqual([])
    expect(terminal.shown()).not.toContain('Sending')
  })

  it('stays alive while planning leaves no time for timers', async () => {
    const { progress, terminal } = await liveStage(80)
    progress.listen({ type: 'read', feed: aFeed({ products: 12_000 }), detected: [] })
    expect(terminal.shown()).toBe('⠋ Planning… 12,000 products')
    progress.stop()
  })

  it('is drawn by what happens, too, at most a few times a second', async () => {
    const { progress, clock, terminal } = await liveStage(80)
    const drawn = () => terminal.written().length
    progress.listen({ type: 'planning', target: 'catalogix', items: 100_000 })
    expect(terminal.shown()).toBe('⠋ Planning… catalogix 100,000 items')
    const before = drawn()
    progress.listen({ type: 'planning', target: 'catalogix', items: 110_000 })
    expect(drawn()).toBe(before)
    clock.pass(250)
    progress.listen({ type: 'planning', target: 'catalogix', items: 120_000 })
    expect(terminal.shown()).toBe('⠋ Planning… catalogix 120,000 items')
    progress.stop()
  })

  it('says who is asked by commands that send nothing', async () => {
    const { progress, clock, terminal } = await liveStage(80)
    for (const target of ['catalogix', 'pim', 'pim']) progress.listen(started(target))
    clock.advance(2000)
    progress.listen(warning)
    expect(terminal.shown().split('\n').at(-1)).toBe('⠋ Asking catalogix, pim… 3 requests  2 s')
    progress.stop()
  })

  it('says that it is stopping', async () => {
    const { progress, clock, terminal } = await liveStage(80)
    busy(progress, clock)
    progress.stopping()
    expect(terminal.shown()).toContain('⠋ Stopping…  4 s\n')
    progress.stop()
  })

  it('breaks what it says between words', async () => {
    const { progress, terminal } = await liveStage(40)
    progress.listen({ type: 'warning', message: 'The ledger knew another account of this target.' })
    progress.stop()
    expect(terminal.shown()).toBe('! warning  The ledger knew another\n    account of this target.')
  })

  it('does not start when the run is over before it is loaded', async () => {
    const terminal = fakeTerminal(80)
    const { progress } = stage({ terminal: true, stream: terminal, write: text => terminal.write(text) })
    progress.stop()
    await import('ora')
    await new Promise(resolve => setImmediate(resolve))
    expect(terminal.shown()).toBe('')
  })

  it('falls back to lines where the terminal does not know its width', () => {
    const { progress, clock, written } = stage({ terminal: true, stream: fakeTerminal(0) })
    clock.advance(10_000)
    progress.stop()
    expect(written()).toBe('Starting…  10 s\n')
  })
})
