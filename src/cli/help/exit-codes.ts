import { EXIT } from '../../model/exit.ts'
import type { Declared } from '../declarations/declaration.ts'
import { columns } from './columns.ts'
import { fill } from './paragraphs.ts'

const MEANINGS: Record<keyof typeof EXIT, string> = {
  ok: 'Every item is created, updated, accepted, deleted or unchanged.',
  items: 'The run finished; some items failed, were rejected, or it is unknown what became of them.',
  usage: 'The command line or the configuration is wrong. Nothing was read or sent.',
  feed: 'The feed was refused. Nothing was sent.',
  credentials: 'A target refused the credentials.',
  temporary: 'Temporary: a target was unreachable, or throttled for longer than --max-wait. Try later.',
  locked: 'Another run holds the ledger.',
  ledger: 'The ledger cannot be used: damaged, of a newer version, or the disk is full.',
  limit:
    'A safety limit held something back: --max-delete withholds deletions, --max-failures stops that target, --max-create and a feed that shrank send nothing.',
  output: 'The result or a report could not be written.',
  changes: 'Only with plan --detailed-exitcode: there are changes.',
  defect: 'A defect in assetsync itself.',
}

/** The codes with their meaning. */
export function exitCodeRows(): readonly (readonly [string, string])[] {
  const rows = Object.entries(EXIT).map(([name, code]) => [String(code), MEANINGS[name as keyof typeof EXIT]] as const)
  return [...rows, ['128+n', 'Ended by signal n, such as 130 by an interrupt. The state is saved.']]
}

const NOTES = `When several hold, the most severe wins: 70, 128+n, 7, 9, 4, 8, 5, 1, 10, 0.

Of check and plan, 1 means that records are rejected; of plan, 8 that a push would hold something back; of verify, that a target holds something else than the feed says; of reconcile, that it is still unknown what became of some items. doctor ends with the first of 2, 4, 5, 6 and 7 that it finds. retry with nothing to do ends with 0.`

/** assetsync help exit-codes */
export function exitCodes(_commands: readonly Declared[], width: number): string {
  const notes = NOTES.split('\n\n').map(text => fill(text, width))
  return `${['Exit codes:', columns(exitCodeRows(), width), '', notes.join('\n\n')].join('\n')}\n`
}
