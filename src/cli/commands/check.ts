import type { CheckReport } from '../../model/report.ts'
import { check as checkFeed } from '../../sync/feed.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { commandLine } from '../next-command.ts'
import { CONFIG, FEED, REJECTS, SANDBOX, SELECTION, TARGET } from '../options.ts'
import { present } from './present.ts'
import { openSession, requireFeed, type Session } from './session.ts'

/** Reads and validates only. */
export async function check(feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const session = await openSession('check', feeds, options, io, false)
  return present('check', session, options, io, async () => {
    requireFeed(session)
    const { document, close } = await checkFeed(session.request)
    return { document: { ...document, next: nextAfter(document, feeds, options, session) }, close }
  })
}

/** Corrections come first; then a look at what would change; and without a target, a try. */
function nextAfter(
  { detected, selected }: CheckReport,
  feeds: readonly string[],
  options: Options,
  { config: { targets } }: Session,
): string | null {
  const shared = [CONFIG, TARGET, SANDBOX, ...SELECTION, ...FEED]
  if (selected.rejected > 0 && options.rejects === undefined) {
    const rejects = detected.every(({ format }) => format === 'csv') ? 'rejects.csv' : 'rejects.ndjson'
    return commandLine('check', feeds, { ...options, rejects }, [...shared, REJECTS])
  }
  if (selected.products === 0) return null
  if (targets.length === 0) return commandLine('push', feeds, { ...options, sandbox: true }, shared)
  return commandLine('plan', feeds, options, shared)
}
