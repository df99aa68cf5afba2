import { JSON_OUTPUT } from '../options.ts'
import type { Declaration } from './declaration.ts'

export const targets: Declaration = {
  name: 'targets',
  summary: 'list the target types with their limits and options',
  args: [{ words: '[type]', description: 'only this one (default: all)' }],
  options: [JSON_OUTPUT],
  help: `Examples:
  assetsync targets
  assetsync targets akeneo
  assetsync targets --json`,
  load: async () => (await import('../commands/targets.ts')).targets,
}
