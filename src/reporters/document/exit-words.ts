import { EXIT } from '../../model/exit.ts'

const WORDS: ReadonlyMap<number, string> = new Map([
  [EXIT.ok, 'all is well'],
  [EXIT.items, 'some items failed, were rejected or are unknown'],
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

/** "exit 1: some items failed, …". */
export function exitWords(exitCode: number): string {
  const words = WORDS.get(exitCode) ?? (exitCode > 128 ? `ended by signal ${exitCode - 128}` : '')
  return words === '' ? `exit ${exitCode}` : `exit ${exitCode}: ${words}`
}
