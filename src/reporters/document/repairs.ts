import type { Repair, VerifyReport } from '../../model/verification.ts'

const ADVICE: Readonly<Record<Repair, string>> = {
  push: 'The next push sends them.',
  'push-full': 'The ledger takes them for unchanged, so that a plain push sends nothing: push --full sends them again.',
  'fresh-ledger':
    'The ledger takes them for unchanged, and this target cannot replace an image: a push with an empty ledger takes over ' +
    'what is there and makes what is missing.',
}

const EXTRA =
  'no push removes what the feed does not name. With --prune it removes what it put there itself; the rest you have to ' +
  'remove at the target.'

/** What has to be done and for whom: targets with their work, then what no push does. */
export interface RepairAdvice {
  /** Names of targets, or `extra`. */
  readonly about: readonly string[]
  readonly words: string
}

/** Everything that brings the targets back to the feed; empty where they are as it says. */
export function repairAdvice({ repairs, targets }: VerifyReport): readonly RepairAdvice[] {
  const hasExtra = targets.some(({ totals }) => totals.extra > 0)
  return [
    ...repairs.map(({ repair, targets: about }) => ({ about, words: ADVICE[repair] })),
    ...(hasExtra ? [{ about: ['extra'], words: EXTRA }] : []),
  ]
}
