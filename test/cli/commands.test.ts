import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../src/sandbox/index.ts'
import { type CallOptions, catalogOf, stateOf, Terminal } from './terminal.ts'

describe('the command line', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('chairs.csv', catalogOf(3))
  })

  afterEach(() => terminal.close())

  describe('files that are read or remembered', () => {
    it.each(['chairs.csv', './chairs.csv'])('a report must not overwrite the feed (%s)', async path => {
      const { code, stderr } = await terminal.call(`push chairs.csv --sandbox --report ${path}`)
      expect(code).toBe(2)
      expect(terminal.read('chairs.csv')).toBe(catalogOf(3))
      expect(stderr).toContain(path)
    })

    it.each(['chairs.json', '.assetsyncrc.json', '.assetsync/sandbox/run.json'])(
      'a report must not overwrite %s',
      async path => {
        terminal.file('chairs.json', [{ sku: 'A', image: 'https://images.example.com/a.jpg' }])
        terminal.file('.assetsyncrc.json', {})
        const { code, stderr } = await terminal.call(`push chairs.json --sandbox --report ${path}`)
        expect(code).toBe(2)
        expect(stderr).toContain('would overwrite something')
      },
    )
  })

  describe('the environment', () => {
    it('stands in for every option', async () => {
      const env = { ASSETSYNC_SANDBOX: '1', ASSETSYNC_FORMAT: 'json', ASSETSYNC_LIMIT: '2' }
      const { stdout } = await terminal.call('push chairs.csv', { env })
      expect(JSON.parse(stdout).targets[0].totals.created).toBe(2)
    })

    it('gives way to options', async () => {
      const { stdout } = await terminal.call('push chairs.csv --sandbox --limit 1', { env: { ASSETSYNC_LIMIT: '2' } })
      expect(stdout).toContain('created 1')
    })

    it('is checked like an option', async () => {
      const { code, stderr } = await terminal.call('push chairs.csv --sandbox', { env: { ASSETSYNC_LIMIT: 'two' } })
      expect(code).toBe(2)
      expect(stderr).toContain('ASSETSYNC_LIMIT="two" cannot be used. Expected a whole number.')
    })

    it('can say no to a flag', async () => {
      const { code } = await terminal.call('push chairs.csv', { env: { ASSETSYNC_SANDBOX: '0' } })
      expect(code).toBe(2)
    })
  })

  describe('output', () => {
    it('goes to stdout as the result alone; stderr stays empty when all is well', async () => {
      const { stdout, stderr } = await terminal.call('push chairs.csv --sandbox --format json')
      expect(stderr).toBe('')
      expect(JSON.parse(stdout).schema).toBe('assetsync.report/1')
    })

    it('is nothing with -q when all is well', async () => {
      expect(await terminal.call('push chairs.csv --sandbox -q')).toEqual({ code: 0, stdout: '', stderr: '' })
    })

    it('is the report with -q when something is wrong', async () => {
      terminal.file('chairs.csv', `${catalogOf(3)}BAD,nonsense,\n`)
      const { code, stdout } = await terminal.call('push chairs.csv --sandbox -q')
      expect(code).toBe(1)
      expect(stdout).toContain('chairs.csv:5')
    })

    it('goes to several report files at once, whose extension picks the format', async () => {
      await terminal.call('push chairs.csv --sandbox --report run.json --report run.ndjson')
      const report = JSON.parse(terminal.read('run.json'))
      const lines = terminal
        .read('run.ndjson')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      expect(report.items).toEqual(lines)
      expect(lines).toHaveLength(3)
    })

    it('has the keys of every line in the promised order', async () => {
      const { stdout } = await terminal.call('push chairs.csv --sandbox --format ndjson')
      const [line = ''] = stdout.split('\n')
      expect(Object.keys(JSON.parse(line)).join(' ')).toBe(
        'target code key status images attempts batch http requestId remoteId reason message source',
      )
    })

    it('shows every request with -v, on stderr', async () => {
      const { stderr } = await terminal.call('push chairs.csv --sandbox -v')
      expect(stderr).toContain('POST /catalogix/v1/assets')
      expect(stderr).toContain('HTTP 200')
    })
  })

  describe('selection', () => {
    it('takes the first n products', async () => {
      const outcomes = await terminal.outcomes('push chairs.csv --sandbox --limit 2')
      expect(outcomes.map(({ code }) => code)).toEqual(['CHR-00001', 'CHR-00002'])
    })

    it('takes only the codes that are named', async () => {
      const outcomes = await terminal.outcomes('push chairs.csv --sandbox --only CHR-00003')
      expect(outcomes.map(({ code }) => code)).toEqual(['CHR-00003'])
    })

    it('refuses a code that the feed does not have', async () => {
      const { code, stderr } = await terminal.call('push chairs.csv --sandbox --only chr-00003')
      expect(code).toBe(3)
      expect(stderr).toContain('"chr-00003"')
    })
  })

  describe('the sandbox', () => {
    it('has a ledger of its own, apart from the real one', async () => {
      await terminal.call('push chairs.csv --sandbox')
      expect(await terminal.outcomes('push chairs.csv --sandbox')).toMatchObject(
        [1, 2, 3].map(() => ({ status: 'unchanged' })),
      )
      const real = await startSandbox()
      terminal.configure(real.targets.catalogix)
      const env = { CATALOGIX_TOKEN: real.targets.catalogix.token }
      expect(await terminal.outcomes('push chairs.csv', { env })).toMatchObject(
        [1, 2, 3].map(() => ({ status: 'created' })),
      )
      await real.close()
    })

    it('goes through no proxy, so that nothing leaves the machine', async () => {
      const env = { HTTP_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' }
      expect((await terminal.call('push chairs.csv --sandbox --retries 0', { env })).code).toBe(0)
    })

    it('redirects a configured target and forgives a missing secret', async () => {
      terminal.configure({ baseUrl: 'https://api.catalogix.ai/v1', storeUuid: 'real-store' })
      const report = await terminal.report('push chairs.csv --sandbox')
      expect(report.targets[0].endpoint).toMatch(/^http:\/\/127\.0\.0\.1:/)
      expect(report.targets[0].totals.created).toBe(3)
    })

    it('serves until interrupted and prints where', async () => {
      let interrupt: ((signal: NodeJS.Signals) => void) | undefined
      let printed: (line: string) => void = () => undefined
      const line = new Promise<string>(done => {
        printed = done
      })
      const ended = terminal.call('sandbox', {
        onStdout: (text, react) => {
          interrupt = react
          printed(text)
        },
      })
      const { state, targets } = JSON.parse(await line)
      expect(Object.keys(targets.catalogix)).toEqual(['baseUrl', 'token', 'storeUuid'])
      expect(await (await fetch(state)).json()).toMatchObject({ catalogix: { galleries: {}, requests: 0 } })
      interrupt?.('SIGINT')
      expect((await ended).code).toBe(130)
    })
  })

  it('lets a second push wait outside while the first is at work, and says who is', async () => {
    const sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix)
    const env = { CATALOGIX_TOKEN: sandbox.targets.catalogix.token }
    const both = await Promise.all([
      terminal.call('push chairs.csv', { env }),
      terminal.call('push chairs.csv', { env }),
    ])
    expect(both.map(({ code }) => code).toSorted()).toEqual([0, 6])
    expect(both.find(({ code }) => code === 6)?.stderr).toContain('process 4711')
    expect((await stateOf(sandbox)).requests).toBe(1)
    await sandbox.close()
  })

  it('stops at the first interrupt also while it waits for its feed', async () => {
    const ended = terminal.call('push - --sandbox', {
      stdin: new Promise<string>(() => undefined),
      onSignal: interrupt => interrupt('SIGINT'),
    })
    expect(await ended).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('nothing was sent') })
  })

  it.each([
    ['push chairs.csv', 'Left at once; the next push goes on from here.'],
    ['verify chairs.csv', 'Left at once.'],
  ])('says how it goes on when the second interrupt ends it: %s', async (line, words) => {
    const said: string[] = []
    let text = ''
    let interrupts = 0
    const onStderr: CallOptions['onStderr'] = (shown, interrupt) => {
      text = shown
      if (interrupts++ === 0) setImmediate(() => interrupt('SIGINT'))
    }
    await terminal.call(`${line} --sandbox`, {
      onSignal: interrupt => interrupt('SIGINT'),
      onStderr,
      onRaise: () => void said.push(text.trimEnd().split('\n').at(-1) ?? ''),
    })
    expect(said).toEqual([words])
  })

  it('stops at the first interrupt, saves, reports, and goes on with the next push', async () => {
    const sandbox = await startSandbox()
    terminal.configure({ ...sandbox.targets.catalogix, ...{ rate: '2/min' } })
    terminal.file('chairs.csv', catalogOf(500))
    const env = { CATALOGIX_TOKEN: sandbox.targets.catalogix.token }
    let interrupted = false
    const { code, stdout, stderr } = await terminal.call('push chairs.csv -v', {
      env,
      onStderr(text, interrupt) {
        if (interrupted || (text.match(/HTTP 200/g) ?? []).length < 2) return
        interrupted = true
        interrupt('SIGTERM')
      },
    })
    expect(code).toBe(143)
    expect(stderr).toContain('Stopping')
    expect(stdout).toMatch(/catalogix {2}created 200 {2}skipped 300 {2}2 requests/)
    const report = await terminal.report('push chairs.csv --rate off', { env })
    expect(report.targets[0].totals).toMatchObject({ unchanged: 200, created: 300 })
    await sandbox.close()
  })
})
