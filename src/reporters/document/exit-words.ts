import { EXIT } from '../../model/exit.ts'
import type { Status, Totals } from '../../model/outcome.ts'

const WORDS: ReadonlyMap<number, string> = new Map([
  [EXIT.ok, 'all is well'],
  [EXIT.credentials, 'a target refused the credentials'],
  [EXIT.temporary, 'a target was unreachable or throttled: try later'],
  [EXIT.ledger, 'the ledger could not be used'],
  [EXIT.limit, 'a safety limit held something back'],
  [EXIT.output, 'the result could not be written'],
  [EXIT.defect, 'a defect in assetsync'],
  [129, 'the terminal was closed (SIGHUP)'],
  [130, 'interrupted (SIGINT)'],
  [143, 'told to stop (SIGTERM)'],
])

/** What can be said of some of the items, in the order in which it is told. */
const OF_ITEMS: readonly (readonly [status: Status, words: string])[] = [
  ['failed', 'failed'],
  ['rejected', 'were rejected'],
  ['unknown', 'are unknown'],
]

/** "exit 1: some items failed"; of items that failed and the like only what the totals tell. */
export function exitWords(exitCode: number, totals: Partial<Totals> = {}): string {
  const words = exitCode === EXIT.items ? itemWords(totals) : (WORDS.get(exitCode) ?? signalWords(exitCode))
  return words === '' ? `exit ${exitCode}` : `exit ${exitCode}: ${words}`
}

function itemWords(totals: Partial<Totals>): string {
  const told = OF_ITEMS.flatMap(([status, words]) => ((totals[status] ?? 0) > 0 ? [words] : []))
  if (told.length === 0) return 'something needs attention'
  const [last = ''] = told.slice(-1)
  return `some items ${told.length === 1 ? last : `${told.slice(0, -1).join(', ')} or ${last}`}`
}

function signalWords(exitCode: number): string {
  return exitCode > 128 ? `ended by signal ${exitCode - 128}` : ''
}
