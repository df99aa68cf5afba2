import { createHash } from 'node:crypto'
import type { Batch, Page, Removal } from '../../model/step.ts'
import type { PlanHeader } from './header.ts'

/** What is planned for the targets of a plan, page by page, as the journal holds it. */
export type Planned = Batch | Removal | Page

/** The start of the last line. */
export const END = '{"end":'

/**
 * The lines of a plan file: its header, a line per batch or page with the place of its target in the header, and a last one
 * with counts and a digest of all before it, so that a file that was cut or edited is told from a whole one.
 */
export function* planLines(header: PlanHeader, targets: readonly Iterable<Planned>[]): Generator<string> {
  const seal = new Seal()
  yield seal.pass(JSON.stringify(header))
  for (const [target, pages] of targets.entries()) {
    for (const page of pages) yield seal.pass(JSON.stringify({ target, ...page }))
  }
  yield seal.line()
}

/** Counts lines and digests them, to make the last line or to check it. */
export class Seal {
  readonly #hash = createHash('sha256')
  #lines = 0

  /** The line, ended. */
  pass(line: string): string {
    this.#lines++
    this.#hash.update(`${line}\n`)
    return `${line}\n`
  }

  /** The last line, ended. */
  line(): string {
    return `${END}true,"lines":${this.#lines},"sha256":"${this.#hash.copy().digest('hex')}"}\n`
  }
}
