import { push as pushFeed } from '../../sync/push.ts'
import type { Call, Options } from '../command.ts'
import type { Io } from '../io.ts'
import { withNextSteps } from '../next-steps.ts'
import { apply } from './apply.ts'
import { interruptible } from './interruptible.ts'
import { plan } from './plan.ts'
import { pushRequestOf } from './requests.ts'
import { requireFeed, requireTargets } from './session.ts'

/** Reads, plans, sends what changed and reports; or applies a saved plan. */
export async function push(feeds: readonly string[], options: Options, io: Io, call: Call): Promise<number> {
  if (typeof options.plan === 'string') return apply(options.plan, feeds, options, io, call)
  if (options.dryRun === true) return plan(feeds, options, io)
  return interruptible({ kind: 'report', command: 'push', feeds, options, io }, async (session, interrupts) => {
    requireFeed(session)
    requireTargets(session)
    return withNextSteps(await pushFeed(pushRequestOf(session, options, io, interrupts)), { feeds, options })
  })
}
