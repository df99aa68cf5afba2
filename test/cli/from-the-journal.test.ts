import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catalogOf, Terminal } from './terminal.ts'

const SENDING = [
  ['--max-failures', '10%'],
  ['--concurrency', '2'],
  ['--rate', 'off'],
  ['--batch-size', '10'],
  ['--timeout', '5'],
  ['--retries', '1'],
  ['--max-wait', '10'],
  ['--lock-wait', '0.5'],
] as const

const OUTPUT = [
  ['--format', 'json'],
  ['--report', 'again.json'],
  ['--quiet'],
  ['--no-progress'],
  ['--no-color'],
] as const

const OPTIONS = {
  retry: [...SENDING, ['--only', 'CHR-00001,CHR-00002'], ['--max-delete', '5'], ...OUTPUT],
  reconcile: [...SENDING, ...OUTPUT],
} as const

describe.each(['retry', 'reconcile'] as const)('%s, which reads no feed,', command => {
  let terminal: Terminal

  beforeEach(async () => {
    terminal = new Terminal()
    terminal.file('configs/lamps.yaml', '{}')
    terminal.file('chairs.csv', catalogOf(3))
    await terminal.call('push chairs.csv --sandbox --state kept')
  })

  afterEach(() => terminal.close())

  const WHERE = ['--sandbox', '--state', 'kept', '--config', 'configs/lamps.yaml', '--target', 'catalogix']

  it('takes every option that it shares with push', async () => {
    const { code, stdout, stderr } = await terminal.call([command, ...WHERE, ...OPTIONS[command].flat()])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ run: { command }, items: [], exitCode: 0 })
    expect(existsSync(join(terminal.folder, 'again.json'))).toBe(true)
  })

  it('takes each of them from the environment', async () => {
    const flags = [...OPTIONS[command], ['--sandbox'], ['--state', 'kept'], ['--target', 'catalogix']]
    const variables = flags.map(([option = '', value]) => {
      const isOff = option.startsWith('--no-')
      const name = option.replace(/^--(no-)?/, '').replaceAll('-', '_')
      return [`ASSETSYNC_${name.toUpperCase()}`, value ?? (isOff ? '0' : '1')]
    })
    const { code, stdout, stderr } = await terminal.call(command, { env: Object.fromEntries(variables) })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ run: { command }, targets: command === 'retry' ? [{ items: 0 }] : [] })
  })

  it.each([
    ['ASSETSYNC_CONCURRENCY', 'many', 'ASSETSYNC_CONCURRENCY="many" cannot be used.'],
    ['ASSETSYNC_TIMEOUT', 'soon', 'Expected a number of seconds.'],
    ['ASSETSYNC_FORMAT', 'tabel', 'Did you mean table?'],
    ['ASSETSYNC_REPORT', 'chairs.txt', 'Use one of .json, .ndjson'],
  ])('refuses %s=%s', async (name, value, words) => {
    const { code, stdout, stderr } = await terminal.call([command, ...WHERE], { env: { [name]: value } })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
  })

  it('does not write its report over what it remembers', async () => {
    const { code, stderr } = await terminal.call([command, ...WHERE, '--report', 'kept/sandbox/run.json'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("lies in the ledger's folder") })
  })
})
