import type { Limit } from '../../engine/limit.ts'
import { version } from '../../lib/version.ts'
import { UsageError } from '../../model/errors.ts'
import { applyPlan } from '../../sync/plan-file/apply.ts'
import type { PlanLimits } from '../../sync/plan-file/header.ts'
import { openPlanFile, type PlanFile } from '../../sync/plan-file/open.ts'
import { showPlan } from '../../sync/plan-file/show.ts'
import { refuseOtherWorld } from '../../sync/plan-file/targets.ts'
import type { Call, Options } from '../command.ts'
import type { Io } from '../io.ts'
import { type Typed, withNextSteps } from '../next-steps.ts'
import { FEED, REJECTS, SELECTION } from '../options.ts'
import { refuseTaken } from '../output.ts'
import { isTyped, waitForTyping } from '../typing.ts'
import { numberOf, textsOf } from '../values.ts'
import { interruptible } from './interruptible.ts'
import { detailed } from './plan.ts'
import { present } from './present.ts'
import { runRequestOf } from './requests.ts'
import { openSession } from './session.ts'

/** Applies the saved plan of --plan, or shows it with --dry-run. */
export async function apply(name: string, feeds: readonly string[], options: Options, io: Io, call: Call) {
  refusePlanning(feeds, options, call)
  for (const report of textsOf(options.report)) refuseTaken(report, '--report', io, { files: [name], folder: null })
  if (name === '-' && isTyped(io)) waitForTyping('plan', io)
  const plan = await openPlanFile(name, { cwd: io.cwd, stdin: io.stdin, version: version() })
  try {
    refuseOtherWorld(plan.header, options.sandbox === true)
    const targets = textsOf(options.target)
    const named = targets.length > 0 ? targets : plan.header.targets.map(each => each.name)
    const fitting = { ...options, target: named, rejects: undefined, limit: undefined, only: undefined }
    return options.dryRun === true
      ? await show(plan, fitting, io)
      : await send(plan, fitting, { feeds: null, options: withLimits(plan, options), fromJournal: true }, io)
  } finally {
    plan.close()
  }
}

/** @param typed the call as it was typed, which the commands that come next go by */
function send(plan: PlanFile, options: Options, typed: Typed, io: Io): Promise<number> {
  const limits = limitsOf(plan, options)
  return interruptible({ kind: 'report', command: 'push', feeds: null, options, io }, async (session, interrupts) => {
    const applied = await applyPlan({ ...runRequestOf(session, options, io, interrupts), plan, limits })
    return withNextSteps(applied, typed)
  })
}

async function show(plan: PlanFile, options: Options, io: Io): Promise<number> {
  const session = await openSession('plan', null, options, io, false)
  const { request, state, sandbox } = session
  const shown = { ...request, state, sandbox: sandbox !== null, plan, limits: limitsOf(plan, options) }
  return present('plan', session, options, io, () => showPlan(shown), detailed(options))
}

/** Those of the plan, unless this call names others. */
function limitsOf({ header: { limits } }: PlanFile, { maxDelete, maxCreate, allowShrink }: Options): PlanLimits {
  return {
    maxDelete: (maxDelete as Limit | undefined) ?? limits.maxDelete, // parsed by the option itself
    maxCreate: numberOf(maxCreate) ?? limits.maxCreate,
    allowShrink: allowShrink === true || limits.allowShrink,
  }
}

/** What a retry would have to be told of a plan that was made with --max-delete. */
function withLimits({ header: { prune, limits } }: PlanFile, options: Options): Options {
  return prune ? { ...options, maxDelete: options.maxDelete ?? limits.maxDelete } : options
}

/** What decides about a plan comes too late for one that is made. Variables of the environment are meant for other calls. */
function refusePlanning(feeds: readonly string[], options: Options, { fromEnvironment }: Call): void {
  if (feeds.length > 0) {
    throw new UsageError(`--plan and a feed (${feeds.join(' ')}) exclude each other.`, {
      fix: 'The plan holds what is sent: leave out the feed, or leave out --plan.',
    })
  }
  const names = ['full', 'prune', ...[...SELECTION, ...FEED, REJECTS].map(option => option.attributeName())]
  const given = names.find(each => options[each] !== undefined && !fromEnvironment.has(each))
  if (given === undefined) return
  const words = given.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${words} belongs to the making of a plan, and this one is made.`, {
    fix: `Leave out --${words}, or plan again with it.`,
  })
}
