import type { Everywhere as InNumbers } from '../model/verification.ts'
import {
  CONDITIONS,
  type ComparedAt,
  type Condition,
  type Finding,
  type GalleryDifference,
} from '../model/verification.ts'
import { type Looked, noConditions } from './verify.ts'

/** What was looked at one target, in the order of the feed. */
export interface Source {
  readonly name: string
  readonly looked: Iterable<Looked>
}

/** The findings about one product at the targets where all of it could be read. */
export interface Everywhere {
  readonly code: string
  readonly source: string
  readonly targets: readonly { readonly name: string; readonly findings: readonly Finding[] }[]
}

/** Product by product, what could be compared at two targets or more. */
export function* compared(sources: readonly Source[]): Generator<Everywhere> {
  for (const { targets } of sideBySide(sources)) {
    const [first] = targets[0]?.findings ?? []
    if (targets.length > 1 && first !== undefined) yield { code: first.code, source: first.source, targets }
  }
}

/** How many galleries could be compared, and at which targets where that is not all of the readable ones. */
export function countEverywhere(sources: readonly Source[], readable: number): InNumbers {
  const groups = new Map<string, ComparedAt>()
  for (const { targets } of sideBySide(sources)) {
    const names = targets.map(({ name }) => name)
    const key = JSON.stringify(names)
    const { galleries, different } = groups.get(key) ?? { galleries: 0, different: 0 }
    const differs = targets.length > 1 && !isSameEverywhere({ targets })
    groups.set(key, { targets: names, galleries: galleries + 1, different: different + (differs ? 1 : 0) })
  }
  const all = [...groups.values()].toSorted((a, b) => b.targets.length - a.targets.length)
  const several = all.filter(({ targets }) => targets.length > 1)
  return {
    compared: several.reduce((sum, { galleries }) => sum + galleries, 0),
    different: several.reduce((sum, { different }) => sum + different, 0),
    ...(all.some(({ targets }) => targets.length < readable) && { where: all }),
  }
}

/** One product of each target at a time; targets at which something of it could not be read are left out. */
function* sideBySide(sources: readonly Source[]): Generator<Pick<Everywhere, 'targets'>> {
  const readers = sources.map(({ name, looked }) => ({ name, reader: looked[Symbol.iterator]() }))
  const heads = new Map(readers.map(each => [each, nextOf(each.reader)]))
  for (;;) {
    const seq = Math.min(...[...heads.values()].map(head => head?.seq ?? Number.POSITIVE_INFINITY))
    if (seq === Number.POSITIVE_INFINITY) return
    const targets: { name: string; findings: readonly Finding[] }[] = []
    for (const [each, head] of heads) {
      if (head?.seq !== seq) continue
      if (head.findings.every(({ status }) => status !== 'unreadable'))
        targets.push({ name: each.name, findings: head.findings })
      heads.set(each, nextOf(each.reader))
    }
    yield { targets }
  }
}

/**
 * Do all targets show the same images, and those that know an order the same order? What a target does not tell the address of is
 * counted only.
 */
export function isSameEverywhere({ targets }: Pick<Everywhere, 'targets'>): boolean {
  const all = targets.map(({ findings }) => findings)
  return [lacksOf, countOf, othersOf, orderOf].every(aspect => {
    const found = all.map(aspect).filter(each => each !== null)
    return new Set(found).size <= 1
  })
}

export function differenceOf({ code, source, targets }: Everywhere): GalleryDifference {
  return { code, source, targets: targets.map(({ name, findings }) => ({ name, totals: totalsOf(findings) })) }
}

function totalsOf(findings: readonly Finding[]): Record<Condition, number> {
  const totals = noConditions()
  for (const status of CONDITIONS) totals[status] = findings.filter(each => each.status === status).length
  return totals
}

/** The images of the feed that the gallery does not show. */
function lacksOf(findings: readonly Finding[]): string | null {
  const lacking = findings.filter(({ status }) => status === 'missing' || status === 'differs')
  return JSON.stringify(lacking.map(({ expected }) => expected))
}

/** How many images it shows that the feed does not name. */
function countOf(findings: readonly Finding[]): string | null {
  return String(findings.filter(isOther).length)
}

/** Which images these are; null where the target does not tell. */
function othersOf(findings: readonly Finding[]): string | null {
  const others = findings.filter(isOther).map(({ found }) => found ?? '')
  return others.every(each => /^https?:/i.test(each)) ? JSON.stringify(others.toSorted()) : null
}

function isOther({ status }: Finding): boolean {
  return status === 'differs' || status === 'extra'
}

/** Which images stand at other ranks than in the feed; null where the target knows no ranks. */
function orderOf(findings: readonly Finding[]): string | null {
  const there = findings.filter(({ status }) => status !== 'missing')
  if (there.some(({ foundRank }) => foundRank === null)) return null
  return JSON.stringify(
    there.filter(({ rank, foundRank }) => rank !== foundRank).map(each => [each.expected, each.foundRank]),
  )
}

function nextOf(reader: Iterator<Looked>): Looked | null {
  const next = reader.next()
  return next.done === true ? null : next.value
}
