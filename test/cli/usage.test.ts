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
      'It is one of: push, plan. See: assetsync retry --help',
    ],
    ['push chairs.csv --token=sword-fish', 'push has no option --token.', 'See: assetsync push --help'],
    ['config print --jsn', 'config print has no option --jsn.', 'Did you mean --json?'],
    ['--sandbox', 'assetsync has no option --sandbox.', 'It is one of: push, plan, check'],
    ['reconcile --sandbox --retires 2', 'reconcile has no option --retires.', 'Did you mean --retries?'],
    ['push chairs.csv --limit', 'The option --limit <n> needs a value.', 'See: assetsync push --help'],
    ['push chairs.csv --limit many', '--limit "many" cannot be used. Expected a whole number.', 'See: assetsync push'],
    ['push x --max-failures half', '--max-failures "half" cannot be used.', 'or a percentage'],
    ['push chairs.csv --timeout 0', '--timeout "0" cannot be used.', 'Expected more than 0 seconds.'],
    ['check chairs.csv --timeout soon', '--timeout "soon" cannot be used.', 'Expected a number of seconds.'],
    ['push chairs.csv --report -', '--report "-" cannot be used.', '-f picks its format.'],
    ['push chairs.csv -q -v', '--quiet and --verbose exclude each other.', 'Leave one of them out.'],
    ['retry one two --sandbox', "Too many arguments for 'retry'.", 'Expected 1 argument but got 2.'],
    ['completion', 'Which shell is it for?', 'assetsync completion bash'],
    ['completion fisch', 'There is no completion for "fisch".', 'assetsync completion fish'],
    ['push chairs.csv --sandbox --format tabel', '"tabel"', 'Did you mean table?'],
    ['push chairs.csv --sandbox --preset shopfy', '--preset', 'did you mean "shopify"?'],
    ['push chairs.csv --sandbox --rate fast', '--rate', 'must be a number of requests'],
    ['push chairs.csv --sandbox --batch-size 101', '--batch-size', 'expected at most 100'],
    ['push chairs.csv --sandbox --prune --only A', '--prune needs the whole feed.', 'Leave out --limit and --only.'],
    ['push chairs.csv --sandbox --target catalogicks', '"catalogicks"', 'Did you mean "catalogix"?'],
    ['push --sandbox', 'No feed is named.', 'or - for standard input'],
    ['push chairs.csv', 'No target is configured.', 'try the emulated ones with --sandbox'],
    ['retry', 'No target is configured.', 'try the emulated ones with --sandbox'],
    ['push chairs.csv -c missing.yaml', 'There is no config file', 'missing.yaml'],
    ['sandbox --fault catalogix:flood', 'flood', ''],
    ['sandbox --rate fast', '--rate fast', ''],
  ])('%s', async (line, what, fix) => {
    const { code, stdout, stderr } = await terminal.call(line)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^✗ error {2}\S/)
    expect(stderr).toContain(what)
    expect(stderr).toContain(fix)
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
  async function printed(error: Error): Promise<string> {
    const stderr = new PassThrough()
    await printError(error, { env: { LANG: 'C.UTF-8' }, stderr } as unknown as Io)
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
})
