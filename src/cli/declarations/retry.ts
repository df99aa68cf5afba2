import {
  ALLOW_SHRINK,
  CONFIG,
  MAX_CREATE,
  MAX_DELETE,
  ONLY,
  OUTPUT,
  SANDBOX,
  SENDING,
  STATE,
  TARGET,
} from '../options.ts'
import type { Declaration } from './declaration.ts'

export const retry: Declaration = {
  name: 'retry',
  summary: 'send again what failed or was skipped in a run',
  args: [{ words: '[run]', description: 'id of the run, or the beginning of it (default: the last one)' }],
  greets: true,
  options: [CONFIG, TARGET, SANDBOX, ONLY, MAX_DELETE, MAX_CREATE, ALLOW_SHRINK, ...SENDING, STATE, ...OUTPUT],
  help: `Examples:
  assetsync retry
  assetsync retry 20261121-202647-3f9a --target catalogix

It works from the journal: the feed is not read, and what a later run has settled is left out. Without an id it takes the
last push and what has been retried of it since. What a guard held back (--max-create, a feed that shrank) it holds
back again, unless --max-create or --allow-shrink says otherwise. Items whose outcome is unknown are never sent again; see assetsync
reconcile.`,
  load: async () => (await import('../commands/retry.ts')).retry,
}
