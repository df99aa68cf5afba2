import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { printError } from '../../src/cli/print-error.ts'
import { FeedError, OutputError } from '../../src/model/errors.ts'
import { catalogOf, Terminal } from './terminal.ts'

describe('usage errors', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('chairs.csv', catalogOf(3))
  })

  afterEach(() => terminal.close())

  it.each([
    ['pusch chairs.csv', 'There is no command "pusch".', 'Did you mean push?'],
    ['chairs.csv', 'There is no command "chairs.csv".', 'Did you mean: assetsync push chairs.csv?'],
    ['--sandbox chairs.csv', 'There is no command "chairs.csv".', 'Did you mean: assetsync push chairs.csv?'],
    ['config prnt', 'There is no command "config prnt".', 'Did you mean print? See: assetsync config --help'],
    ['help pusch', 'There is no help on "pusch".', 'Did you mean: assetsync help push?'],
    ['push chairs.csv --sandbx', 'push has no option --sandbx.', 'Did you mean --sandbox? See: assetsync push --help'],
    [
      'retry --sandbox --prune',
      'retry has no option --prune.',
      'It is an option of: push, plan. See: assetsync retry --help',
    ],
    ['push chairs.csv --token=sword-fish', 'push has no option --token.', 'See: assetsync push --help'],
    ['config print --jsn', 'config print has no option --jsn.', 'Did you mean --json?'],
    ['--sandbox', 'assetsync needs a command before --sandbox.', 'It is an option of: push, plan, check'],
    ['-v', 'assetsync needs a command before -v.', 'The version is shown by: assetsync --version'],
    ['report -q', 'report has no option -q.', 'It is an option of: push, plan'],
    ['plan --plan x', 'plan has no option --plan.', 'It is an option of: push. See: assetsync plan --help'],
    ['push --sandbox=1', 'The option --sandbox takes no value.', 'Write --sandbox alone. See: assetsync push --help'],
    ['push --token=sword-fish', 'push has no option --token.', 'See: assetsync push --help'],
    ['reconcile --sandbox --retires 2', 'reconcile has no option --retires.', 'Did you mean --retries?'],
    ['push chairs.csv --limit', 'The option --limit <n> needs a value.', 'See: assetsync push --help'],
    ['push chairs.csv --limit many', '--limit "many" cannot be used. Expected a whole number.', 'See: assetsync push'],
    ['push x --max-failures half', '--max-failures "half" cannot be used.', 'or a percentage'],
    ['push chairs.csv --timeout 0', '--timeout "0" cannot be used.', 'Expected more than 0 seconds.'],
    ['check chairs.csv --timeout soon', '--timeout "soon" cannot be used.', 'Expected a number of seconds.'],
    ['push chairs.csv --report -', '--report "-" cannot be used.', '-f picks its format.'],
    ['push chairs.csv -q -v', '--quiet and --verbose exclude each other.', 'Leave one of them out.'],
    ['retry one two --sandbox', 'retry takes at most 1 argument, and there are 2.', 'See: assetsync retry --help'],
    ['doctor catalogix', 'doctor takes no arguments, and there is 1.', 'See: assetsync doctor --help'],
    ['completion', 'Which shell is it for?', 'assetsync completion bash'],
    ['completion fisch', 'There is no completion for "fisch".', 'assetsync completion fish'],
    ['push chairs.csv --sandbox --format tabel', '"tabel"', 'Did you mean table?'],
    [
      'push chairs.csv --sandbox --preset shopfy',
      '--preset "shopfy" cannot be used.',
      'Did you mean shopify?\nExpected one of: auto,',
    ],
    ['push chairs.csv --rate 60', '--rate "60" cannot be used. Expected 60/min, 1/s or off.', 'See: assetsync push'],
    ['push chairs.csv --delimiter ;;', '--delimiter ";;" cannot be used.', 'Expected one character, tab or auto.'],
    ['push chairs.csv --concurrency 0', '--concurrency "0" cannot be used.', 'Expected a whole number above 0.'],
    ['push chairs.csv --batch-size many', '--batch-size "many" cannot be used.', 'Expected a whole number.'],
    ['push chairs.csv --retries 101', '--retries "101" cannot be used.', 'Expected a whole number up to 100.'],
    ['push chairs.csv --max-wait long', '--max-wait "long" cannot be used.', 'Expected a number of seconds.'],
    ['push chairs.csv --timeout 86401', '--timeout "86401" cannot be used.', 'Expected at most 86400 seconds.'],
    [
      'push chairs.csv --encoding utf-9',
      '--encoding "utf-9" cannot be used.',
      'such as utf-8 or windows-1252, or auto',
    ],
    [
      'push chairs.csv --image-base-url cdn',
      '--image-base-url "cdn" cannot be used.',
      'a complete http or https address',
    ],
    ['push chairs.csv --sandbox --batch-size 101', '--batch-size', 'expected at most 100'],
    ['push chairs.csv --sandbox --prune --only A', '--prune needs the whole feed.', 'Leave out --limit and --only.'],
    ['push chairs.csv --sandbox --target catalogicks', '"catalogicks"', 'Did you mean "catalogix"?'],
    ['push --sandbox', 'No feed is named.', 'or - for standard input'],
    ['push chairs.csv', 'No target is configured.', 'Write a config with assetsync init'],
    ['push chairs.csv', 'No target is configured.', 'try the emulated ones with --sandbox'],
    ['retry', 'No target is configured.', 'try the emulated ones with --sandbox'],
    ['push chairs.csv -c missing.yaml', 'There is no config file', 'missing.yaml'],
    ['sandbox --fault catalogix:flood', 'flood', ''],
    ['sandbox --rate fast', '--rate "fast" cannot be used.', 'Expected 60/min, 1/s or off.'],
    ['targets catalogx', '"catalogx" is no target type.', 'Did you mean catalogix?'],
  ])('%s', async (line, what, fix) => {
    const { code, stdout, stderr } = await terminal.call(line)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^✗ error {2}\S/)
    expect(stderr).toContain(what)
    expect(stderr).toContain(fix)
  })

  it('say once what an option must be, however many targets there are', async () => {
    const { code, stderr } = await terminal.call('push chairs.csv --sandbox --target catalogix,akeneo --rate 60')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '✗ error  --rate "60" cannot be used. Expected 60/min, 1/s or off.\nSee: assetsync push --help\n',
    })
    const env = { ASSETSYNC_RATE: '60' }
    expect((await terminal.call('push chairs.csv --sandbox', { env })).stderr).toBe(
      '✗ error  ASSETSYNC_RATE="60" cannot be used. Expected 60/min, 1/s or off.\n',
    )
  })

  it('are told for an unknown column, with the nearest', async () => {
    const { code, stderr } = await terminal.call('check chairs.csv --code-column skoo')
    expect(code).toBeGreaterThan(1)
    expect(stderr).toContain('sku')
  })
})

