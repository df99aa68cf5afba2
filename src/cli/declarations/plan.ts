import {
  CONFIG,
  DETAILED,
  FEED,
  FORECASTING,
  OUT,
  OUTPUT,
  PLANNING,
  REJECTS,
  SANDBOX,
  SELECTION,
  STATE,
  TARGET,
} from '../options.ts'
import type { Declaration } from './declaration.ts'
import { FEEDS } from './feed-argument.ts'

export const plan: Declaration = {
  name: 'plan',
  summary: 'show what push would do; sends nothing',
  args: [FEEDS],
  greets: true,
  options: [
    CONFIG,
    TARGET,
    SANDBOX,
    DETAILED,
    ...PLANNING,
    ...SELECTION,
    ...FORECASTING,
    STATE,
    ...FEED,
    REJECTS,
    OUT,
    ...OUTPUT,
  ],
  help: `Examples:
  assetsync plan catalog.csv
  assetsync plan catalog.csv --format json --only LMP-0007
  assetsync plan catalog.csv --out catalog.plan

It ends with 1 when records are rejected, and with 8, as the push would, when a guard would hold something back.

A saved plan is applied by assetsync push --plan catalog.plan: exactly that, or nothing when the feed, the targets or the
ledger are not as they were. The file holds what is sent, addresses of images included, and no credentials.`,
  load: async () => (await import('../commands/plan.ts')).plan,
}
