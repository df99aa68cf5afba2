// The cases, each against what people would use instead, or against the limit that arithmetic gives.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assetsync, contest, counts, measure, median, PYTHON, print } from './harness.mjs'

const PEERS = join(import.meta.dirname, 'peers')
const QUIET = ['--no-progress']

export const CASES = { first, again, changed, latency, throttled, start, memory }

/** The first push of a feed to a server that is not the bottleneck, with plan, ledger and a report file. */
async function first(bench) {
  const feed = await bench.feed()
  const address = await bench.sink()
  const folder = bench.project('first', address)
  const check = async () => expect(await counts(address), bench.products)
  const ours = {
    name: 'assetsync',
    prepare: () => rmSync(join(folder, '.assetsync'), { recursive: true, force: true }),
    run: assetsync(folder, 'push', feed, '--report', 'report.ndjson', ...QUIET),
    check,
  }
  const peers = peersFor(feed, address, bench.products).map(peer => ({ ...peer, check }))
  print(`first push of ${bench.products} products`, await contest([ours, ...peers], bench.rounds))
}

/** The nightly case: nothing has changed. Against a bare loop over Python's csv.reader. */
async function again(bench) {
  const feed = await bench.feed()
  const address = await bench.sink()
  const folder = bench.project('again', address)
  measure(assetsync(folder, 'push', feed, ...QUIET))
  const ours = { name: 'assetsync', run: assetsync(folder, 'push', feed, ...QUIET) }
  const reader = { name: 'csv.reader', run: { command: [PYTHON, join(PEERS, 'reader.py'), feed] } }
  print(`${bench.products} products, nothing changed`, await contest([ours, reader], bench.rounds))
}

/** One product in a hundred has another image. */
async function changed(bench) {
  const feed = await bench.feed()
  const other = await bench.feed(bench.products, 100)
  const address = await bench.sink()
  const folder = bench.project('changed', address)
  const prepare = () => {
    measure(assetsync(folder, 'push', feed, ...QUIET))
    return counts(address)
  }
  const check = async () => expect(await counts(address), Math.floor(bench.products / 100))
  const ours = { name: 'assetsync', prepare, run: assetsync(folder, 'push', other, ...QUIET), check }
  const reader = { name: 'csv.reader', run: { command: [PYTHON, join(PEERS, 'reader.py'), other] } }
  print(`${bench.products} products, 1 % changed`, await contest([ours, reader], bench.rounds))
}

/** 50 ms for every answer, 16 at once: the limit is batches / 16 x 50 ms. */
async function latency(bench) {
  const feed = await bench.feed()
  const address = await bench.sink(50)
  const folder = bench.project('latency', address)
  const ours = {
    name: 'assetsync',
    prepare: () => rmSync(join(folder, '.assetsync'), { recursive: true, force: true }),
    run: assetsync(folder, 'push', feed, ...QUIET),
    check: async () => expect(await counts(address), bench.products),
  }
  const limit = ((Math.ceil(bench.products / 100) / 16) * 50) / 1000
  const results = await contest([ours], bench.rounds)
  print(`first push of ${bench.products} products, 50 ms per answer`, results)
  ratio('ours / limit', median(results.get('assetsync').map(({ seconds }) => seconds)) / limit)
}

/** 100 requests per second with Retry-After, first known to assetsync, then not. */
async function throttled(bench) {
  const products = Math.min(bench.products, 100_000)
  const feed = await bench.feed(products)
  for (const burst of [100, 10]) {
    const address = await bench.sink(50, 100, burst)
    const limit = (Math.ceil(products / 100) - burst) / 100
    for (const [name, rate] of [
      ['known', '98/s'],
      ['unknown', 'off'],
    ]) {
      const folder = bench.project('throttled', address, { rate })
      const { seconds } = measure(assetsync(folder, 'push', feed, ...QUIET))
      const seen = await counts(address)
      expect(seen, products)
      process.stdout.write(`\n${products} products at 100 requests/s, bucket ${burst}, limit ${name} to assetsync\n`)
      ratio(`ours / limit (${seen.throttled} answers were 429)`, seconds / limit)
    }
  }
}

/** Commands that do nothing, or next to nothing, against Node itself. */
async function start(bench) {
  const feed = await bench.feed(10)
  const folder = bench.project('start', 'http://127.0.0.1:9')
  const bare = { name: 'node -e 0', run: { command: [process.execPath, '-e', '0'] } }
  const rounds = Math.max(10, bench.rounds)
  const ours = [
    { name: 'assetsync --version', run: assetsync(folder, '--version') },
    { name: 'assetsync push --help', run: assetsync(folder, 'push', '--help') },
    { name: 'assetsync push (10, sandbox)', run: assetsync(folder, 'push', feed, '--sandbox', ...QUIET) },
  ]
  const results = await contest([bare, ...ours], rounds)
  const base = median(results.get('node -e 0').map(({ seconds }) => seconds))
  process.stdout.write('\nstart-up\n')
  for (const [name, all] of results) ratio(name, median(all.map(({ seconds }) => seconds)) / base)
}

/** Peak memory as the feed grows, up to as many products as were asked for. */
async function memory(bench) {
  const address = await bench.sink()
  process.stdout.write('\npeak memory in MB: first push, again\n')
  for (const products of [10_000, 100_000, 1_000_000, 10_000_000].filter(each => each <= bench.products)) {
    const feed = await bench.feed(products)
    const folder = bench.project(`memory-${products}`, address)
    const runs = [0, 1].map(() => measure(assetsync(folder, 'push', feed, '--report', 'report.ndjson', ...QUIET)))
    process.stdout.write(`  ${products}: ${runs.map(({ mb }) => mb.toFixed(0)).join(', ')}\n`)
    await counts(address)
  }
}

function peersFor(feed, address, products) {
  const all = [
    {
      name: 'asyncio, 16 at once',
      needs: [PYTHON, '-c', 'import aiohttp'],
      run: python('asyncio_aiohttp.py', feed, address),
    },
    { name: 'a loop in Python', needs: [PYTHON, '-c', 'import requests'], run: python('loop.py', feed, address) },
    {
      name: 'csv-parse and fetch',
      needs: [process.execPath, '-e', '0'],
      run: { command: [process.execPath, join(PEERS, 'quick.mjs'), feed, address] },
    },
    {
      name: 'the floor (straight.mjs)',
      needs: [process.execPath, '-e', '0'],
      run: { command: [process.execPath, join(PEERS, 'straight.mjs'), feed, address], cwd: dirname(feed) },
    },
    {
      name: 'syslog-ng, 4 workers',
      needs: ['syslog-ng', '--version'],
      run: { command: [join(PEERS, 'syslog-ng.sh'), feed, address, String(products)] },
    },
  ]
  return all.filter(({ name, needs }) => {
    const isThere = spawnSync(needs[0], needs.slice(1)).status === 0
    if (!isThere) process.stdout.write(`\n${name}: left out, because "${needs.join(' ')}" does not work here.\n`)
    return isThere
  })
}

function python(script, ...words) {
  return { command: [PYTHON, join(PEERS, script), ...words] }
}

function expect({ items }, products) {
  if (items !== products) throw new Error(`The sink counted ${items} items instead of ${products}.`)
}

function ratio(name, value) {
  process.stdout.write(`  ${value.toFixed(2)}  ${name}\n`)
}
