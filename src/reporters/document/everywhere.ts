import { plural } from '../../lib/text.ts'
import type { ComparedAt, Everywhere, VerifyReport } from '../../model/verification.ts'

/** Is every gallery the same everywhere? */
export interface EverywhereWords {
  readonly isSame: boolean
  /** A sentence without its full stop; holds names of targets. */
  readonly text: string
}

/** Null where nothing could be compared. */
export function everywhereWords({ everywhere, targets }: VerifyReport): EverywhereWords | null {
  if (everywhere === null || everywhere.compared === 0) return null
  const { different, where = [] } = everywhere
  const names = targets.filter(({ readable }) => readable).map(({ name }) => name)
  const partly = where.filter(each => each.targets.length < names.length)
  const isSame = different === 0
  const first = isSame ? sameWords(everywhere, partly, names) : differentWords(everywhere)
  return { isSame, text: [...first, ...partly.map(atOnly)].join('; ') }
}

function differentWords({ compared, different }: Everywhere): string[] {
  return [`${different} of ${galleriesOf(compared)} ${different === 1 ? 'is' : 'are'} not the same everywhere`]
}

/** Of those that could be read at every target; there may be none. */
function sameWords({ compared }: Everywhere, partly: readonly ComparedAt[], names: readonly string[]): string[] {
  const where = names.length < 2 ? 'everywhere' : `at ${listed(names)}`
  if (partly.length === 0) return [`Each of ${galleriesOf(compared)} is the same ${where}`]
  const others = partly.filter(({ targets }) => targets.length > 1)
  const count = others.reduce((rest, { galleries }) => rest - galleries, compared)
  return count === 0 ? [] : [`${galleriesOf(count)} ${count === 1 ? 'is' : 'are'} the same ${where}`]
}

/** A gallery that can be read at one target has nothing to be compared with. */
function atOnly({ targets, galleries, different }: ComparedAt): string {
  const count = galleriesOf(galleries)
  if (targets.length === 0) return `${count} could be read nowhere`
  if (targets.length === 1) return `${count} could be read at ${targets[0]} only, and compared with nothing`
  const found = different > 0 ? '' : `, and ${galleries === 1 ? 'is' : 'are'} the same there`
  return `${count} could be compared at ${listed(targets)} only${found}`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function galleriesOf(count: number): string {
  return plural(count, 'gallery', 'galleries')
}
