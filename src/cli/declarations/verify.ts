import { CONFIG, FEED, OUTPUT, SANDBOX, SELECTION, SENDING, STATE, TARGET } from '../options.ts'
import type { Declaration } from './declaration.ts'
import { FEEDS } from './feed-argument.ts'

/** What concerns requests that read: nothing is sent in batches, can fail item by item, or needs the ledger's lock. */
const READING = SENDING.filter(({ long }) => !['--max-failures', '--batch-size', '--lock-wait'].includes(long ?? ''))

export const verify: Declaration = {
  name: 'verify',
  summary: 'compare what the targets really hold with the feed',
  args: [FEEDS],
  greets: true,
  options: [CONFIG, TARGET, SANDBOX, ...SELECTION, ...READING, STATE, ...FEED, ...OUTPUT],
  help: `Nothing is written, neither to a target nor to the ledger, so that a push may go on meanwhile. Every image is the same,
missing, differs (another image), moved (another rank), extra (the feed does not name it) or unreadable (nothing can be said);
the exit code is 0 only when all are the same. What each target cannot tell is said with --verbose.

Examples:
  assetsync verify catalog.csv
  assetsync verify catalog.csv --target catalogix --only LMP-0007
  assetsync verify catalog.csv --format ndjson
  assetsync verify catalog.csv --report drift.json --quiet`,
  load: async () => (await import('../commands/verify.ts')).verify,
}
