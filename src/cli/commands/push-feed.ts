import { push } from '../../sync/push.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { withNextSteps } from '../next-steps.ts'
import { listenForInterrupts } from '../signals.ts'
import { plan } from './plan.ts'
import { present } from './present.ts'
import { pushRequestOf } from './requests.ts'
import { openSession, requireFeed, requireTargets } from './session.ts'

/** What `push` does with a feed. */
export async function pushFeed(feeds: readonly string[], options: Options, io: Io): Promise<number> {
  if (options.dryRun === true) return plan(feeds, options, io)
  const session = await openSession('push', feeds, options, io, true)
  const interrupts = listenForInterrupts(io, text => void io.stderr.write(text))
  try {
    return await present('report', session, options, io, async () => {
      requireFeed(session)
      requireTargets(session)
      return withNextSteps(await push(pushRequestOf(session, options, io, interrupts)), { feeds, options })
    })
  } finally {
    interrupts.release()
  }
}
