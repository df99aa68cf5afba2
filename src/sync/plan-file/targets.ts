import type { ConfiguredTarget } from '../../config/config.ts'
import { UsageError } from '../../model/errors.ts'
import { type PlanHeader, type PlanTarget, planTarget } from './header.ts'

/** A target of a plan, as it is configured now, and its place in the plan. */
export interface Matched {
  readonly configured: ConfiguredTarget
  readonly place: number
}

/** The targets that the plan was made for. Throws a UsageError when one is missing or is not what it was. */
export function matchTargets(
  header: PlanHeader,
  configured: readonly ConfiguredTarget[],
  sandbox: boolean,
): readonly Matched[] {
  refuseOtherWorld(header, sandbox)
  return header.targets.map((planned, place) => {
    const found = configured.find(({ name }) => name === planned.name)
    if (found === undefined) throw missing(planned.name)
    const difference = differenceOf(planned, planTarget(found, sandbox))
    if (difference !== null) throw changed(planned.name, difference)
    return { configured: found, place }
  })
}

/** Throws a UsageError when one of the two is the sandbox and the other one is not. */
export function refuseOtherWorld(header: PlanHeader, sandbox: boolean): void {
  if (header.sandbox === sandbox) return
  const words = header.sandbox ? 'The plan was made with --sandbox.' : 'The plan was made without --sandbox.'
  throw new UsageError(`${words} Nothing was sent.`, {
    fix: header.sandbox ? 'Add --sandbox.' : 'Leave out --sandbox.',
  })
}

function differenceOf(planned: PlanTarget, now: PlanTarget): string | null {
  if (planned.type !== now.type) return `its type was ${planned.type} and is ${now.type}`
  if (planned.origin !== now.origin) return `its address was ${planned.origin} and is ${now.origin}`
  if (planned.account !== now.account) return `its account was ${planned.account} and is ${now.account}`
  return planned.options === now.options ? null : 'its options are others, so it would be sent something else'
}

function missing(name: string): UsageError {
  return new UsageError(`The plan is for the target ${name}, which is not configured here. Nothing was sent.`, {
    fix: 'Use the config that the plan was made with; a plan is applied to all of its targets.',
  })
}

function changed(name: string, difference: string): UsageError {
  return new UsageError(`The target ${name} is not what the plan was made for: ${difference}. Nothing was sent.`, {
    fix: 'Use the config that the plan was made with, or plan again.',
  })
}
