import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Terminal } from '../cli/terminal.ts'

const BIN = resolve('bin/assetsync.js')

/** How a run of the program ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Start {
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Its clock is so many milliseconds ahead. */
  readonly ahead: number
}

/** A run that can be killed. */
export interface Child {
  readonly ended: Promise<Ended>
  /** Resolves when it has written these words to stderr. */
  heard(words: string): Promise<void>
  /** Resolves when the process is no more. */
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Starts the program as it is shipped, in a process of its own. */
export function startChild({ words, env, ahead }: Start, terminal: Terminal): Child {
  const child = spawn(process.execPath, [...shift(ahead), BIN, ...words], {
    cwd: terminal.folder,
    env: { ...env, PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(child)
  return {
    ended,
    heard: words =>
      new Promise(resolve => {
        let text = ''
        child.stderr.on('data', chunk => {
          text += chunk
          if (text.includes(words)) resolve()
        })
      }),
    async kill(signal) {
      child.kill(signal)
      if (signal === 'SIGKILL') await ended
    },
  }
}

/** Runs the program in this process, which is faster; it cannot be killed. */
export function callInside({ words, env, ahead }: Start, terminal: Terminal): Promise<Ended> {
  return terminal.call(words, { env, later: ahead })
}

/** A module that is loaded before the program and sets its wall clock. */
function shift(ahead: number): string[] {
  if (ahead === 0) return []
  return ['--import', `data:text/javascript,const now = Date.now; Date.now = () => now() + ${ahead}`]
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const written = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', text => {
      written[name] += text
    })
  }
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  return { code, ...written }
}
