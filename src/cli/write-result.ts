import { once } from 'node:events'
import { blocks } from '../lib/blocks.ts'
import { OutputError } from '../model/errors.ts'
import type { Io, Output as Stream } from './io.ts'
import { whyNotWritten } from './why-not-written.ts'

/** Writes the whole result of a command that sends nothing to stdout. What cannot be written is an OutputError. */
export async function writeResult(text: string, { stdout }: Pick<Io, 'stdout'>): Promise<void> {
  const why = await writeAll(stdout, [text])
  if (why === null) return
  throw new OutputError(`The result cannot be written to stdout: ${why}.`, {
    fix: 'Run it again when there is room for it.',
  })
}

/** Waits for slow readers; stops quietly when nobody reads any more. Gives why it could not be written otherwise, in words. */
export async function writeAll(stream: Stream, pieces: Iterable<string>): Promise<string | null> {
  const failures: NodeJS.ErrnoException[] = []
  const fail = (error: NodeJS.ErrnoException): void => void failures.push(error)
  stream.on('error', fail)
  for (const block of blocks(pieces)) {
    if (failures.length > 0) break
    if (!stream.write(block)) await drained(stream)
  }
  await new Promise<void>(done => {
    stream.write('', () => done())
  })
  stream.off('error', fail)
  const failure = failures.find(({ code }) => code !== 'EPIPE' && code !== 'ERR_STREAM_DESTROYED')
  return failure === undefined ? null : whyNotWritten(failure)
}

/** Resolves when the reader has caught up, or has gone away. */
async function drained(stream: Stream): Promise<void> {
  const listening = new AbortController() // whichever comes first, nobody goes on listening for the other
  const { signal } = listening
  const events = ['drain', 'close'].map(event => once(stream, event, { signal }).catch(() => undefined))
  await Promise.race(events)
  listening.abort()
}
