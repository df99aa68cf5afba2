import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { lookOf } from '../../src/cli/look.ts'
import { run } from '../../src/cli/main.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { fakeTerminal } from '../reporters/screen.ts'
import { catalogOf, Terminal } from './terminal.ts'

let terminal: Terminal
beforeEach(() => {
  terminal = new Terminal()
  terminal.file('furniture.csv', catalogOf(12))
})
afterEach(() => terminal.close())

interface Call {
  readonly env?: Readonly<Record<string, string>>
  /** Called with what is on the screen whenever it changes, and a way to interrupt. */
  readonly watch?: (shown: string, interrupt: () => void) => void
  readonly columns?: number
}

/** A command whose standard error is a terminal. */
async function call(line: string, { env = {}, watch, columns = 80 }: Call = {}) {
  const screen = fakeTerminal(columns)
  const stdout = fakeTerminal(200, 1000)
  const listeners = new Set<(signal: NodeJS.Signals) => void>()
  const raised: { signal: NodeJS.Signals; shown: string }[] = []
  const first: string[] = []
  const write = screen.write.bind(screen)
  const interrupt = (): void => {
    for (const listener of [...listeners]) listener('SIGINT')
  }
  const stderr = Object.assign(screen, {
    write(text: string): boolean {
      first.push(text)
      write(text)
      watch?.(screen.shown(), interrupt)
      return true
    },
  })
  const io: Io = {
    argv: line.split(' '),
    env: { LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env },
    cwd: terminal.folder,
    home: null,
    pid: 4711,
    platform: 'Node.js 20.19.0, linux x64',
    stdin: (async function* () {})(),
    stdout: Object.assign(stdout, { isTTY: false }),
    stderr: stderr as Io['stderr'],
    clock: systemClock,
    onSignal(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    raise: signal => void raised.push({ signal, shown: screen.shown() }),
  }
  const code = await run(io)
  return { code, first: first[0], screen: screen.shown(), stdout: stdout.shown(), raised, listening: listeners.size }
}

describe('live view of a command', () => {
  it('shows something before the command is loaded, and leaves nothing behind', async () => {
    const { code, first, screen, stdout, listening } = await call('push furniture.csv --sandbox')
    expect({ code, first, screen, listening }).toEqual({ code: 0, first: '⠋ Starting…\r', screen: '', listening: 0 })
    expect(stdout.split('\n').at(-1)).toMatch(/^catalogix {2}created 12 {2}1 request {2}/)
  })

  it.each(['plan', 'check', 'verify', 'push -n'])('begins as soon for %s', async command => {
    const { first, screen } = await call(`${command} furniture.csv --sandbox`)
    expect({ first, screen }).toEqual({ first: '⠋ Starting…\r', screen: '' })
  })

  it.each(['retry', 'reconcile'])('begins as soon for %s', async command => {
    await call('push furniture.csv --sandbox')
    const { first, screen } = await call(`${command} --sandbox`)
    expect({ first, screen }).toEqual({ first: '⠋ Starting…\r', screen: '' })
  })

  it.each(['doctor --sandbox', 'runs --sandbox', 'explain CHR-00001'])('is not promised by %s', async line => {
    expect((await call(line)).first).not.toBe('⠋ Starting…\r')
  })

  it('goes on while targets are sent to', async () => {
    const titles = new Set<string>()
    const note = (shown: string): void => void titles.add(shown.split('\n')[0]?.replace(/^\S+ |….*| {2}.*/g, '') ?? '')
    await call('push furniture.csv --sandbox --target catalogix,akeneo', { watch: note })
    expect([...titles].filter(title => title !== '' && title !== 'Finishing')).toEqual([
      'Starting',
      'Reading',
      'Planning',
      'Sending to 2 targets',
    ])
  })

  it.each([
    [3, 'missing.csv', 'push missing.csv --sandbox'],
    [2, 'missing.plan', 'push --plan missing.plan --sandbox'],
    [2, 'exclude each other', 'push furniture.csv --plan missing.plan'],
    [2, 'missing.yaml', 'retry -c missing.yaml'],
  ])('gives way to an error (%s, %s)', async (exit, words, line) => {
    const { code, first, screen } = await call(line)
    expect({ code, first, screen: screen.split('\n')[0] }).toEqual({
      code: exit,
      first: '⠋ Starting…\r',
      screen: expect.stringMatching(new RegExp(`^✗ error {2}.*${words}`)),
    })
  })

  it.each([
    ['a dumb terminal', { TERM: 'dumb' }, ''],
    ['a CI system', { CI: 'true' }, ''],
    ['--no-progress', {}, ' --no-progress'],
    ['--quiet', {}, ' --quiet'],
  ])('is not there for %s', async (_, env, options) => {
    const { code, first } = await call(`push furniture.csv --sandbox${options}`, { env })
    expect({ code, first }).toEqual({ code: 0, first: undefined })
  })

  it('is there where CI says that there is none', async () => {
    const { first } = await call('push furniture.csv --sandbox', { env: { CI: 'false' } })
    expect(first).toBe('⠋ Starting…\r')
  })

  it('is written in ASCII where the terminal has no Unicode', async () => {
    const shown = new Set<string>()
    await call('push furniture.csv --sandbox', { env: { LANG: 'C' }, watch: text => shown.add(text) })
    expect([...shown].join('\n')).not.toMatch(/[^ -~\n]/)
  })

  it('is taken away before the second interrupt ends the process', async () => {
    let interrupts = 0
    const { raised } = await call('push furniture.csv --sandbox', {
      watch(shown, interrupt) {
        if (!shown.includes('Sending') && interrupts === 0) return
        if (interrupts++ < 2) interrupt()
      },
    })
    expect(raised).toEqual([{ signal: 'SIGINT', shown: expect.not.stringContaining('catalogix  ') }])
  })

  it('is taken away before an interrupt ends a command that sends nothing', async () => {
    let isInterrupted = false
    const { raised } = await call('check furniture.csv', {
      watch(shown, interrupt) {
        if (isInterrupted || !shown.includes('Reading')) return
        isInterrupted = true
        interrupt()
      },
    })
    expect(raised).toEqual([{ signal: 'SIGINT', shown: '' }])
  })
})

describe('what is said at the end', () => {
  it('is nothing of what is well, when quiet', async () => {
    terminal.file('furniture.csv', `${catalogOf(12)}CHR-00013,front.jpg,\n`)
    await terminal.call('push furniture.csv --sandbox')
    const { code, stdout } = await terminal.call('push furniture.csv --sandbox --quiet')
    expect({ code, stdout: stdout.replace(/\d+ ms/, '3 ms') }).toEqual({
      code: 1,
      stdout: `! rejected  url-invalid: "front.jpg" is not a complete URL. Name its base with --image-base-url.
    CHR-00013  furniture.csv:14

Next: assetsync check furniture.csv --sandbox --rejects rejects.csv

catalogix  unchanged 12  rejected 1  0 requests  3 ms
`,
    })
  })

  it('says what to type when the feed has shrunk', async () => {
    await terminal.call('push furniture.csv --sandbox')
    terminal.file('furniture.csv', catalogOf(3))
    const { code, stdout } = await terminal.call('push furniture.csv --sandbox --max-failures 10%')
    expect({ code, next: stdout.match(/^Next: .*/gm) }).toEqual({
      code: 8,
      next: ['Next: assetsync push furniture.csv --sandbox --allow-shrink --max-failures 10%'],
    })
  })

  it('says where the whole report lies when it is longer than the table', async () => {
    terminal.file('furniture.csv', catalogOf(60))
    const { stdout } = await terminal.call('push furniture.csv --sandbox --state st')
    expect(stdout).toMatch(/^Full report: assetsync report \d{8}-\d{6}-\w{4} --sandbox --state st$/m)
    const written = await terminal.call('push furniture.csv --sandbox --state st --report run.json')
    expect(written.stdout).toContain('\nFull report: run.json\n')
  })

  it('says once that a target knows no order of images', async () => {
    const line = 'push furniture.csv --sandbox --target catalogix,productai,emporix'
    expect((await terminal.call(line)).stdout.match(/^! notice .*/gm)).toBeNull()
    const { stdout } = await terminal.call(line)
    expect(stdout.match(/^! notice .*/gm)).toEqual([
      '! notice  productai, emporix: there images have no order, so a gallery that was only reordered is unchanged.',
    ])
  })
})

describe('a limit of no products', () => {
  it('is a typing error rather than a run that does nothing', async () => {
    const { code, stdout, stderr } = await terminal.call('push furniture.csv --sandbox --limit 0')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Expected a whole number above 0.')
  })
})

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ FORCE_COLOR: '' }, false, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '2' }, false, true],
    [{ FORCE_COLOR: '3', TERM: 'dumb' }, false, true],
    [{ FORCE_COLOR: 'true' }, false, true],
  ])('%j on a terminal (%s): %s', (env, isTTY, color) => {
    const stream = Object.assign(fakeTerminal(80), { isTTY })
    expect(lookOf({ env }, stream as Io['stdout'], {}).color).toBe(color)
  })

  it('are off with --no-color, whatever the environment says', () => {
    const stream = fakeTerminal(80)
    expect(lookOf({ env: { FORCE_COLOR: '1' } }, stream as Io['stdout'], { color: false }).color).toBe(false)
  })
})
