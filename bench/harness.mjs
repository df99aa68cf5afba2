// What all cases need: feeds, the sink, our own command, measuring, and printing.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeFeed } from './feed.mjs'

const HERE = import.meta.dirname
export const BIN = resolve(HERE, '../bin/assetsync.js')
/** The one that has the packages of the system, where there is one. */
export const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

export class Bench {
  #sinks = []

  constructor(folder, products, rounds) {
    this.folder = folder
    this.products = products
    this.rounds = rounds
  }

  /** A feed of this many products; made once. `changedEvery`: every nth has another image than in the feed without it. */
  async feed(products = this.products, changedEvery = 0) {
    const path = join(this.folder, `feed-${products}-${changedEvery}.csv`)
    if (!existsSync(path)) await writeFeed(path, products, changedEvery)
    return path
  }

  async sink(...settings) {
    const child = spawn(process.execPath, [join(HERE, 'sink.mjs'), ...settings.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#sinks.push(child)
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
    return line.trim()
  }

  /** A folder with a config for the sink at this address, and without a ledger. */
  project(name, address, settings = {}) {
    const folder = join(this.folder, name)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    const catalogix = { baseUrl: address, token: 't', storeUuid: 's', rate: 'off', concurrency: 16, ...settings }
    writeFileSync(join(folder, '.assetsyncrc'), JSON.stringify({ targets: { catalogix } }))
    return folder
  }

  async close() {
    for (const child of this.#sinks) child.kill()
  }
}

/** Our own command in a project's folder. */
export function assetsync(folder, ...words) {
  return { command: [process.execPath, BIN, ...words], cwd: folder }
}

/** {seconds, cpu, mb, code} of a command; throws when it fails. */
export function measure({ command, cwd }, expected = [0]) {
  const { stderr, stdout } = spawnSync(PYTHON, [join(HERE, 'measure.py'), ...command], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const facts = JSON.parse(stderr.trim().split('\n').at(-1))
  if (!expected.includes(facts.code))
    throw new Error(`${command.join(' ')} ended with ${facts.code}:\n${stderr}${stdout}`)
  return facts
}

/** What the sink has counted since it was asked last. */
export async function counts(address) {
  const response = await fetch(`${address}/counts`, { headers: { connection: 'close' } })
  return response.json()
}

/**
 * Runs every contender once per round, in turns. A contender: {name, prepare?, run: {command, cwd}, check?}. Gives its name with
 * its measurements.
 */
export async function contest(contenders, rounds) {
  const results = new Map(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, prepare, run, check } of contenders) {
      await prepare?.()
      const facts = measure(run)
      await check?.(facts)
      results.get(name).push(facts)
    }
  }
  return results
}

/** One line per contender: seconds and CPU as median (min-max), ratio of ours to it, peak memory. The first is ours. */
export function print(title, results) {
  const [[, ours]] = results
  process.stdout.write(`\n${title}\n`)
  const rows = [['', 'seconds (min-max)', 'CPU s', 'peak MB', 'ours / this']]
  for (const [name, all] of results) {
    const seconds = all.map(each => each.seconds)
    rows.push([
      name,
      `${median(seconds).toFixed(2)} (${Math.min(...seconds).toFixed(2)}-${Math.max(...seconds).toFixed(2)})`,
      median(all.map(({ cpu }) => cpu)).toFixed(2),
      Math.max(...all.map(({ mb }) => mb)).toFixed(0),
      (median(ours.map(each => each.seconds)) / median(seconds)).toFixed(2),
    ])
  }
  const widths = rows[0].map((_, at) => Math.max(...rows.map(row => row[at].length)))
  for (const row of rows) process.stdout.write(`  ${row.map((cell, at) => cell.padEnd(widths[at])).join('  ')}\n`)
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
