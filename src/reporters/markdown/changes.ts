import { imagesOf } from '../images-of.ts'
import { type ItemDocument, isTrouble, type Line, linesOf } from '../lines.ts'
import { badge } from '../style.ts'
import { code } from './code.ts'
import { fitting } from './fitting.ts'

const MOST = 100

/** What changed, or would change, folded away: the first of many. */
export function* changeLines(document: ItemDocument, bytes: number): Generator<string> {
  if (document.kind === 'check') return
  const first = firstChanges(document)
  if (first.length === 0) return
  yield `<details><summary>${document.kind === 'plan' ? 'What would change' : 'What changed'}</summary>\n`
  yield '| | item | images | place |\n|:--|:--|:--|:--|'
  yield* fitting(
    first,
    { most: MOST, bytes },
    line => rowOf(line, document.targets.length > 1),
    () => '\nThese are the first of many.',
  )
  yield '\n</details>'
}

/** One more than are shown, which tells that there are more. */
function firstChanges(document: ItemDocument): Line[] {
  const first: Line[] = []
  for (const line of linesOf(document)) {
    if (!isTrouble(line) && line.word !== 'unchanged') first.push(line)
    if (first.length > MOST) break
  }
  return first
}

function rowOf(line: Line, hasTargets: boolean): string {
  const { word, target, code: product, key, source } = line
  const name = product === null ? '(no code)' : code(product)
  const own = key === null || key === product ? '' : ` (${code(key)})`
  const at = hasTargets && target !== null ? ` at ${code(target)}` : ''
  const sign = badge({ color: false, unicode: true }, word)
  return `| ${[sign, name + own + at, imagesOf(line), code(source)].join(' | ')} |`
}
