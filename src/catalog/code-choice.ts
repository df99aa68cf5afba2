import { Spool } from '../lib/spool.ts'
import type { Binding, Reading } from './mapping.ts'

/**
 * Decides where the codes of one file are. As long as the preferred column is blank its readings wait on disk; when it is
 * blank in every record, the next one counts.
 */
export class CodeChoice {
  readonly #names: readonly string[]
  readonly #kind: string
  #waiting: Spool<Reading> | null = null
  /** The first of the columns that has held a code so far. */
  #seen: number
  #level: number | null

  constructor({ codes, kind }: Pick<Binding, 'codes' | 'kind'>) {
    this.#names = codes
    this.#kind = kind
    this.#seen = codes.length
    this.#level = codes.length > 1 ? null : 0
  }

  /** Which of the binding's codes counts; meaningful for the readings that `take` and `end` hand out. */
  get level(): number {
    return this.#level ?? 0
  }

  /** True once it is certain which counts. */
  get isDecided(): boolean {
    return this.#level !== null
  }

  /** Takes the next reading and hands out those that can be used now. */
  take(reading: Reading): Iterable<Reading> {
    if (this.#level !== null) return [reading]
    const first = reading.codes.findIndex(codes => codes.length > 0)
    if (first !== -1) this.#seen = Math.min(this.#seen, first)
    this.#waiting ??= new Spool()
    this.#waiting.append(reading)
    return this.#seen === 0 ? this.#decide(0) : []
  }

  /** Hands out what is left when the file has been read. */
  end(): Iterable<Reading> {
    if (this.#level !== null) return []
    return this.#decide(this.#seen === this.#names.length ? 0 : this.#seen)
  }

  /** What was chosen, in words. */
  get note(): string {
    const blank = this.#names.slice(0, this.level).map(name => `"${name}"`)
    const are = blank.length === 1 ? 'is' : 'are'
    const why = blank.length === 0 ? '' : ` (${blank.join(' and ')} ${are} blank in every record)`
    return `code ${this.#kind}: ${this.#names[this.level]}${why}`
  }

  close(): void {
    this.#waiting?.close()
    this.#waiting = null
  }

  *#decide(level: number): Generator<Reading> {
    this.#level = level
    if (this.#waiting !== null) yield* this.#waiting.read()
    this.close()
  }
}
