import { TOPICS } from '../help/topics.ts'
import type { Declaration } from './declaration.ts'

export const help: Declaration = {
  name: 'help',
  summary: 'explain a command or a topic',
  args: [
    {
      words: '[topic...]',
      description: `a command, or one of: ${TOPICS.map(({ name }) => name).join(', ')}`,
    },
  ],
  options: [],
  help: `Examples:
  assetsync help push
  assetsync help exit-codes
  assetsync help environment`,
  load: async () => (await import('../commands/help.ts')).help,
}
