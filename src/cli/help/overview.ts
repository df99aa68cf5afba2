import { TOPICS } from './topics.ts'

/** Columns of a command before its explanation. */
const WIDTH = 40

const MORE = [
  ['push', 'a command, with examples'] as const,
  ...TOPICS.map(({ name, summary }) => [name, summary] as const),
]

/** Below the list of commands. */
export const HELP = `Every option has an environment variable: --max-wait is ASSETSYNC_MAX_WAIT.

More help:
${MORE.map(([name, summary]) => `  ${`assetsync help ${name}`.padEnd(WIDTH)}${summary}`).join('\n')}

Examples:
  assetsync push catalog.csv --sandbox    try it: nothing leaves the machine
  assetsync check catalog.csv             what is in the feed, and what is wrong
  assetsync plan catalog.csv              what a push would change
  assetsync push catalog.csv              do it`
