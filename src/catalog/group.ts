import type { Rejection } from '../model/product.ts'
import { codeProblem } from './code.ts'
import { type Content, extend, type Fragment, joinFields } from './fragment.ts'
import type { Reading } from './mapping.ts'

/** The records of one product as its platform tells them: variants with codes of their own, and records without. */
export interface Group {
  readonly seq: number
  readonly key: string
  readonly source: string
  /** `shared`: all codes have all images; `own`: an image belongs to the code of its record. */
  readonly images: 'shared' | 'own'
  /** What to do when no record has a code. */
  readonly fix: string
  /** In the order of the feed. */
  readonly parts: Part[]
}

/** One record of a group. */
export interface Part extends Content {
  readonly codes: readonly string[]
  readonly badCode: Reading['badCode']
  readonly source: string
}

/**
 * The products of a group, one for each code; a rejection when no record has one. With `shared` images every code has
 * all of them. Otherwise a record without a code continues the one above it, and what comes before the first code
 * belongs to all.
 */
export function ungroup(group: Group, next: () => number): (Fragment | Rejection)[] {
  const { parts, images } = group
  const own = new Map<string, Part>()
  for (const part of parts) for (const code of part.codes) if (!own.has(code)) own.set(code, part)
  if (own.size === 0) return [withoutCode(next(), group)]
  const codes = [...own.keys()]
  const made = new Map<string, Fragment>()
  for (const [code, { source, fields }] of own) {
    made.set(code, { seq: next(), code, source, images: [], fields, bad: null, listed: 0, conflicts: [] })
  }
  let current: readonly string[] = codes
  for (const part of parts) {
    if (part.codes.length > 0) current = part.codes
    for (const code of images === 'shared' ? codes : current) take(made, code, part)
  }
  return [...made.values()].map(fragment => orRejected(fragment, own.get(fragment.code)?.badCode ?? null))
}

function orRejected(fragment: Fragment, badCode: Reading['badCode']): Fragment | Rejection {
  const { seq, code, source } = fragment
  const bad = badCode ?? codeProblem(code)
  return bad === null ? fragment : { seq, reason: 'code-invalid', ...bad, code, source }
}

function take(made: Map<string, Fragment>, code: string, part: Part): void {
  const fragment = made.get(code)
  if (fragment === undefined) return
  // Variants differ in their columns: those of other records only fill what the code's own record leaves blank.
  const fields = joinFields(fragment.fields, part.fields)
  const joined = extend({ ...fragment, fields: {} }, { ...part, fields: {} }, part.source)
  made.set(code, { ...joined, fields })
}

function withoutCode(seq: number, { key, source, parts, fix }: Group): Rejection {
  const records = parts.length === 1 ? 'The record of' : `None of the ${parts.length} records of`
  const message = `${records} "${key}" has ${parts.length === 1 ? 'no' : 'a'} product code.`
  return { seq, reason: 'code-missing', message, fix, code: null, source }
}
