import { Spool } from '../lib/spool.ts'
import type { JsonObject } from '../model/json.ts'
import type { FeedRecord } from '../model/record.ts'
import type { Original } from '../model/rejects.ts'
import type { Reading } from './mapping.ts'

interface Kept {
  readonly file: number
  readonly place: string
  readonly codes: readonly string[]
  readonly group: string
  readonly cells?: readonly string[]
  readonly value?: JsonObject
}

/** The records of a source as they were written, on disk, so that refused ones can be handed back. */
export class Originals {
  #file = -1
  readonly #spool = new Spool<Kept>()

  /** The records that follow are those of the next file. */
  begin(): void {
    this.#file++
  }

  add(record: FeedRecord, { codes, group, place }: Reading): void {
    const content = 'cells' in record ? { cells: record.cells } : { value: record.value }
    this.#spool.append({ file: this.#file, place, codes: codes.flat(), group, ...content })
  }

  /**
   * The records of refused products, and those refused for themselves. All records of a product are given, also those that
   * had no fault: a corrected file that held only some of them would make its gallery smaller.
   *
   * @param places places of records that were refused for themselves, without a code
   */
  *of(refused: { readonly codes: ReadonlySet<string>; readonly places: ReadonlySet<string> }): Generator<Original> {
    const isRefused = ({ codes, place }: Kept) =>
      refused.places.has(place) || codes.some(code => refused.codes.has(code))
    const groups = new Set<string>()
    for (const kept of this.#spool.read()) if (kept.group !== '' && isRefused(kept)) groups.add(kept.group)
    for (const kept of this.#spool.read()) {
      if (!isRefused(kept) && !groups.has(kept.group)) continue
      const { file, place, codes } = kept
      yield { file, place, codes, cells: kept.cells ?? null, value: kept.value ?? null }
    }
  }

  close(): void {
    this.#spool.close()
  }
}
