import { CONFIG, OUTPUT, SANDBOX, SENDING, STATE, TARGET } from '../options.ts'
import type { Declaration } from './declaration.ts'

export const reconcile: Declaration = {
  name: 'reconcile',
  summary: 'settle items whose outcome is unknown by asking the target',
  args: [{ words: '[target]', description: 'name of the target (default: all)' }],
  greets: true,
  options: [CONFIG, TARGET, SANDBOX, ...SENDING, STATE, ...OUTPUT],
  help: `Examples:
  assetsync reconcile
  assetsync reconcile studio

An item is unknown when it was sent and no answer came that can be relied on, at a target where sending it again could
make a second one. Within 15 minutes it may still arrive; after that it has failed, and the next push sends it.`,
  load: async () => (await import('../commands/reconcile.ts')).reconcile,
}