describe('words of the command line', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('chairs.csv', catalogOf(3))
  })

  afterEach(() => terminal.close())

  it.each([
    'push chairs.csv --sandbox --limit 2 --format json',
    '--sandbox --limit 2 push chairs.csv --format json',
    '--format=json --sandbox push --limit=2 chairs.csv',
    'push --sandbox --limit 2 --format json -- chairs.csv',
  ])('may have options before and after the command: %s', async line => {
    const { stdout } = await terminal.call(line)
    expect(JSON.parse(stdout).targets[0].totals.created).toBe(2)
  })

  it.each(['-V', '--version', 'version'])('%s is the version', async word => {
    expect(await terminal.call(word)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it('of two that exclude each other, the one that was typed wins over the variable', async () => {
    const { stderr } = await terminal.call('push chairs.csv --sandbox -v', { env: { ASSETSYNC_QUIET: '1' } })
    expect(stderr).toContain('HTTP 200')
    const env = { ASSETSYNC_QUIET: '1', ASSETSYNC_VERBOSE: '1' }
    expect((await terminal.call('push chairs.csv --sandbox', { env })).code).toBe(2)
  })

  it('says which variable is not read because its name is misspelt, also when quiet', async () => {
    const env = {
      ASSETSYNC_MAXWAIT: '3',
      ASSETSYNC_OUT: 'x',
      ASSETSYNC_PIM_SECRET: 'x',
      ASSETSYNC_URL: 'x',
      ASSETSYNC_MAX_WAIT: '4',
    }
    const { code, stdout, stderr } = await terminal.call('push chairs.csv --sandbox -q', { env })
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: '! warning  The variable ASSETSYNC_MAXWAIT is not read. Did you mean ASSETSYNC_MAX_WAIT?\n',
    })
  })

  it('takes for no slip of the pen what the config names itself', async () => {
    const config = { feed: { name: '$' + '{ASSETSYNC_STAGE}', files: ['chairs.csv'] } }
    terminal.file('elsewhere/lamps.json', config)
    terminal.file('elsewhere/chairs.csv', catalogOf(1))
    const env = { ASSETSYNC_STAGE: 'test', ASSETSYNC_MAXWAIT: '3' }
    const stage = 'The variable ASSETSYNC_STAGE is not read. Did you mean ASSETSYNC_STATE?'
    const warned = async (line: string, more: Record<string, string> = {}) => {
      const { stderr } = await terminal.call(line, { env: { ...env, ...more } })
      expect(stderr).toContain('The variable ASSETSYNC_MAXWAIT is not read.')
      return stderr.includes(stage)
    }
    expect(await warned('check chairs.csv')).toBe(true)
    expect(await warned('check -c elsewhere/lamps.json')).toBe(false)
    expect(await warned('check', { ASSETSYNC_CONFIG: 'elsewhere/lamps.json' })).toBe(false)
    expect(await warned('targets')).toBe(true)
    terminal.file('.assetsyncrc', config)
    expect(await warned('check')).toBe(false)
    expect(await warned('targets')).toBe(false)
    terminal.file('.assetsyncrc', 'feed: [')
    expect(await warned('check chairs.csv')).toBe(true)
  })

  it('takes the variables of options that begin with "no" by both names', async () => {
    const call = (env: Record<string, string>) =>
      terminal.call('check chairs.csv', { env: { FORCE_COLOR: '1', ...env } })
    for (const env of [{ ASSETSYNC_NO_COLOR: '1' }, { ASSETSYNC_COLOR: '0' }]) {
      const { stdout, stderr } = await call(env)
      expect({ isPlain: !stdout.includes('\u001b'), stderr }).toEqual({ isPlain: true, stderr: '' })
    }
    expect((await call({ ASSETSYNC_NO_COLOR: '0' })).stdout).toContain('\u001b')
  })

  it('- on a terminal says that it waits', async () => {
    const { code, stderr } = await terminal.call('check -', { stdin: catalogOf(1), isTyped: true })
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Reading the feed from the terminal; end it with Ctrl-D.\n' })
    await terminal.call('plan chairs.csv --sandbox --out chairs.plan')
    const plan = { stdin: terminal.read('chairs.plan'), isTyped: true }
    expect(await terminal.call('push --plan - --sandbox --quiet', plan)).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Reading the plan from the terminal; end it with Ctrl-D.\n',
    })
  })
})

