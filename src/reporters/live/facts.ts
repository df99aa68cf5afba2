import { duration } from '../../lib/text.ts'
import type { TargetState, Wait } from './state.ts'
import { answeredOf, doneOf, isFinished, isLimited, waitOf, workedOf } from './state.ts'

/** What is told of one target, each in a few words; null or empty where there is nothing to tell. */
export interface Facts {
  readonly isFinished: boolean
  readonly isStopped: boolean
  /** From 0 to 1. */
  readonly share: number
  readonly done: number
  readonly total: number
  /** "17/s", "40/min". */
  readonly speed: string | null
  readonly failures: readonly string[]
  /** "waiting 12 s (429)", "rate limit, next in 4 s". */
  readonly wait: string | null
  /** "about 3 min left". */
  readonly left: string | null
  /** "2 in flight". */
  readonly inFlight: string | null
  /** "12 processing": the target has taken them and is still working on them. */
  readonly processing: string | null
  /** "34/120 requests", where a batch is many of them and its items are counted only at its end. */
  readonly requests: string | null
  /** What is to be said instead: "connecting", "waiting for an answer, 17 s", "nothing to send", "done in 12 s". */
  readonly state: string | null
}

export function factsOf(target: TargetState, now: number): Facts {
  const { settled, total, isHalted, inFlight, pending } = target
  const done = doneOf(target)
  const finished = isFinished(target)
  const isActive = !finished && !isHalted
  return {
    isFinished: finished,
    isStopped: isHalted,
    share: total === 0 ? 1 : workedOf(target) / total,
    done,
    total,
    speed: isActive ? speedText(target, now) : null,
    failures: [
      ...(settled.failed > 0 ? [`${number(settled.failed)} failed`] : []),
      ...(settled.unknown > 0 ? [`${number(settled.unknown)} unknown`] : []),
    ],
    wait: isActive ? (waitText(waitOf(target, now), now) ?? silenceText(target, now)) : null,
    left: isActive && done < total ? leftText(target.timeLeft.at(target, now)) : null,
    inFlight: !finished && inFlight > 0 ? `${inFlight} in flight` : null,
    processing: isActive && pending > 0 ? `${number(pending)} processing` : null,
    requests: isActive ? requestsText(target) : null,
    state: stateText(target, now),
  }
}

/** "12,000". */
export function number(value: number): string {
  return value.toLocaleString('en-US')
}

/** "12,000 records". */
export function counted(count: number, one: string): string {
  return `${number(count)} ${count === 1 ? one : `${one}s`}`
}

function stateText(target: TargetState, now: number): string | null {
  const { total, unchanged, isHalted, firstStart, finishedAt, ended } = target
  if (isHalted) return 'stopped'
  if (total === 0) return unchanged > 0 ? `nothing to send, ${number(unchanged)} unchanged` : 'nothing to send'
  if (firstStart === null) return 'connecting'
  if (ended === 0) return answerText(now - firstStart)
  return isFinished(target) && finishedAt !== null ? `done in ${inSeconds(finishedAt - firstStart)}` : null
}

/** An answer that takes longer is worth a word. */
const LONG_MS = 10_000

/** Nothing was heard for so long that somebody would wonder. */
function silenceText({ inFlight, ended, silentSince }: TargetState, now: number): string | null {
  return inFlight > 0 && ended > 0 && now - silentSince >= LONG_MS ? answerText(now - silentSince) : null
}

function answerText(ms: number): string {
  return ms < 1000 ? 'waiting for an answer' : `waiting for an answer, ${inSeconds(Math.floor(ms / 1000) * 1000)}`
}

function requestsText(target: TargetState): string | null {
  const { requests } = target
  return workedOf(target) > doneOf(target) ? `${number(answeredOf(target))}/${counted(requests, 'request')}` : null
}

/** What the limit allows over the long run where it decides, because what is sent in bursts has no speed of the moment. */
function speedText(target: TargetState, now: number): string | null {
  const { rate, firstStart, total, requests, speed } = target
  const measured = firstStart === null ? null : speed.at(now, firstStart)
  if (measured === null) return null
  const allowed = rate !== null && isLimited(target, now) ? ((total / requests) * rate.count) / rate.perMs : measured
  const perSecond = Math.min(measured, allowed) * 1000
  return perSecond >= 1 ? `${number(rounded(perSecond))}/s` : `${number(rounded(perSecond * 60))}/min`
}

/** Two digits are enough, and more would never stand still. */
function rounded(value: number): number {
  return value < 1 ? Number(value.toPrecision(1)) : Number(value.toPrecision(2))
}

function waitText(wait: Wait | null, now: number): string | null {
  if (wait === null) return null
  const time = inSeconds(wait.until - now)
  if (wait.why === 'rate') return `rate limit, next in ${time}`
  const because = wait.because === null ? '' : ` (${wait.because})`
  return `${wait.why === 'retry' ? 'trying again in' : 'waiting'} ${time}${because}`
}

/** Steps so wide that the number seldom changes other than by running down. */
const STEPS: readonly { readonly below: number; readonly step: number }[] = [
  { below: 55, step: 10 },
  { below: 10 * 60, step: 60 },
  { below: 60 * 60, step: 5 * 60 },
  { below: 10 * 60 * 60, step: 15 * 60 },
]
const HOUR = 60 * 60

function leftText(ms: number | null): string | null {
  if (ms === null) return null
  const seconds = ms / 1000
  if (seconds < 8) return 'a few seconds left'
  const { step } = STEPS.find(({ below }) => seconds < below) ?? { step: HOUR }
  return `about ${inWords(Math.max(step, Math.round(seconds / step) * step))} left`
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const [hours, minutes] = [Math.floor(seconds / HOUR), Math.round((seconds % HOUR) / 60)]
  if (hours === 0) return `${minutes} min`
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`
}

/** Whole seconds, the last one until it is over. */
export function inSeconds(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  return seconds < 60 ? `${seconds} s` : duration(seconds * 1000)
}
