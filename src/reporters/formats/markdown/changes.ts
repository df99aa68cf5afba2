import { imagesOf } from '../../document/images-of.ts'
import { isCalm, isTrouble, type Line, linesOf } from '../../document/lines.ts'
import { tallyOf } from '../../document/tally.ts'
import { hasSeveralTargets } from '../../document/targets.ts'
import type { Document } from '../../reporter.ts'
import { badge } from '../../style.ts'
import { itemName } from './causes.ts'
import { code, tableRow } from './code.ts'
import { fitting } from './fitting.ts'

const MOST = 100

/** What changed, or would change, folded away: the first of many. */
export function* changeLines(document: Document, bytes: number): Generator<string> {
  const first = firstChanges(document)
  if (first.length === 0) return
  yield `<details><summary>${document.kind === 'plan' ? 'What would change' : 'What changed'}</summary>\n`
  yield '| | item | images | place |\n|:--|:--|:--|:--|'
  yield* fitting(
    first,
    { most: MOST, bytes },
    line => rowOf(line, hasSeveralTargets(document)),
    () => '\nThese are the first of many.',
  )
  yield '\n</details>'
}

/** One more than are shown, which tells that there are more. Looks no further than there are any. */
function firstChanges(document: Document): Line[] {
  const counts = [...tallyOf(document)].map(([word, count]) => (isChange({ word }) ? count : 0))
  const most = Math.min(
    MOST + 1,
    counts.reduce((sum, count) => sum + count, 0),
  )
  const first: Line[] = []
  if (most === 0) return first
  for (const line of linesOf(document)) {
    if (isChange(line)) first.push(line)
    if (first.length === most) break
  }
  return first
}

function isChange(line: Pick<Line, 'word'>): boolean {
  return !isTrouble(line) && !isCalm(line)
}

function rowOf(line: Line, hasTargets: boolean): string {
  const { word, target, source } = line
  const at = hasTargets && target !== null ? ` at ${code(target)}` : ''
  const sign = badge({ color: false, unicode: true }, word)
  return tableRow([sign, itemName(line) + at, imagesOf(line), code(source)])
}
