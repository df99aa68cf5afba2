import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { expandSources } from '../../feeds/index.ts'
import { printable } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import { EXIT, mostSevere } from '../../model/exit.ts'
import type { PlanReport } from '../../model/report.ts'
import { plan as planFeed } from '../../sync/plan.ts'
import { isPlanFile } from '../../sync/plan-file/open.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { commandLine } from '../next-command.ts'
import { CONFIG, PLAN, SANDBOX, STATE } from '../options.ts'
import { refuseTaken } from '../output.ts'
import { textOf, textsOf } from '../values.ts'
import { present } from './present.ts'
import { planningOf } from './requests.ts'
import { openSession, requireFeed, requireTargets, type Session } from './session.ts'

/** Shows what a push would do, and saves it with --out. */
export async function plan(feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const session = await openSession('plan', feeds, options, io, false)
  let saved: string | null = null
  const make = async () => {
    requireFeed(session)
    requireTargets(session)
    const planning = planningOf(options, session)
    const out = await outOf(options, session, io)
    const made = await planFeed({ ...session.request, ...planning, out: out && resolve(io.cwd, out) })
    saved = out
    return made
  }
  const exit = await present('plan', session, options, io, make, detailed(options))
  if (saved !== null && options.quiet !== true) io.stderr.write(savedWords(saved, options))
  return exit
}

/** The exit code of a plan: with --detailed-exitcode 10 when there are changes. */
export function detailed({ detailedExitcode }: Options): (document: PlanReport) => number {
  return ({ exitCode, targets }) => {
    const changes = targets.some(({ totals }) => totals.create + totals.update + totals.delete > 0)
    return mostSevere([exitCode, detailedExitcode === true && changes ? EXIT.changes : EXIT.ok])
  }
}

/** The file of --out, or null without it. Throws a UsageError, before anything is read, for a file that is something else. */
async function outOf(options: Options, { config, request, state }: Session, io: Io): Promise<string | null> {
  const out = textOf(options.out)
  if (out === null) return null
  if (out === '-') {
    throw new UsageError('--out needs a file: standard output shows the plan.', {
      fix: 'Name a file, such as --out catalog.plan.',
    })
  }
  const sources = await expandSources(request.sources, io.cwd)
  refuseTaken(out, '--out', io, { files: config.file === null ? sources : [...sources, config.file], folder: state })
  const path = resolve(io.cwd, out)
  const others = [...textsOf(options.report), ...textsOf([options.rejects ?? []].flat())]
  if (others.some(other => resolve(io.cwd, other) === path)) {
    throw new UsageError(`--out and another option both name ${out}.`, { fix: 'Choose another file for --out.' })
  }
  const found = statSync(path, { throwIfNoEntry: false })
  if (found !== undefined && found.size > 0 && !(found.isFile() && isPlanFile(path))) {
    throw new UsageError(`--out ${out} would overwrite something that is no saved plan.`, {
      fix: 'Choose another file for --out, or move that one away.',
    })
  }
  return out
}

function savedWords(out: string, options: Options): string {
  const command = commandLine('push', [], { ...options, plan: out }, [PLAN, CONFIG, SANDBOX, STATE])
  return `The plan is saved in ${printable(out)}. To apply exactly that:\n  ${printable(command)}\n`
}
