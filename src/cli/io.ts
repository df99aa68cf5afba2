import { setFlagsFromString } from 'node:v8'
import { type Clock, systemClock } from '../lib/clock.ts'

/** Everything the command line takes from its surroundings, so that tests can be its surroundings. */
export interface Io {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly home: string | null
  readonly pid: number
  /** Runtime and system, for people: "Node.js 24.1.0, linux x64". */
  readonly platform: string
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean }
  readonly stdout: Output
  readonly stderr: Output
  readonly clock: Clock
  /** Calls back at every interrupt; the returned function ends that. */
  onSignal(react: (signal: NodeJS.Signals) => void): () => void
  /** Ends the process as this signal would have done without anybody listening. */
  raise(signal: NodeJS.Signals): void
  /** Makes the runtime ready for very many values of which none stays. Default: it is not told. */
  readonly expectMany?: () => void
}

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** The one place that knows the process. */
export function ioOf(process: NodeJS.Process, home: string): Io {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    home,
    pid: process.pid,
    platform: `Node.js ${process.versions.node}, ${process.platform} ${process.arch}`,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    onSignal(react) {
      for (const signal of SIGNALS) process.on(signal, react)
      return () => {
        for (const signal of SIGNALS) process.off(signal, react)
      }
    },
    raise: signal => void process.kill(process.pid, signal),
    // V8 takes what it first sees of them for long-lived (docs/performance.md). Not at the start: code that was compiled under other
    // flags is compiled once more when it is loaded.
    expectMany() {
      setFlagsFromString('--no-allocation-site-pretenuring')
      // From Node.js 24 on the part of the heap where values are made grows to several times what it has by now.
      setFlagsFromString('--semi-space-growth-factor=1')
    },
  }
}
