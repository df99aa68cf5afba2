import { push as pushFeed } from '../../sync/push.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { listenForInterrupts } from '../signals.ts'
import { plan } from './plan.ts'
import { present } from './present.ts'
import { pushRequestOf } from './requests.ts'
import { openSession, requireFeed, requireTargets } from './session.ts'

/** Reads, plans, sends what changed and reports. */
export async function push(feeds: readonly string[], options: Options, io: Io): Promise<number> {
  if (options.dryRun === true) return plan(feeds, options, io)
  const session = await openSession('push', feeds, options, io, true)
  const interrupts = listenForInterrupts(io, text => void io.stderr.write(text))
  try {
    return await present('report', session, options, io, () => {
      requireFeed(session)
      requireTargets(session)
      return pushFeed(pushRequestOf(session, options, io, interrupts))
    })
  } finally {
    interrupts.release()
  }
}
