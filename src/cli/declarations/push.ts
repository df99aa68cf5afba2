import {
  CONFIG,
  DRY_RUN,
  FEED,
  OUTPUT,
  PLAN,
  PLANNING,
  REJECTS,
  SANDBOX,
  SELECTION,
  SENDING,
  STATE,
  TARGET,
} from '../options.ts'
import type { Declaration } from './declaration.ts'
import { FEEDS } from './feed-argument.ts'

export const push: Declaration = {
  name: 'push',
  summary: 'read, plan, send what changed, report',
  args: [FEEDS],
  greets: true,
  options: [
    CONFIG,
    TARGET,
    SANDBOX,
    DRY_RUN,
    PLAN,
    ...PLANNING,
    ...SELECTION,
    ...SENDING,
    STATE,
    ...FEED,
    REJECTS,
    ...OUTPUT,
  ],
  help: `Examples:
  assetsync push catalog.csv
  assetsync push "feeds/*.csv" --target catalogix --report run.json
  cat products.json | assetsync push - --code-column sku --image-columns "images[].src"
  assetsync push catalog.csv --sandbox --format ndjson
  assetsync push --plan catalog.plan`,
  load: async () => (await import('../commands/push.ts')).push,
}