describe('an error', () => {
  async function printed(error: Error, columns?: number): Promise<string> {
    const stderr = Object.assign(new PassThrough(), columns === undefined ? {} : { isTTY: true, columns })
    await printError(error, { env: { LANG: 'C.UTF-8', NO_COLOR: '1' }, stderr } as unknown as Io)
    return String(stderr.read())
  }

  it('is one line and its way out, whatever foreign text it quotes', async () => {
    const error = new FeedError('The column "sku\n✓ ok  all is well" is missing.', { fix: 'Name it\nwell.' })
    expect(await printed(error)).toBe(
      '✗ error  The column "sku\\u{a}✓ ok  all is well" is missing.\nName it\\u{a}well.\n',
    )
  })

  it('keeps its lines where they are a list of our own', async () => {
    expect(await printed(new OutputError('a.json cannot be written.\nb.json cannot be written.'))).toBe(
      '✗ error  a.json cannot be written.\nb.json cannot be written.\n',
    )
  })
  it('is broken between words on a terminal, and every line of a list keeps its place', async () => {
    const list = 'These cannot be written:\n  a.json  the disk is full of old reports\n  b.json  so it is here'
    expect(await printed(new OutputError(list, { fix: 'Make room, then ask for the reports again.' }), 30)).toBe(
      `✗ error  These cannot be
  written:
  a.json  the disk is full of
    old reports
  b.json  so it is here
Make room, then ask for the
  reports again.
`,
    )
  })

  it('keeps commands in one line, so that they can be copied', async () => {
    const fix =
      'When there is room for it: assetsync report run-7 --report a.json; assetsync report run-7 --report b.csv'
    expect(await printed(new OutputError('It is full.', { fix }), 40)).toBe(
      `✗ error  It is full.
When there is room for it:
  assetsync report run-7 --report a.json;
  assetsync report run-7 --report b.csv
`,
    )
  })
})
