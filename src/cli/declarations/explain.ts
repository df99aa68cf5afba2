import { CONFIG, FEED, OUTPUT, SANDBOX, STATE, TARGET, TIMEOUT } from '../options.ts'
import type { Declaration } from './declaration.ts'
import { formatOf } from './history-format.ts'

export const explain: Declaration = {
  name: 'explain',
  summary: 'everything about one product, from its record to the answer of each target',
  args: [
    { words: '<code>', description: 'the product code, letter by letter' },
    { words: '[feed...]', description: 'files, globs, addresses or -, to see what the next push of them would do' },
  ],
  options: [
    CONFIG,
    TARGET,
    SANDBOX,
    STATE,
    ...FEED,
    TIMEOUT,
    formatOf(['table', 'json']),
    ...OUTPUT.filter(({ long }) => ['--verbose', '--no-progress', '--no-color'].includes(long ?? '')),
  ],
  help: `Examples:
  assetsync explain LMP-0007
  assetsync explain LMP-0007 catalog.csv --target catalogix
  assetsync explain --format json -- -0815

It tells where the product is from (file and line), its gallery, and for every target: what was sent and when, in which
batch, every request for that with its answer, what the kept runs made of it, what the ledger says the target holds now, and
what the next push would do where a feed is named or configured. Nothing is sent.

A code that begins with - stands after --, with the feeds that follow it. The exit code is 1 when nothing knows the code;
it says then which codes look like it. The formats are table and json.`,
  load: async () => (await import('../commands/explain.ts')).explain,
}
