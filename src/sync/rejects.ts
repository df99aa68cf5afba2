import type { Catalog } from '../catalog/index.ts'
import { type Selection, select } from '../engine/select.ts'
import { Spool } from '../lib/spool.ts'
import { isRejection, type Problem } from '../model/product.ts'
import type { RejectedRecord, Rejects } from '../model/rejects.ts'
import type { Document } from '../reporters/reporter.ts'

/** The refused records of a source, kept on disk. */
export interface KeptRejects extends Rejects {
  /** How many records there are. */
  readonly count: number
  /**
   * The column or path that their codes are from, where that was decided by looking at records: the refused ones alone
   * could lead to another one. Null where there was nothing to decide, or files differ.
   */
  readonly codeFrom: string | null
  close(): void
}

/**
 * The records of everything that was refused, with why. A product that was refused twice, by the feed's rules or by several
 * targets, has its records once, with all reasons. Needs the source's originals to have been kept.
 */
export function rejectsOf(catalog: Catalog, problems: Iterable<Problem>): KeptRejects {
  const { files } = catalog
  const refused = new Refusals(problems)
  const spool = new Spool<RejectedRecord>()
  let count = 0
  for (const original of refused.isEmpty ? [] : (catalog.originals?.of(refused) ?? [])) {
    spool.append({ ...original, ...refused.at(original.place) })
    count++
  }
  return {
    files,
    count,
    codeFrom: codeFrom(catalog),
    records: () => spool.read(),
    close: () => spool.close(),
  }
}

/** What the feed's own rules refused, then what the targets refused besides. */
export function* refusalsIn(catalog: Catalog, selection: Selection, document: Document): Generator<Problem> {
  const known = new Set<string>()
  for (const entry of select(catalog.entries(), selection)) {
    if (!isRejection(entry)) continue
    known.add(identityOf(entry))
    yield entry
  }
  for (const problem of refusedByTargets(document)) if (!known.has(identityOf(problem))) yield problem
}

function codeFrom({ files }: Catalog): string | null {
  const [first = null, ...others] = new Set(files.map(file => file.codeFrom))
  return others.length === 0 ? first : null
}

function* refusedByTargets(document: Document): Generator<Problem> {
  if (document.kind === 'check' || document.kind === 'verify') return
  const lines = document.kind === 'plan' ? document.steps() : document.outcomes('notable')
  for (const line of lines) {
    const isRefused = 'action' in line ? line.action === 'reject' : line.status === 'rejected'
    const { target, code, source, reason, message } = line
    if (!isRefused) continue
    yield { code, source, reason: reason ?? 'rejected', message: `${message ?? ''} (${target})`, fix: '' }
  }
}

function identityOf({ reason, code, source }: Problem): string {
  return JSON.stringify([reason, code, source])
}

interface Why {
  readonly reason: string
  readonly fix: string
}

const SEPARATOR = ' / '

/** What was refused, and at which record it is to be said why. */
class Refusals {
  readonly codes = new Set<string>()
  /** Of records that have no code to be known by. */
  readonly places = new Set<string>()
  readonly #why = new Map<string, Why[]>()

  constructor(problems: Iterable<Problem>) {
    for (const problem of problems) this.#add(problem)
  }

  get isEmpty(): boolean {
    return this.#why.size === 0
  }

  /** Empty for a record without a fault of its own. */
  at(place: string): Why {
    const all = this.#why.get(place) ?? []
    const joined = (texts: readonly string[]) => [...new Set(texts)].filter(text => text !== '').join(SEPARATOR)
    return { reason: joined(all.map(({ reason }) => reason)), fix: joined(all.map(({ fix }) => fix)) }
  }

  #add({ code, source, reason, message, fix }: Problem): void {
    if (code === null) this.places.add(source)
    else this.codes.add(code)
    const known = this.#why.get(source) ?? []
    known.push({ reason: [reason, message].filter(text => text !== '').join(': '), fix })
    this.#why.set(source, known)
  }
}
