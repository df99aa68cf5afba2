import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Readable, Writable } from 'node:stream'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/cli/main.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { SandboxState } from '../../src/sandbox/index.ts'

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface CallOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A promise is a pipe that says nothing until it is fulfilled. */
  readonly stdin?: string | Promise<string>
  /** Called as soon as the command listens for interrupts. */
  readonly onSignal?: (interrupt: (signal: NodeJS.Signals) => void) => void
  /** Called with the text written so far, and a way to interrupt. */
  readonly onStdout?: Watch
  readonly onStderr?: Watch
  readonly onRaise?: (signal: NodeJS.Signals) => void
  /** Milliseconds by which the date is later than it is. */
  readonly later?: number
  /** Standard output is a terminal of this width. */
  readonly columns?: number
  /** Standard error is a terminal of this width. */
  readonly stderrColumns?: number
  /** Standard input is a terminal. */
  readonly isTyped?: boolean
}

type Watch = (text: string, interrupt: (signal: NodeJS.Signals) => void) => void

/** An empty folder and a command line in it: everything the tool sees of the world. */
export class Terminal {
  readonly folder = mkdtempSync(join(tmpdir(), 'assetsync-test-'))

  /** Writes a file into the folder; the text of a fixture is taken with `fixture`. */
  file(name: string, text: string | object): string {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text))
    return path
  }

  fixture(name: string): string {
    cpSync(resolve('fixtures', name), join(this.folder, name.split('/').at(-1) ?? name))
    return name.split('/').at(-1) ?? name
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8')
  }

  async call(line: string | readonly string[], options: CallOptions = {}): Promise<Ended> {
    const written = { stdout: '', stderr: '' }
    let react: ((signal: NodeJS.Signals) => void) | null = null
    const sink = (name: 'stdout' | 'stderr') =>
      new Writable({
        write(chunk, _encoding, done) {
          written[name] += String(chunk)
          const watch = name === 'stdout' ? options.onStdout : options.onStderr
          watch?.(written[name], signal => react?.(signal))
          done()
        },
      })
    const io: Io = {
      argv: typeof line === 'string' ? line.split(' ') : line,
      env: { LANG: 'C.UTF-8', ...options.env },
      cwd: this.folder,
      home: null,
      pid: 4711,
      platform: 'Node.js 20.19.0, linux x64',
      stdin: Object.assign(Readable.from(pipe(options.stdin)), options.isTyped ? { isTTY: true } : {}),
      stdout: Object.assign(sink('stdout'), options.columns ? { isTTY: true, columns: options.columns } : {}),
      stderr: Object.assign(
        sink('stderr'),
        options.stderrColumns ? { isTTY: true, columns: options.stderrColumns } : {},
      ),
      onSignal(listener) {
        react = listener
        options.onSignal?.(signal => queueMicrotask(() => react?.(signal)))
        return () => {
          react = null
        }
      },
      raise: signal => options.onRaise?.(signal),
      clock: { ...systemClock, wall: () => systemClock.wall() + (options.later ?? 0) },
    }
    const code = await run(io)
    return { code, ...written }
  }

  /** Calls, and reads the lines of `--format ndjson`. */
  async outcomes(line: string, options: CallOptions = {}): Promise<Outcome[]> {
    const { stdout } = await this.call(`${line} --format ndjson`, options)
    return stdout
      .split('\n')
      .filter(text => text !== '')
      .map(text => JSON.parse(text))
  }

  /** Calls, and reads the object of `--format json`. */
  async report(line: string, options: CallOptions = {}) {
    const { stdout } = await this.call(`${line} --format json`, options)
    return JSON.parse(stdout)
  }

  /** A config with one Catalogix target at this address. */
  configure(target: { baseUrl: string; storeUuid: string; token?: string }, more: object = {}): void {
    const catalogix = { token: '$' + '{CATALOGIX_TOKEN}', rate: 'off', ...target }
    this.file('.assetsyncrc', { ...more, targets: { catalogix } })
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function* pipe(text: string | Promise<string> | undefined): AsyncGenerator<Uint8Array> {
  if (text !== undefined) yield Buffer.from(await text)
}

/** What a running sandbox holds, asked over HTTP like anybody would. */
export async function stateOf(sandbox: { describe(): { state: string } }): Promise<SandboxState['catalogix']> {
  const answer = await fetch(sandbox.describe().state)
  const state = (await answer.json()) as SandboxState
  return state.catalogix
}

/** A table of products, one row each, for feeds of any size. */
export function catalogOf(count: number, images = 2): string {
  const header = ['sku', ...Array.from({ length: images }, (_, at) => `image_${at + 1}`)].join(',')
  const rows = Array.from({ length: count }, (_, at) => {
    const code = `CHR-${String(at + 1).padStart(5, '0')}`
    return [code, ...Array.from({ length: images }, (_, n) => `https://images.example.com/${code}/${n + 1}.jpg`)].join(
      ',',
    )
  })
  return `${[header, ...rows].join('\n')}\n`
}
