import { writeSync } from 'node:fs'
import { openLedger } from '../../src/ledger/index.ts'
import { lockLedger } from '../../src/ledger/lock.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { openSqlite } from '../../src/lib/sqlite.ts'
import { watched } from './faults.ts'
import { push } from './pushing.ts'

// What a process of its own does with a ledger, for tests that kill it. Its words: what to do, the folder, and what that needs.

const [what, folder = '', word = ''] = process.argv.slice(2)

/** At once, so that nothing of it is lost when the process is killed. */
function say(line: string): void {
  writeSync(1, `${line}\n`)
}

/** Waits until it is told to, so that several can do it at the same moment. */
async function lock(): Promise<void> {
  say('ready')
  await new Promise(go => process.stdin.once('data', go))
  const holder = { pid: process.pid, command: `assetsync push ${word}`, since: '2026-01-01T00:00:00Z' }
  const stop = new AbortController().signal
  try {
    const held = await lockLedger(folder, { holder, wait: 0, clock: systemClock, stop })
    process.once('exit', () => held.release()) // kept: a lock that nobody holds on to any more is collected, and with it released
    say('held')
  } catch (error) {
    const { exit, message } = Object(error)
    say(JSON.stringify({ exit, message }))
    process.stdin.unref()
  }
}

/** Opens the ledger and is gone before the n-th thing that it asks of SQLite. */
function open(): void {
  let left = Number(word)
  const ledger = openLedger(folder, path =>
    watched(openSqlite(path), () => {
      if (--left === 0) process.kill(process.pid, 'SIGKILL')
    }),
  )
  ledger.close()
  say('opened')
}

if (what === 'lock') await lock()
if (what === 'open') open()
if (what === 'push') push(openLedger(folder), word, batch => say(String(batch)))
