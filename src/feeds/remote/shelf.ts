import { createHash } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeAll } from '../../lib/files.ts'
import { randomHex } from '../../lib/hash.ts'
import { wordsOf } from '../../lib/text.ts'
import { FeedError } from '../../model/errors.ts'
import { readFile } from '../file.ts'
import { type Held, verified } from './held.ts'

/** A draft that nobody has written to for so long was left behind by a run that was killed. */
const STALE_MS = 60 * 60 * 1000

/**
 * The place on disk for the body of one address, which nobody else may read. In a folder of downloads the last one is kept,
 * with what is known of it in a file beside it; without such a folder everything is temporary.
 */
export class Shelf {
  readonly #folder: string
  readonly #isTemporary: boolean
  readonly #copy: string
  readonly #facts: string
  readonly #draft: string
  /** Which of them is to be read. */
  #body: string

  /**
   * @param downloads the folder of downloads, or null
   * @param key what the address is called in it
   * @param now milliseconds since the epoch
   */
  constructor(downloads: string | null, key: string, now: number) {
    this.#isTemporary = downloads === null
    this.#folder = onDisk(downloads ?? tmpdir(), () => makeFolder(downloads))
    this.#copy = join(this.#folder, `${key}.feed`)
    this.#facts = join(this.#folder, `${key}.json`)
    this.#draft = join(this.#folder, `${key}.${randomHex(4)}.tmp`)
    this.#body = this.#copy
    this.#sweep(key, now)
  }

  /** What is known of the copy that is kept; null when there is none that can be trusted. */
  held(signal: AbortSignal): Promise<Held | null> {
    return verified(this.#copy, this.#facts, signal)
  }

  /** Takes another body. */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<Pick<Held, 'bytes' | 'sha256'>> {
    const hash = createHash('sha256')
    let bytes = 0
    const fd = this.#onDisk(() => openSync(this.#draft, 'wx', 0o600))
    this.#body = this.#draft
    try {
      for await (const chunk of chunks) {
        this.#onDisk(() => writeAll(fd, chunk))
        hash.update(chunk)
        bytes += chunk.length
      }
    } finally {
      closeSync(fd)
    }
    return { bytes, sha256: hash.digest('hex') }
  }

  /** Puts the body that was written in the place of the copy. A crash in between leaves facts that do not fit. */
  keep(held: Held): void {
    this.#onDisk(() => {
      renameSync(this.#draft, this.#copy)
      this.#body = this.#copy
      writeFileSync(this.#draft, JSON.stringify(held), { mode: 0o600, flag: 'wx' })
      renameSync(this.#draft, this.#facts)
    })
  }

  /** Gives the copy up, which is older than the body that was written. */
  drop(): void {
    this.#onDisk(() => {
      rmSync(this.#facts, { force: true })
      rmSync(this.#copy, { force: true })
    })
  }

  /** The body that was written, else the copy. At their end, or when they are left, all that is not kept is removed. */
  async *read(file: string): AsyncGenerator<Buffer> {
    try {
      yield* readFile(this.#body, file)
    } finally {
      this.close()
    }
  }

  /** Removes all that is not kept. */
  close(): void {
    rmSync(this.#isTemporary ? this.#folder : this.#draft, { recursive: true, force: true })
  }

  #sweep(key: string, now: number): void {
    this.#onDisk(() => {
      const drafts = readdirSync(this.#folder).filter(name => name.startsWith(`${key}.`) && name.endsWith('.tmp'))
      for (const path of drafts.map(name => join(this.#folder, name))) {
        const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now
        if (now - written > STALE_MS) rmSync(path, { force: true })
      }
    })
  }

  #onDisk<T>(work: () => T): T {
    return onDisk(this.#folder, work)
  }
}

function makeFolder(downloads: string | null): string {
  if (downloads === null) return mkdtempSync(join(tmpdir(), 'assetsync-'))
  mkdirSync(downloads, { recursive: true, mode: 0o700 })
  return downloads
}

function onDisk<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new FeedError(`A download cannot be kept in ${folder}: ${wordsOf(error)}`, {
      fix: 'Make room there, and see who may write to it.',
      cause: error,
    })
  }
}
