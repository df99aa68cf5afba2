import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeAll } from './files.ts'

const BUFFER_BYTES = 256 * 1024
/** Values are written and read in lists of about this many characters, which takes half the time of one by one. */
const LIST_LENGTH = 64 * 1024
const MOST_AT_ONCE = 256
const FIRST_AT_ONCE = 16
const NEWLINE = 10

/**
 * A private temporary file of JSON values, written once and read as often as needed, so that what was read from a feed
 * does not have to fit into memory. Gone when closed. A value must not be changed any more once it was appended.
 */
export class Spool<T> {
  readonly #folder: string
  #fd: number | null
  #pending: T[] = []
  #atOnce = FIRST_AT_ONCE

  /** @param parent where the folder is made; default: the system's folder for temporary files */
  constructor(parent: string = tmpdir()) {
    this.#folder = mkdtempSync(join(parent, 'assetsync-'))
    this.#fd = openSync(join(this.#folder, 'spool'), 'wx+', 0o600)
    this.#remove() // where the system allows it the file lives on without a name, and a killed run leaves nothing behind
  }

  append(value: T): void {
    this.#pending.push(value)
    if (this.#pending.length >= this.#atOnce) this.flush()
  }

  /** Writes what was appended, the texts in which may be parts of larger ones that nobody else needs any more. */
  flush(): void {
    const count = this.#pending.length
    if (count === 0) return
    const text = JSON.stringify(this.#pending)
    this.#pending = []
    writeAll(this.#file(), Buffer.from(`${text}\n`, 'utf8'))
    // How many values go into the next list follows from the size of this one.
    this.#atOnce = Math.min(MOST_AT_ONCE, Math.max(1, Math.floor((LIST_LENGTH * count) / text.length)))
  }

  /** All values that were appended before the reading began, in their order. */
  *read(): Generator<T> {
    this.flush()
    for (const list of this.#lists()) yield* JSON.parse(list.toString('utf8'))
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
    this.#remove()
  }

  *#lists(): Generator<Buffer> {
    const buffer = Buffer.allocUnsafe(BUFFER_BYTES)
    let rest: Buffer[] = []
    for (let position = 0; ; ) {
      const length = readSync(this.#file(), buffer, 0, BUFFER_BYTES, position)
      if (length === 0) return
      position += length
      let start = 0
      for (let end = buffer.indexOf(NEWLINE); end !== -1 && end < length; end = buffer.indexOf(NEWLINE, start)) {
        const list = buffer.subarray(start, end)
        yield rest.length === 0 ? list : Buffer.concat([...rest, list])
        rest = []
        start = end + 1
      }
      if (start < length) rest.push(Buffer.from(buffer.subarray(start, length)))
    }
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
}
