import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OutputError } from '../model/errors.ts'

interface Piece {
  readonly at: number
  length: number
}

/** Bytes in the spool, in the order in which they were added. */
export interface Stored {
  size: number
  readonly pieces: Piece[]
}

/**
 * A private temporary file for all images of a run. Several may be written at once, their pieces behind each other, so that
 * one open file is enough for any number of them. Made with the first byte, gone when closed.
 */
export class ImageSpool {
  readonly #parent: string
  #folder: string | null = null
  #fd: number | null = null
  #end = 0
  #isClosed = false

  /** @param parent where its folder is made; default: the system's folder for temporary files */
  constructor(parent: string = tmpdir()) {
    this.#parent = parent
  }

  begin(): Stored {
    return { size: 0, pieces: [] }
  }

  /** Appends to an image. Throws an OutputError when the disk takes no more. */
  add(image: Stored, bytes: Uint8Array): void {
    this.#write(bytes)
    const last = image.pieces.at(-1)
    if (last !== undefined && last.at + last.length === this.#end) last.length += bytes.length
    else image.pieces.push({ at: this.#end, length: bytes.length })
    image.size += bytes.length
    this.#end += bytes.length
  }

  /** The image's bytes, at most the first `limit`. */
  read(image: Stored, limit: number = image.size): Uint8Array {
    const bytes = new Uint8Array(Math.min(limit, image.size))
    let filled = 0
    for (const { at, length } of image.pieces) {
      const wanted = Math.min(length, bytes.length - filled)
      this.#fill(bytes.subarray(filled, filled + wanted), at)
      filled += wanted
    }
    return bytes
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
    this.#isClosed = true
    this.#remove()
  }

  #write(bytes: Uint8Array): void {
    try {
      const file = this.#file()
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(file, bytes, done, bytes.length - done, this.#end + done)
      }
    } catch (error) {
      throw new OutputError(`The images cannot be kept in ${this.#parent}: ${(error as Error).message}`, {
        fix: 'Make room there, or name another folder in TMPDIR.',
        cause: error,
      })
    }
  }

  #fill(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(this.#file(), bytes, done, bytes.length - done, at + done)
      if (count === 0) throw new Error('the image spool was cut short')
      done += count
    }
  }

  /** The number of a closed file may be another file's by now. */
  #file(): number {
    if (this.#isClosed) throw new Error('the images are closed')
    this.#fd ??= this.#open()
    return this.#fd
  }

  #open(): number {
    this.#folder = mkdtempSync(join(this.#parent, 'assetsync-'))
    const fd = openSync(join(this.#folder, 'images'), 'wx+', 0o600)
    this.#remove() // where the system allows it the file lives on without a name, and a killed run leaves nothing behind
    return fd
  }

  #remove(): void {
    if (this.#folder === null) return
    try {
      rmSync(this.#folder, { recursive: true, force: true })
    } catch {
      // Windows keeps an open file; close() tries again.
    }
  }
}
