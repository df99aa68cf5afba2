import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockLedger } from '../../src/ledger/lock.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { TARGETS } from '../../src/targets/index.ts'
import { type CallOptions, catalogOf, stateOf, Terminal } from './terminal.ts'

let terminal: Terminal

beforeEach(() => {
  terminal = new Terminal()
})

afterEach(() => terminal.close())

describe('assetsync targets', () => {
  it('lists every type with its unit, limits and options', async () => {
    const { code, stdout } = await terminal.call('targets')
    expect(code).toBe(0)
    for (const { type, title, docs } of TARGETS) {
      expect(stdout).toContain(`${type}  ${title}`)
      expect(stdout).toContain(docs)
    }
    expect(stdout).toContain('at most 100 items per batch, 4 requests at once, rate 10/min')
    expect(stdout).toMatch(/token {2,}.*\(required, secret\)/)
  })

  it('says it as JSON too', async () => {
    const { stdout } = await terminal.call('targets --json')
    const [catalogix] = JSON.parse(stdout)
    expect(catalogix).toMatchObject({ type: 'catalogix', unit: 'product', limits: { items: 100, rate: '10/min' } })
    expect(catalogix.options).toContainEqual({
      name: 'channel',
      description: 'Channel for all assets of this target.',
      required: false,
      secret: false,
      default: 'SMP',
    })
  })

  it('says of which types images have no order', async () => {
    const facts = JSON.parse((await terminal.call('targets --json')).stdout) as Record<string, unknown>[]
    const unordered = facts.filter(({ ordered }) => ordered === false)
    expect(unordered.map(({ type }) => type)).toEqual(['productai', 'emporix'])
    const { stdout } = await terminal.call('targets')
    expect(stdout.match(/^ {2}! It knows no order of images: .*$/gm)).toHaveLength(unordered.length)
  })
})

describe('assetsync targets', () => {
  it('shows one of them alone', async () => {
    const { stdout } = await terminal.call('targets akeneo')
    expect(stdout.match(/^\S+/gm)).toEqual(['akeneo'])
    expect(JSON.parse((await terminal.call('targets emporix --json')).stdout)).toHaveLength(1)
  })

  it('is broken between words on a terminal', async () => {
    const { stdout } = await terminal.call('targets', { columns: 80 })
    expect(stdout.split('\n').filter(line => line.length > 80 && !/https:\S+$/.test(line))).toEqual([])
    expect(stdout.replace(/\s+/g, ' ')).toBe((await terminal.call('targets')).stdout.replace(/\s+/g, ' '))
  })
})

describe('assetsync sandbox', () => {
  const started = (options: CallOptions) =>
    terminal.call('sandbox', {
      ...options,
      onStdout: (_, interrupt) => setImmediate(() => interrupt('SIGINT')),
    })

  it('says on a terminal what it is for and how it ends', async () => {
    const { code, stdout, stderr } = await started({ stderrColumns: 80 })
    expect(code).toBe(130)
    expect(Object.keys(JSON.parse(stdout))).toEqual(['state', 'targets'])
    expect(stderr).toContain('Ctrl-C')
    expect(stderr.split('\n').filter(line => line.length > 80)).toEqual([])
  })

  it('says nothing but its line elsewhere', async () => {
    expect(await started({})).toMatchObject({ code: 130, stderr: '' })
  })
})

describe('what was pushed with --sandbox', () => {
  it.each(['runs', 'report'])('is found from plain %s', async command => {
    terminal.file('chairs.csv', catalogOf(1))
    expect((await terminal.call(command)).stdout).not.toContain('--sandbox')
    await terminal.call('push chairs.csv --sandbox --state kept')
    const { stdout, stderr } = await terminal.call(`${command} --state kept`)
    const words = `Runs with --sandbox are kept apart: assetsync ${command} --sandbox --state kept`
    expect(stdout + stderr).toContain(words)
    expect((await terminal.call(`${command} --sandbox --state kept`)).stdout).not.toContain('kept apart')
  })
})

