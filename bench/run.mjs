// Runs assetsync beside the ways people do the same today, interleaved, on loopback, and prints ratios.
// Usage: npm run bench [-- case … --products n --rounds n]
//   cases: first, again, changed, latency, throttled, start, memory (default: all but memory)
// Peers need python3 with requests and aiohttp, and syslog-ng with mod-http; a peer that is missing is named and left out.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CASES } from './cases.mjs'
import { Bench } from './harness.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { products: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
})
const wanted = positionals.length > 0 ? positionals : Object.keys(CASES).filter(name => name !== 'memory')
const folder = mkdtempSync(join(tmpdir(), 'assetsync-bench-'))
const bench = new Bench(folder, Number(values.products), Number(values.rounds))
try {
  for (const name of wanted) {
    const run = CASES[name]
    if (run === undefined)
      throw new Error(`There is no case "${name}". The cases are: ${Object.keys(CASES).join(', ')}.`)
    await run(bench)
  }
} finally {
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
}
