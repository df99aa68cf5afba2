import { type FileHandle, open } from 'node:fs/promises'
import { AssetsyncError, FeedError } from '../model/errors.ts'

const CHUNK = 64 * 1024

/** The bytes of a file, a pipe or a device. Throws a FeedError when it cannot be read or changes on the way. */
export async function* readFile(path: string, file: string): AsyncGenerator<Buffer> {
  const handle = await open(path).catch(error => Promise.reject(unreadable(file, error)))
  try {
    const before = await handle.stat()
    if (before.isDirectory()) throw isFolder(file)
    yield* before.isFile() ? readAhead(handle) : readOn(handle)
    const after = await handle.stat()
    const isChanged = before.size !== after.size || before.mtimeMs !== after.mtimeMs
    if (before.isFile() && isChanged) throw changed(file)
  } catch (error) {
    throw unreadable(file, error)
  } finally {
    await handle.close()
  }
}

/** What comes from a pipe is waited for when it is wanted. */
async function* readOn(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let chunk = await read(handle); chunk.length > 0; chunk = await read(handle)) yield chunk
}

/** The disk reads a chunk while the one before it is worked on. */
async function* readAhead(handle: FileHandle): AsyncGenerator<Buffer> {
  let next = read(handle)
  try {
    for (;;) {
      const chunk = await next
      if (chunk.length === 0) return
      next = read(handle)
      next.catch(() => undefined) // thrown when it is awaited, which may be much later
      yield chunk
    }
  } finally {
    await next.catch(() => undefined) // a file must not be closed while it is read
  }
}

async function read(handle: FileHandle): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, null)
  return buffer.subarray(0, bytesRead)
}

/** The bytes that are piped in. */
export async function* readInput(input: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* input
  } catch (error) {
    throw unreadable(file, error)
  }
}

export function isFolder(file: string): FeedError {
  return new FeedError(`${file} is a folder`, {
    fix: `Name the files in it, such as "${file.replace(/\/$/, '')}/*.csv".`,
  })
}

export function missing(file: string): FeedError {
  return new FeedError(`${file} does not exist`, { fix: 'Check the path; it counts from the working directory.' })
}

/** True when the error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error))
}

/** Says in words why a file, or a folder on the way to it, could not be opened or read. */
export function unreadable(file: string, error: unknown): AssetsyncError {
  if (error instanceof AssetsyncError) return error // the caller's own, such as an interrupt
  if (isMissing(error)) return missing(file)
  const isDenied = ['EACCES', 'EPERM'].includes(codeOf(error))
  const why = isDenied ? 'may not be read: permission denied' : `cannot be read (${codeOf(error)})`
  return new FeedError(`${file} ${why}`, { fix: 'Check the path and who may read it.', cause: error })
}

function changed(file: string): FeedError {
  return new FeedError(`${file} was changed while it was read`, {
    fix: 'Run again when whatever writes it has finished; writing to another name and renaming at the end avoids this.',
  })
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.message : String(error)
}
