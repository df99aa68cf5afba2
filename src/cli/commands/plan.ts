import { EXIT, mostSevere } from '../../model/exit.ts'
import type { PlanReport } from '../../model/report.ts'
import { plan as planFeed } from '../../sync/plan.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { present } from './present.ts'
import { planningOf } from './requests.ts'
import { openSession, requireFeed, requireTargets } from './session.ts'

/** Shows what a push would do. */
export async function plan(feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const session = await openSession('plan', feeds, options, io, false)
  const make = () => {
    requireFeed(session)
    requireTargets(session)
    return planFeed({ ...session.request, ...planningOf(options, session) })
  }
  const exitOf = (document: PlanReport) => (options.detailedExitcode === true ? detailed(document) : document.exitCode)
  return present('plan', session, options, io, make, exitOf)
}

function detailed({ exitCode, targets }: PlanReport): number {
  const changes = targets.some(({ totals }) => totals.create + totals.update + totals.delete > 0)
  return mostSevere([exitCode, changes ? EXIT.changes : EXIT.ok])
}
