import { plural } from '../../lib/text.ts'
import type { VerifyReport } from '../../model/report.ts'

/** Is every gallery the same everywhere? */
export interface EverywhereWords {
  readonly isSame: boolean
  /** A sentence without its full stop; holds names of targets. */
  readonly text: string
}

/** Null where nothing could be compared. */
export function everywhereWords({ everywhere, targets }: VerifyReport): EverywhereWords | null {
  if (everywhere === null || everywhere.compared === 0) return null
  const { compared, different } = everywhere
  const galleries = plural(compared, 'gallery', 'galleries')
  if (different > 0) {
    return {
      isSame: false,
      text: `${different} of ${galleries} ${different === 1 ? 'is' : 'are'} not the same everywhere`,
    }
  }
  const names = targets.filter(({ readable }) => readable).map(({ name }) => name)
  const where = names.length < 2 ? 'everywhere' : `at ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return { isSame: true, text: `Each of ${galleries} is the same ${where}` }
}
