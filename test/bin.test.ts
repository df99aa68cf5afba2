import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'

const BIN = resolve('bin/assetsync.js')

/** The real program in a process of its own, compiled as it is shipped. Everything else is tested without one. */
describe('the assetsync program', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
  })

  afterEach(() => terminal.close())

  const start = (words: readonly string[], env: Record<string, string> = {}) =>
    spawn(process.execPath, [BIN, ...words], {
      cwd: terminal.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  it('prints its version', () => {
    const { stdout, status } = spawnSync(process.execPath, [BIN, '--version'], { encoding: 'utf8' })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(status).toBe(0)
  })

  it('says nothing of its own about a large feed, whatever it asks of the runtime', () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `LAMP-${at},https://images.example.com/${at}.jpg\n`)
    terminal.file('many.csv', `sku,image_1\n${rows.join('')}`)
    const words = [BIN, 'check', 'many.csv', '--no-progress']
    const { stderr, status } = spawnSync(process.execPath, words, { cwd: terminal.folder, encoding: 'utf8' })
    expect([stderr, status]).toEqual(['', 0])
  })

  it('pushes, and sends nothing the second time', () => {
    terminal.fixture('feeds/lamps.csv')
    const push = () =>
      spawnSync(process.execPath, [BIN, 'push', 'lamps.csv', '--sandbox'], { cwd: terminal.folder, encoding: 'utf8' })
    expect(push().stdout).toMatch(/catalogix {2}created 24 {2}1 request/)
    const again = push()
    expect(again.stdout).toMatch(/catalogix {2}unchanged 24 {2}0 requests/)
    expect(again.stderr).toBe('')
    expect(again.status).toBe(0)
  })

  it('ends quietly when the reader of its output goes away', async () => {
    terminal.file('chairs.csv', catalogOf(5000))
    const child = start(['push', 'chairs.csv', '--sandbox', '--format', 'ndjson'])
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', text => {
      errors += text
    })
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'exit')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
  })

  it('says when its output cannot be written, with exit code 9', () => {
    terminal.fixture('feeds/lamps.csv')
    const line = `"${process.execPath}" "${BIN}" push lamps.csv --sandbox > /dev/full`
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: terminal.folder, encoding: 'utf8' })
    expect(status).toBe(9)
    expect(stderr).toContain('cannot be written')
  })

  it('goes on after kill -9 in the middle of a request that took effect', async () => {
    // The second request is stored and never answered: its clock stands still.
    const clock = {
      wall: () => 0,
      now: () => 0,
      sleep: () => new Promise<void>(() => undefined),
      after: () => () => undefined,
    }
    const sandbox = await startSandbox({ clock, faults: [{ target: 'catalogix', fault: 'slow', rate: 0.5, times: 2 }] })
    terminal.configure(sandbox.targets.catalogix)
    terminal.file('chairs.csv', catalogOf(250))
    const child = start(['push', 'chairs.csv', '--concurrency', '1'], {
      CATALOGIX_TOKEN: sandbox.targets.catalogix.token,
    })
    while ((await stateOf(sandbox)).requests < 2) expect(child.exitCode).toBe(null)
    while (Object.keys((await stateOf(sandbox)).galleries).length < 200) expect(child.exitCode).toBe(null)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const env = { CATALOGIX_TOKEN: sandbox.targets.catalogix.token }
    const outcomes = await terminal.outcomes('push chairs.csv', { env })
    const statuses = outcomes.map(({ status }) => status)
    expect(statuses.slice(0, 100)).toEqual(Array(100).fill('unchanged'))
    expect(statuses.slice(100, 200)).toEqual(Array(100).fill('updated'))
    expect(statuses.slice(200)).toEqual(Array(50).fill('created'))
    const { galleries, requests } = await stateOf(sandbox)
    expect(Object.keys(galleries)).toHaveLength(250)
    expect(requests).toBe(4)
    expect((await terminal.report('push chairs.csv', { env })).targets[0].requests).toBe(0)
    await sandbox.close()
  })
})
