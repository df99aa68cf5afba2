import { DEFAULT_CHANNEL } from './account.ts'
import type { Group } from './store.ts'

/** Each code with its URLs: those of the default channel, or of the first other channel of a code that is not in it. */
export function galleriesOf(groups: readonly Group[]): Iterable<[code: string, urls: string[]]> {
  const shown = new Map<string, Group[]>()
  const isOther = (group: Group) => Number(group.channel !== DEFAULT_CHANNEL)
  for (const group of groups.toSorted((a, b) => isOther(a) - isOther(b))) {
    const before = shown.get(group.code)
    if (before === undefined) shown.set(group.code, [group])
    else if (before[0]?.channel === group.channel) before.push(group)
  }
  return [...shown].map(([code, found]) => [code, rank(found)])
}

function rank(groups: readonly Group[]): string[] {
  const assets = groups.flatMap(group => [...group.assets])
  const named = assets.map(([name, url]) => ({ name, url, numbers: numbersIn(name) }))
  return named.sort((a, b) => compareNumbers(a.numbers, b.numbers) || (a.name < b.name ? -1 : 1)).map(({ url }) => url)
}

/** The number in an attribute name is its rank; where a name has several, they are compared in turn. */
function numbersIn(name: string): number[] {
  return (name.match(/\d+/g) ?? []).map(Number)
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const [left = 0, right = 0] = [a[at], b[at]]
    if (left !== right) return left < right ? -1 : 1
  }
  return a.length - b.length
}
