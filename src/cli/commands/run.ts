import type { Report } from '../../model/report.ts'
import type { Opened, RunRequest } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { withNextSteps } from '../next-steps.ts'
import { listenForInterrupts } from '../signals.ts'
import { present } from './present.ts'
import { runRequestOf } from './requests.ts'
import { openSession, requireTargets } from './session.ts'

/** What the commands have in common that send from the journal, without a feed. */
export async function runCommand(
  command: string,
  options: Options,
  io: Io,
  run: (request: RunRequest) => Promise<Opened<Report>>,
): Promise<number> {
  const session = await openSession(command, null, options, io, true)
  const interrupts = listenForInterrupts(io, text => void io.stderr.write(text))
  try {
    return await present('report', session, options, io, async () => {
      requireTargets(session)
      return withNextSteps(await run(runRequestOf(session, options, io, interrupts)), { feeds: [], options })
    })
  } finally {
    interrupts.release()
  }
}
