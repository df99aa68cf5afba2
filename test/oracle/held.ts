import type { Outcome } from '../../src/model/outcome.ts'
import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import type { Run, Witness } from './world.ts'

/** What may be different at the targets from what the last feed says, without anybody having done wrong. */
export interface Allowance {
  /** Images of earlier feeds may still be there: nobody asked for their removal. */
  readonly leftovers: boolean
}

/** Targets that keep images in order. */
const ORDERED: readonly EmulatorName[] = ['catalogix', 'akeneo', 'mediapocket']
export const GOOD: readonly Outcome['status'][] = ['created', 'updated', 'accepted', 'unchanged']
const OPEN: readonly Outcome['status'][] = ['failed', 'unknown', 'skipped']

/** I1, I2, I4 */
export function contents(run: Run, world: Witness, allowance: Allowance): string[] {
  return world.targets.flatMap(target => {
    const held = new Map(Object.entries(run.state[target].galleries))
    const wanted = new Map(Object.entries(run.push.feed))
    return [...new Set([...wanted.keys(), ...held.keys()])].flatMap(code => {
      const [should, is] = [wanted.get(code) ?? [], held.get(code) ?? []]
      const outcomes = run.outcomes.filter(outcome => outcome.target === target && outcome.code === code)
      const isOpen = outcomes.some(isUnfinished) && run.code !== 0
      const isRight = run.code === null || isOpen || isAsWanted(target, should, is, earlier(world, code), allowance)
      return [
        ...doubled(target, is).map(url => `I2 ${target} holds ${url} twice`),
        ...falselyClaimed(target, outcomes, should, is),
        ...(isRight ? [] : [`I1 ${target} has ${code} as ${inShort(is)}, not ${inShort(should)}, and nothing says so`]),
      ]
    })
  })
}

/** Where there are ranks an address may come twice, at one that the gallery has no more. */
function doubled(target: EmulatorName, is: readonly string[]): readonly string[] {
  return ORDERED.includes(target) ? [] : is.filter((url, at) => is.indexOf(url) !== at)
}

/** Reasons that say of an item that is well that its product is not yet as the feed has it. */
const PENDING: readonly (string | null)[] = ['stale-tail']

function isUnfinished({ status, reason }: Outcome): boolean {
  return OPEN.includes(status) || PENDING.includes(reason)
}

function isAsWanted(
  target: EmulatorName,
  should: readonly string[],
  is: readonly string[],
  earlier: ReadonlySet<string>,
  { leftovers }: Allowance,
): boolean {
  const [sorted, kept] = ORDERED.includes(target)
    ? [is, is.slice(0, should.length)]
    : [is.toSorted(), is.filter(url => should.includes(url)).toSorted()]
  const goal = ORDERED.includes(target) ? should : should.toSorted()
  if (!leftovers) return sameTexts(sorted, goal)
  return sameTexts(kept, goal) && is.every(url => earlier.has(url))
}

/** I4: what the program calls done is there. What a product shows of images that are not linked to it yet says nothing of them. */
function falselyClaimed(
  target: EmulatorName,
  outcomes: readonly Outcome[],
  should: readonly string[],
  is: readonly string[],
): string[] {
  if (target === 'akeneo' && outcomes.some(isUnfinished)) return []
  return outcomes
    .filter(({ status }) => GOOD.includes(status))
    .flatMap(({ key, status }) => {
      const missing = urlsOf(target, key ?? '', should).filter(url => !is.includes(url))
      return missing.length === 0 ? [] : [`I4 ${target} lacks ${missing.join(' and ')}, which is called ${status}`]
    })
}

/** The images that an item of this key stands for. */
function urlsOf(target: EmulatorName, key: string, gallery: readonly string[]): readonly string[] {
  if (target === 'catalogix') return gallery
  const [, rank] = /[_#](\d+)$/.exec(key) ?? []
  if (rank !== undefined) return [gallery[Number(rank) - 1] ?? `rank ${rank}`]
  return [key.slice(key.indexOf(' ') + 1)]
}

function earlier(world: Witness, code: string): Set<string> {
  return new Set(world.runs.flatMap(({ push }) => push.feed[code] ?? []))
}

/** I2, and I4 of what was told, as any feed until now had it: a retry sends what was planned once, a reconcile sends nothing. */
export function reached(run: Run, { targets, runs }: Witness): string[] {
  return targets.flatMap(target => {
    const { galleries } = run.state[target]
    return Object.entries(galleries).flatMap(([code, is]) => {
      const outcomes = run.outcomes.filter(outcome => outcome.target === target && outcome.code === code)
      const claims = runs.map(({ push }) => falselyClaimed(target, outcomes, push.feed[code] ?? [], is))
      return [
        ...doubled(target, is).map(url => `I2 ${target} holds ${url} twice`),
        ...(claims.every(found => found.length > 0) ? (claims[0] ?? []) : []),
      ]
    })
  })
}

export function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, at) => text === right[at])
}

function inShort(urls: readonly string[]): string {
  return `[${urls.map(url => url.split('/').slice(-2).join('/')).join(' ')}]`
}
