import { INIT } from '../options.ts'
import type { Declaration } from './declaration.ts'

export const init: Declaration = {
  name: 'init',
  summary: 'write a commented .assetsyncrc; asks on a terminal',
  options: [...INIT],
  help: `Examples:
  assetsync init
  assetsync init --target catalogix --feed "feeds/*.csv"

Secrets are never asked for and never written: the config names environment variables.`,
  load: async () => (await import('../commands/init.ts')).init,
}
