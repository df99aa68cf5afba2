import { CONFIG, FEED, OUTPUT, REJECTS, SANDBOX, SELECTION, TARGET, TIMEOUT } from '../options.ts'
import type { Declaration } from './declaration.ts'
import { FEEDS } from './feed-argument.ts'

export const check: Declaration = {
  name: 'check',
  summary: 'read and validate a feed; knows no target',
  args: [FEEDS],
  greets: true,
  options: [CONFIG, TARGET, SANDBOX, ...SELECTION, ...FEED, TIMEOUT, REJECTS, ...OUTPUT],
  help: `Examples:
  assetsync check catalog.csv
  assetsync check catalog.csv --rejects rejects.csv
  assetsync check export.csv --code-column Handle --image-columns "Image Src" --position-column "Image Position"`,
  load: async () => (await import('../commands/check.ts')).check,
}
