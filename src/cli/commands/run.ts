import type { Report } from '../../model/report.ts'
import type { Opened, RunRequest } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { withNextSteps } from '../next-steps.ts'
import { interruptible } from './interruptible.ts'
import { runRequestOf } from './requests.ts'
import { requireTargets } from './session.ts'

/** What the commands have in common that send from the journal, without a feed. */
export function runCommand(
  command: string,
  options: Options,
  io: Io,
  run: (request: RunRequest) => Promise<Opened<Report>>,
): Promise<number> {
  return interruptible({ kind: 'report', command, feeds: null, options, io }, async (session, interrupts) => {
    requireTargets(session)
    const feeds = session.config.feed.files.length === 0 ? null : []
    return withNextSteps(await run(runRequestOf(session, options, io, interrupts)), { feeds, options })
  })
}
