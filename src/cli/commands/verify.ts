import type { RepairWork, VerifyReport } from '../../model/verification.ts'
import { verify as verifyFeed } from '../../sync/verify.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { commandLine } from '../next-command.ts'
import { CONFIG, FEED, ONLY, PLANNING, SANDBOX, STATE, TARGET } from '../options.ts'
import { interruptible } from './interruptible.ts'
import { runRequestOf } from './requests.ts'
import { requireFeed, requireTargets } from './session.ts'

/** Compares what the targets really hold with the feed. */
export async function verify(feeds: readonly string[], options: Options, io: Io): Promise<number> {
  return interruptible({ kind: 'verify', command: 'verify', feeds, options, io }, async (session, interrupts) => {
    requireFeed(session)
    requireTargets(session)
    const { document, close } = await verifyFeed(runRequestOf(session, options, io, interrupts))
    return { document: { ...document, next: nextAfter(document, feeds, options) }, close }
  })
}

/** What repairs, as it would be typed: only at the targets and for the products that need it. */
function nextAfter({ repairs, run }: VerifyReport, feeds: readonly string[], options: Options): string[] {
  // Emulators keep what they hold beside their ledger: with another one they would be empty.
  const possible = repairs.filter(({ repair }) => repair !== 'fresh-ledger' || options.sandbox !== true)
  return possible.map(work => {
    const shared = { ...options, target: work.targets, only: codesOf(work) ?? options.only }
    return commandLine('push', feeds, { ...shared, ...how(work, run.id) }, [
      CONFIG,
      TARGET,
      SANDBOX,
      STATE,
      ...PLANNING,
      ONLY,
      ...FEED,
    ])
  })
}

/** A code with a comma or blanks around it cannot be named by --only. */
function codesOf({ codes }: RepairWork): readonly string[] | undefined {
  return codes?.every(code => code !== '' && code.trim() === code && !code.includes(',')) === true ? codes : undefined
}

/** Each time another folder: the ledger in it would know what was pushed the time before. */
function how({ repair }: RepairWork, run: string): Options {
  if (repair === 'fresh-ledger') return { state: `.assetsync-repair-${run}` }
  return repair === 'push-full' ? { full: true } : {}
}
