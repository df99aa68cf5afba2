import { MaybeSet } from '../lib/maybe-set.ts'
import { mergeSorted } from '../lib/merge.ts'
import { Spool } from '../lib/spool.ts'
import { FeedError } from '../model/errors.ts'
import type { Rejection } from '../model/product.ts'
import type { Feed } from '../model/record.ts'
import { extend, type Fragment, fragmentOf } from './fragment.ts'
import type { Binding, Mapping, Reading } from './mapping.ts'
import { bindObjects } from './objects.ts'
import { bindTable } from './table.ts'
import type { Warnings } from './warnings.ts'

/** How many products whose records are scattered over the feed are put together in memory at a time. */
const SCATTERED_AT_ONCE = 50_000

export type Entry = Fragment | Rejection

export interface Gathered {
  readonly files: readonly string[]
  readonly notes: readonly string[]
  readonly records: number
  /** Fragments and rejections in the order of the feed, exactly one fragment per product code. */
  entries(): Generator<Entry>
  close(): void
}

/**
 * Reads all feeds to the end onto disk. Records of one product may lie anywhere: neighbours are joined at once, and the
 * codes that come back later are remembered and joined when everything has been read.
 */
export async function gather(
  feeds: AsyncIterable<Feed>,
  mapping: Mapping,
  warnings: Warnings,
  progress: (records: number) => void,
): Promise<Gathered> {
  const whole = new Spool<Entry>()
  const parts: Spool<Entry>[] = []
  const close = () => {
    for (const spool of [whole, ...parts]) spool.close()
  }
  const reader = new Reader(whole, mapping, warnings)
  try {
    for await (const feed of feeds) await reader.read(feed, progress)
    reader.end()
    for (const fragments of joinScattered(whole, [...reader.scattered])) {
      const part = new Spool<Entry>()
      parts.push(part)
      for (const fragment of fragments) part.append(fragment)
    }
  } catch (error) {
    close()
    throw error
  }
  const { files, notes, records, scattered } = reader
  return {
    files,
    notes,
    records,
    entries: () => mergeSorted([once(whole, scattered), ...parts.map(part => part.read())], entry => entry.seq),
    close,
  }
}
class Reader {
  readonly files: string[] = []
  readonly notes: string[] = []
  readonly scattered = new Set<string>()
  records = 0
  readonly #spool: Spool<Entry>
  readonly #mapping: Mapping
  readonly #warnings: Warnings
  readonly #closed = new MaybeSet()
  #open: Fragment | null = null
  #seq = 0
  #withCode = 0

  constructor(spool: Spool<Entry>, mapping: Mapping, warnings: Warnings) {
    this.#spool = spool
    this.#mapping = mapping
    this.#warnings = warnings
  }

  async read(feed: Feed, progress: (records: number) => void): Promise<void> {
    this.files.push(feed.file)
    this.#note(feed, feed.notes)
    let binding = feed.columns === null ? null : this.#bind(feed, bindTable(feed.file, feed.columns, this.#mapping))
    for await (const page of feed.records) {
      const [first] = page
      if (first === undefined) continue
      binding ??= this.#bind(feed, bindObjects(feed.file, 'value' in first ? first.value : {}, this.#mapping))
      for (const record of page) this.#take(binding.read(record))
      progress(this.records)
    }
    binding?.end()
  }

  end(): void {
    if (this.#open !== null) this.#close(this.#open)
    this.#open = null
    if (this.#withCode > 0) return
    const files = this.files.join(', ')
    if (this.records === 0) {
      throw new FeedError(`${files || 'The feed'} holds no records.`, { fix: 'Check that the export was finished.' })
    }
    throw new FeedError(`None of the ${this.records} records has a product code (${files}).`, {
      fix: 'Name the column that holds it with --code-column.',
    })
  }

  #bind(feed: Feed, binding: Binding): Binding {
    this.#note(feed, binding.notes)
    return binding
  }

  #note(feed: Feed, notes: readonly string[]): void {
    for (const note of notes) this.notes.push(`${feed.file}: ${note}`)
  }

  #take(reading: Reading): void {
    if (reading.blank) return
    this.records++
    if (reading.code !== '') this.#withCode++
    if (reading.code === '' || reading.badCode !== null) {
      this.#reject(reading)
      return
    }
    const fragment = fragmentOf(reading, this.#seq++, this.#mapping, this.#warnings)
    if (this.#open?.code === fragment.code) {
      this.#open = extend(this.#open, fragment)
      return
    }
    if (this.#open !== null) this.#close(this.#open)
    this.#open = fragment
  }

  #close(fragment: Fragment): void {
    if (this.#closed.add(fragment.code)) this.scattered.add(fragment.code)
    this.#spool.append(fragment)
  }

  #reject(reading: Reading): void {
    const bad = reading.badCode !== null
    const rejection: Rejection = {
      seq: this.#seq++,
      reason: bad ? 'code-invalid' : 'code-missing',
      message: reading.badCode ?? 'The record has no product code.',
      code: bad ? reading.code : null,
      source: reading.place,
    }
    if (this.#open !== null) this.#close(this.#open)
    this.#open = null
    this.#spool.append(rejection)
  }
}

/** Everything but the fragments of scattered products. */
function* once(spool: Spool<Entry>, scattered: ReadonlySet<string>): Generator<Entry> {
  for (const entry of spool.read()) {
    if ('reason' in entry || !scattered.has(entry.code)) yield entry
  }
}

/** Joins scattered fragments, a bounded number of products at a time; each part is in the order of the feed. */
function* joinScattered(spool: Spool<Entry>, codes: readonly string[]): Generator<Iterable<Fragment>> {
  for (let start = 0; start < codes.length; start += SCATTERED_AT_ONCE) {
    const joined = new Map<string, Fragment>()
    const wanted = new Set(codes.slice(start, start + SCATTERED_AT_ONCE))
    for (const entry of spool.read()) {
      if ('reason' in entry || !wanted.has(entry.code)) continue
      const known = joined.get(entry.code)
      joined.set(entry.code, known === undefined ? entry : extend(known, entry))
    }
    yield joined.values()
  }
}
