import {
  CONFIG,
  DETAILED,
  FEED,
  FORECASTING,
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
  argument: FEEDS,
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
    ...OUTPUT,
  ],
  help: `Examples:
  assetsync plan catalog.csv
  assetsync plan catalog.csv --format json --only LMP-0007`,
  load: async () => (await import('../commands/plan.ts')).plan,
}