describe('assetsync doctor', () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await startSandbox()
  })

  afterEach(() => sandbox.close())

  const env = () => ({ CATALOGIX_TOKEN: sandbox.targets.catalogix.token })

  it('finds nothing to complain about, and writes nothing', async () => {
    const { baseUrl, storeUuid } = sandbox.targets.catalogix
    terminal.configure({ baseUrl, storeUuid })
    const { code, stdout } = await terminal.call('doctor', { env: env() })
    expect(code).toBe(0)
    expect(stdout).toContain(`catalogix  ${baseUrl} answers and takes the credentials`)
    expect(stdout).not.toContain('✗')
    expect((await stateOf(sandbox)).galleries).toEqual({})
  })

  it('2: the config is wrong', async () => {
    terminal.file('.assetsyncrc', { targets: { catalogix: {} } })
    expect((await terminal.call('doctor')).code).toBe(2)
  })

  it('2: the address is wrong', async () => {
    const { baseUrl, storeUuid } = sandbox.targets.catalogix
    terminal.configure({ baseUrl: `${baseUrl}/nowhere`, storeUuid })
    expect((await terminal.call('doctor', { env: env() })).code).toBe(2)
  })

  it('4: the credentials are refused', async () => {
    terminal.configure({ ...sandbox.targets.catalogix, token: 'wrong-token-1234' })
    const { code, stdout } = await terminal.call('doctor')
    expect(code).toBe(4)
    expect(stdout).toContain('✗ catalogix')
    expect(stdout).not.toContain('wrong-token-1234')
  })

  it('6: another run is at work', async () => {
    const { baseUrl, storeUuid } = sandbox.targets.catalogix
    terminal.configure({ baseUrl, storeUuid })
    terminal.file('chairs.csv', catalogOf(1))
    await terminal.call('push chairs.csv', { env: env() })
    const holder = { pid: 1234, command: 'assetsync push', since: '2026-01-01T00:00:00.000Z' }
    const options = { holder, wait: 0, clock: systemClock, stop: new AbortController().signal }
    const lock = await lockLedger(join(terminal.folder, '.assetsync'), options)
    const { code, stdout } = await terminal.call('doctor', { env: env() })
    lock.release()
    expect(code).toBe(6)
    expect(stdout).toContain('process 1234')
  })
})

describe('assetsync init', () => {
  it('writes a config that names variables instead of secrets, and says what to do next', async () => {
    const { code, stdout } = await terminal.call('init --target catalogix --feed feeds/*.csv')
    expect(code).toBe(0)
    const config = terminal.read('.assetsyncrc')
    expect(config).toContain('files: ["feeds/*.csv"]')
    expect(config).toContain('token: ${' + 'CATALOGIX_TOKEN}')
    expect(stdout).toContain('Fill in catalogix.storeUuid.')
    expect(stdout).toContain('Set CATALOGIX_TOKEN in the environment.')
  })

  it('writes for every type what is valid once the blanks are filled in', async () => {
    const types = TARGETS.map(({ type }) => type)
    await terminal.call(`init --target ${types.join(',')}`)
    terminal.file('chairs.csv', catalogOf(1))
    const { code, stderr } = await terminal.call('push chairs.csv --sandbox --dry-run')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('never overwrites a config', async () => {
    terminal.file('.assetsyncrc', {})
    const { code, stderr } = await terminal.call('init --target catalogix')
    expect(code).toBe(2)
    expect(stderr).toContain('.assetsyncrc exists already')
    expect(terminal.read('.assetsyncrc')).toBe('{}')
  })

  it('without a terminal says which flag it needs', async () => {
    const { code, stderr } = await terminal.call('init')
    expect(code).toBe(2)
    expect(stderr).toContain('--target')
  })

  it('suggests the nearest type', async () => {
    const { stderr } = await terminal.call('init --target catalogicks')
    expect(stderr).toContain('Did you mean catalogix?')
  })
})
