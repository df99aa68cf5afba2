import { hash53, type MaybeSet } from '../lib/maybe-set.ts'
import type { RecordList } from '../lib/record-list.ts'
import type { Rejection } from '../model/product.ts'
import { codeProblem } from './code.ts'
import { contentOf, extend, type Fragment } from './fragment.ts'
import { type FragmentCells, fromCells, toCells } from './fragment-cells.ts'
import { type Group, ungroup } from './group.ts'
import { Joiner } from './joiner.ts'
import type { Binding, Mapping, Reading } from './mapping.ts'
import { Tally } from './tally.ts'
import type { Warnings } from './warnings.ts'

/** Makes products of readings: by their codes, or by groups whose codes are known only when everything has been read. */
export class Intake {
  readonly #warnings: Warnings
  readonly #list: RecordList
  /** What was counted on the way. */
  readonly #tally: Tally
  readonly #products = new Joiner<Fragment, Rejection, FragmentCells>({
    keyOf: ({ code }) => code,
    join: (fragment, later) => {
      for (const { seq } of [fragment, later]) this.#list.forget(seq)
      return extend(fragment, later, later.source)
    },
    toKept: fragment => {
      this.#tally.add(fragment)
      return toCells(fragment)
    },
    fromKept: fromCells,
  })
  /** Records of platforms that tell products by a group, until all of a group's codes are known. */
  #groups: Joiner<Group, Rejection> | null = null
  #seq = 0
  #hasCode = false

  /** @param list where the records are noted of which nothing but one product came */
  constructor(warnings: Warnings, onBadImage: Mapping['onBadImage'], list: RecordList) {
    this.#warnings = warnings
    this.#list = list
    this.#tally = new Tally(onBadImage, list)
  }

  /** No record has had a product code so far. */
  get isWithoutCodes(): boolean {
    return !this.#hasCode
  }

  /** The place of the next record. */
  get next(): number {
    return this.#seq
  }

  /** Leaves out a record whose product is what it was: its code's hash, and its images. */
  skip(digest: number, code: number, images: number): void {
    this.#hasCode = true
    this.#products.separate()
    this.#list.note(this.#seq, digest, code)
    this.#list.complete(this.#seq, images)
    this.#seq++
  }

  /**
   * @param level which of the binding's columns holds the code
   * @param digest of how the record is written, if that is known
   */
  take(reading: Reading, level: number, binding: Binding, digest?: number): void {
    const { imageBaseUrl, groupImages } = binding
    const codes = reading.codes[level] ?? []
    const seq = this.#seq
    this.#seq += Math.max(1, codes.length)
    this.#hasCode ||= codes.length > 0
    const isAlone = groupImages === null || reading.group === ''
    // A code that is bad stays in its group, which would otherwise lose the images beside it.
    const bad = isAlone ? (reading.badCode ?? codes.map(codeProblem).find(problem => problem !== null) ?? null) : null
    if (codes.length > 0 && bad !== null) {
      const facts = { reason: 'code-invalid', ...bad, source: reading.place }
      for (const [at, code] of codes.entries()) this.#reject({ seq: seq + at, ...facts, code })
      return
    }
    const fix = fixFor(binding, level)
    const source = reading.place
    if (isAlone && codes.length === 0) {
      const message = 'The record has no product code.'
      this.#reject({ seq, reason: 'code-missing', message, fix, code: null, source })
      return
    }
    const warned = this.#warnings.count
    const content = contentOf(reading, seq, imageBaseUrl, this.#warnings)
    if (isAlone && this.#groups === null) {
      const [only = ''] = codes
      if (digest !== undefined && codes.length === 1 && this.#warnings.count === warned) {
        this.#list.note(seq, digest, hash53(only))
      }
      for (const [at, code] of codes.entries()) {
        this.#products.add({ seq: seq + at, code, source, ...copyOf(content, codes) })
      }
      return
    }
    // Once there are groups everything goes their way, so that products keep the order of the feed.
    const key = isAlone ? `${source} ${codes.join()}` : reading.group
    const part = { codes, badCode: reading.badCode, source, ...content }
    this.#groupsBegun().add({ seq, key, source, fix, images: groupImages ?? 'own', parts: [part] })
  }

  /** Where most records are skipped, the few others would hold all that was read around them. */
  flush(): void {
    this.#products.flush()
  }

  /** To be called when everything was taken. */
  end(): void {
    if (this.#groups !== null) {
      this.#groups.end()
      this.#ungroup(this.#groups)
    }
    this.#products.end()
  }

  /** Fragments and rejections in the order of the feed, exactly one fragment per product code. */
  *entries(): Generator<Fragment | Rejection> {
    for (const entry of this.#products.entries()) yield 'part' in entry ? entry.part : entry.other
  }

  /** What the entries come to; null: only walking through them can tell, because fragments of one code lay apart. */
  get tally(): Tally | null {
    return this.#products.hasScattered ? null : this.#tally
  }

  /** The codes of all records that were taken, which it forgets now that everything was. */
  releaseCodes(): MaybeSet {
    return this.#products.releaseKeys()
  }

  close(): void {
    this.#groups?.close()
    this.#products.close()
  }

  #reject(rejection: Rejection): void {
    if (this.#groups === null) this.#pass(rejection)
    else this.#groups.pass(rejection)
  }

  #pass(rejection: Rejection): void {
    this.#tally.add(rejection)
    this.#products.pass(rejection)
  }

  #groupsBegun(): Joiner<Group, Rejection> {
    this.#groups ??= new Joiner<Group, Rejection>({
      keyOf: ({ key }) => key,
      join(group, later) {
        for (const part of later.parts) group.parts.push(part)
        return group
      },
      toKept: group => group,
      fromKept: group => group,
    })
    return this.#groups
  }

  /** Products come in the order of their groups; their records may have lain between each other. */
  #ungroup(groups: Joiner<Group, Rejection>): void {
    const next = () => this.#seq++
    for (const entry of groups.entries()) {
      if ('other' in entry) this.#pass({ ...entry.other, seq: next() })
      else {
        for (const made of ungroup(entry.part, next)) {
          if ('reason' in made) this.#pass(made)
          else this.#products.add(made)
        }
      }
    }
  }
}

/** What to do about a record without a code, where others have one. */
function fixFor({ codes }: Binding, level: number): string {
  const other = codes[level + 1]
  const instead = other === undefined ? '' : `, or name products by "${other}": --code-column "${other}"`
  return `Fill in "${codes[level]}"${instead}.`
}

/** Images are joined in place later: products of one record must not share a list. */
function copyOf<T extends { readonly images: readonly unknown[] }>(content: T, codes: readonly string[]): T {
  return codes.length === 1 ? content : { ...content, images: [...content.images] }
}
