import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeAll } from './files.ts'

const BUFFER_BYTES = 256 * 1024
const NEWLINE = 10

/**
 * A private temporary file of JSON values, written once and read as often as needed, so that what was read from a feed
 * does not have to fit into memory. Gone when closed.
 */
export class Spool<T> {
  readonly #folder: string
  #fd: number | null
  #pending: string[] = []
  #pendingSize = 0

  /** @param parent where the folder is made; default: the system's folder for temporary files */
  constructor(parent: string = tmpdir()) {
    this.#folder = mkdtempSync(join(parent, 'assetsync-'))
    this.#fd = openSync(join(this.#folder, 'spool'), 'wx+', 0o600)
    this.#remove() // where the system allows it the file lives on without a name, and a killed run leaves nothing behind
  }

  append(value: T): void {
    const line = `${JSON.stringify(value)}\n`
    this.#pending.push(line)
    this.#pendingSize += line.length
    if (this.#pendingSize >= BUFFER_BYTES) this.#flush()
  }

  /** All values that were appended before the reading began, in their order. */
  *read(): Generator<T> {
    this.#flush()
    const buffer = Buffer.allocUnsafe(BUFFER_BYTES)
    let rest: Buffer[] = []
    for (let position = 0; ; ) {
      const length = readSync(this.#file(), buffer, 0, BUFFER_BYTES, position)
      if (length === 0) return
      position += length
      let start = 0
      for (let end = buffer.indexOf(NEWLINE); end !== -1 && end < length; end = buffer.indexOf(NEWLINE, start)) {
        const line = buffer.subarray(start, end)
        yield JSON.parse((rest.length ? Buffer.concat([...rest, line]) : line).toString('utf8'))
        rest = []
        start = end + 1
      }
      if (start < length) rest.push(Buffer.from(buffer.subarray(start, length)))
    }
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
    this.#remove()
  }

  /** The number of a closed file may be another file's by now. */
  #file(): number {
    if (this.#fd === null) throw new Error('the spool is closed')
    return this.#fd
  }

  #remove(): void {
    try {
      rmSync(this.#folder, { recursive: true, force: true })
    } catch {
      // Windows keeps an open file; close() tries again.
    }
  }

  #flush(): void {
    if (this.#pending.length === 0) return
    writeAll(this.#file(), Buffer.from(this.#pending.join(''), 'utf8'))
    this.#pending = []
    this.#pendingSize = 0
  }
}
