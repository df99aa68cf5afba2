import { duration, printable } from '../lib/text.ts'
import type { RunEvent } from '../model/event.ts'
import { countItems, noTotals, STATUSES, type Totals } from '../model/outcome.ts'
import type { Look } from './reporter.ts'
import { marks } from './style.ts'

/** Where a run stands, as far as its events have told. */
export interface RunState {
  records: number
  /** Null while the feed is being read. */
  products: number | null
  readonly targets: Map<string, TargetState>
}

interface TargetState {
  /** Items to send. */
  readonly send: number
  /** What became of the items sent so far. */
  readonly settled: Totals
  isHalted: boolean
  wait: Wait | null
}

interface Wait {
  readonly why: 'rate' | 'throttled'
  /** On the monotonic clock. */
  readonly until: number
}

export function newRunState(): RunState {
  return { records: 0, products: null, targets: new Map() }
}

/** Takes the event into the state; `now` is the clock's monotonic time in milliseconds. */
export function applyEvent(state: RunState, event: RunEvent, now: number): void {
  if (event.type === 'reading') state.records = event.records
  else if (event.type === 'read') state.products = event.feed.products
  else if (event.type === 'planned') state.targets.set(event.target, newTargetState(event.send))
  else if ('target' in event) applyToTarget(state.targets.get(event.target), event, now)
}

/** The state on one line: what is going on now. */
export function statusText(state: RunState, now: number, look: Pick<Look, 'unicode'>): string {
  const { ellipsis, separator } = marks(look)
  if (state.targets.size > 0) {
    return [...state.targets].map(([name, target]) => targetText(name, target, now)).join(` ${separator} `)
  }
  if (state.products !== null) return `Planning${ellipsis} ${counted(state.products, 'product')}`
  return `Reading${ellipsis}${state.records > 0 ? ` ${counted(state.records, 'record')}` : ''}`
}

function newTargetState(send: number): TargetState {
  return { send, settled: noTotals(), isHalted: false, wait: null }
}

function applyToTarget(target: TargetState | undefined, event: RunEvent, now: number): void {
  if (target === undefined) return
  if (event.type === 'waiting') target.wait = { why: event.why, until: now + event.waitMs }
  if (event.type === 'halted') target.isHalted = true
  if (event.type !== 'settled') return
  for (const status of STATUSES) target.settled[status] += event.counts[status] ?? 0
}

function targetText(name: string, { send, settled, isHalted, wait }: TargetState, now: number): string {
  const parts = [printable(name)]
  parts.push(send === 0 ? 'nothing to send' : `${number(countItems(settled))}/${counted(send, 'item')}`)
  if (settled.failed > 0) parts.push(`${number(settled.failed)} failed`)
  if (settled.unknown > 0) parts.push(`${number(settled.unknown)} unknown`)
  if (isHalted) parts.push('stopped')
  else if (wait !== null && wait.until > now) parts.push(waitText(wait, now))
  return parts.join('  ')
}

function waitText({ why, until }: Wait, now: number): string {
  const seconds = Math.ceil((until - now) / 1000)
  const time = seconds < 60 ? `${seconds} s` : duration(seconds * 1000)
  return `waiting ${time} (${why === 'rate' ? 'rate limit' : 'throttled'})`
}

function counted(count: number, one: string): string {
  return `${number(count)} ${count === 1 ? one : `${one}s`}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
