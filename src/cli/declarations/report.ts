import { CONFIG, OUTPUT, SANDBOX, STATE } from '../options.ts'
import type { Declaration } from './declaration.ts'

export const report: Declaration = {
  name: 'report',
  summary: 'render a past run again, in any format',
  args: [{ words: '[run]', description: 'id of the run, or the beginning of it (default: the last one)' }],
  options: [
    CONFIG,
    SANDBOX,
    STATE,
    ...OUTPUT.filter(({ long }) => ['--format', '--report', '--verbose', '--no-color'].includes(long ?? '')),
  ],
  help: `Examples:
  assetsync report
  assetsync report 20261121-202647-3f9a --format csv
  assetsync report 20261121-202647 --report run.html --report run.xml

It reads the ledger alone and sends nothing. What it renders is what the run itself reported. A run that was killed has no
summary: its report is counted from its journal, says so, and has 137 for an exit code. The exit code of this command is 0
when the report could be made, however the run ended; that is in the report.`,
  load: async () => (await import('../commands/report.ts')).report,
}
