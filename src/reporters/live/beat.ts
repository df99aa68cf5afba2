import { printable } from '../../lib/text.ts'
import type { Look } from '../reporter.ts'
import { counted, factsOf, number } from './facts.ts'
import { isFinished, type RunState, type TargetState } from './state.ts'
import { titleOf } from './title.ts'

/** The facts of the view as lines of a log: one per target, and of a target that is done only once. */
export function createBeat(look: Pick<Look, 'unicode'>): (state: RunState, now: number) => readonly string[] {
  const told = new Set<string>()
  return (state, now) => {
    if (state.phase !== 'sending') return [titleOf(state, now, look)]
    const targets = [...state.targets.values()].filter(({ name }) => !told.has(name))
    for (const target of targets) if (isFinished(target)) told.add(target.name)
    return targets.map(target => beatLine(target, now))
  }
}

function beatLine(target: TargetState, now: number): string {
  const { done, total, share, state, speed, requests, inFlight, processing, failures, wait, left } = factsOf(
    target,
    now,
  )
  const items = total === 0 ? null : `${number(done)}/${counted(total, 'item')}  ${Math.floor(share * 100)} %`
  const parts = [printable(target.name), items, requests, state, speed, inFlight, processing, ...failures, wait, left]
  return parts.filter(part => part !== null).join('  ')
}
