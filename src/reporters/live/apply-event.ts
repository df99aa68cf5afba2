import type { RunEvent } from '../../model/event.ts'
import { noTotals, STATUSES } from '../../model/outcome.ts'
import { newSpeed } from './speed.ts'
import { isFinished, type RunState, type TargetState, type Wait, waitOf, workedOf } from './state.ts'
import { newEstimate } from './time-left.ts'

/** Starts that are kept at most; windows with more are so short that nobody waits for them. */
const MOST_STARTS = 600
const TOO_MANY = 429
const SERVER_ERROR = 500

export function newRunState(now: number, activity: string): RunState {
  return {
    since: now,
    activity,
    isStopping: false,
    phase: 'starting',
    records: 0,
    planning: null,
    products: null,
    targets: new Map(),
    asked: new Map(),
  }
}

/** Takes the event into the state. */
export function applyEvent(state: RunState, event: RunEvent, now: number): void {
  if (event.type === 'reading') {
    state.phase = 'reading'
    state.records = event.records
  } else if (event.type === 'read') {
    state.phase = 'planning'
    state.products = event.feed.products
  } else if (event.type === 'planning') {
    if (state.phase !== 'sending') state.phase = 'planning'
    state.planning = event
  } else if (event.type === 'planned') {
    state.planning = null
    if (state.phase !== 'sending') state.phase = 'planning'
    state.targets.set(event.target, newTargetState(event, now))
  } else if ('target' in event) {
    const target = state.targets.get(event.target)
    state.phase = target === undefined ? 'asking' : 'sending'
    if (target !== undefined) applyToTarget(target, event, now)
    else if (event.type === 'started') state.asked.set(event.target, (state.asked.get(event.target) ?? 0) + 1)
  }
}

function newTargetState(event: Extract<RunEvent, { type: 'planned' }>, now: number): TargetState {
  const { target, send, remove, unchanged, requests, rate } = event
  const total = send + remove
  return {
    name: target,
    total,
    unchanged,
    requests: requests + remove,
    rate,
    settled: noTotals(),
    pending: 0,
    inFlight: 0,
    starts: [],
    ended: 0,
    answered: 0,
    lookedUp: 0,
    worked: 0,
    workedAt: now,
    silentSince: now,
    firstStart: null,
    finishedAt: total === 0 ? now : null,
    isHalted: false,
    wait: null,
    limitedAt: null,
    speed: newSpeed(),
    timeLeft: newEstimate(),
  }
}

function applyToTarget(target: TargetState, event: RunEvent, now: number): void {
  switch (event.type) {
    case 'started':
      started(target, now)
      break
    case 'request':
      ended(target, event, now)
      break
    case 'waiting':
      target.wait = { why: event.why, because: event.because, until: now + event.waitMs }
      if (event.why === 'rate') target.limitedAt = target.wait.until
      break
    case 'retry':
      if (waitOf(target, now) === null) target.wait = retryOf(event, now)
      break
    case 'halted':
      target.isHalted = true
      break
    case 'settled':
      settled(target, event, now)
      break
  }
}

/** Who was told to slow down does not try again, but waits like everybody else. */
function retryOf({ reason, http, waitMs }: Extract<RunEvent, { type: 'retry' }>, now: number): Wait {
  const why = reason === 'throttled' ? 'throttled' : 'retry'
  return { why, because: String(http ?? reason), until: now + waitMs }
}

function started(target: TargetState, now: number): void {
  target.firstStart ??= now
  if (target.inFlight === 0) target.silentSince = now
  target.inFlight++
  target.wait = null
  target.starts.push(now)
  if (target.starts.length > Math.min(target.rate?.count ?? 0, MOST_STARTS)) target.starts.shift()
}

function ended(target: TargetState, { http, method }: Extract<RunEvent, { type: 'request' }>, now: number): void {
  target.inFlight = Math.max(0, target.inFlight - 1)
  target.silentSince = now
  target.ended++
  if (http !== null && http !== TOO_MANY && http < SERVER_ERROR) {
    if (method === 'GET') target.lookedUp++
    else target.answered++
  }
  advance(target, now)
}

function settled(
  target: TargetState,
  { counts, pending = 0 }: Extract<RunEvent, { type: 'settled' }>,
  now: number,
): void {
  for (const status of STATUSES) target.settled[status] += counts[status] ?? 0
  target.pending += pending
  advance(target, now)
  if (isFinished(target)) target.finishedAt ??= now
}

/** Takes what is newly done into the speed. */
function advance(target: TargetState, now: number): void {
  const worked = workedOf(target)
  if (worked <= target.worked) return
  target.speed.add(worked - target.worked, now)
  target.worked = worked
  target.workedAt = now
}
