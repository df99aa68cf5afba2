import { CONFIG, OUTPUT, SANDBOX, STATE } from '../options.ts'
import type { Declaration } from './declaration.ts'
import { formatOf } from './history-format.ts'

export const runs: Declaration = {
  name: 'runs',
  summary: 'list the past runs: when, what became of the items, how they ended',
  options: [
    CONFIG,
    SANDBOX,
    STATE,
    formatOf(['table', 'json', 'ndjson']),
    ...OUTPUT.filter(({ long }) => long === '--no-color'),
  ],
  help: `Examples:
  assetsync runs
  assetsync runs --format json

The last 30 runs are kept, the newest first, in a table, json or ndjson. It reads the ledger alone: no config is needed but
to find its folder, and nobody who is pushing is kept waiting. A run that is under way is listed, and so is one that was
killed: what it did is counted from its journal. The exit code is 0 however the runs ended.`,
  load: async () => (await import('../commands/runs.ts')).runs,
}
