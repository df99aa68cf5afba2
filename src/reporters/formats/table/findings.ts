import { printable } from '../../../lib/text.ts'
import type { Finding, VerifyReport } from '../../../model/verification.ts'
import { Causes } from '../../document/causes.ts'
import { linesOf } from '../../document/lines.ts'
import { nameOf } from '../../document/names.ts'
import { placing } from '../../document/survey.ts'
import type { Look } from '../../reporter.ts'
import { badge, paint } from '../../style.ts'
import { wrap } from '../../text/width.ts'
import { addressText } from './address.ts'
import { troubleLines } from './trouble.ts'

const MOST_FINDINGS = 50
/** Words of drift are equally long. */
const WORD_WIDTH = 'missing'.length
const INDENT = '      '
const FOUND = `${INDENT}found there: `

/** Where the targets differ from the feed: target by target and product by product; with -v also what is the same. */
export function* findingLines(verify: VerifyReport, look: Look): Generator<string> {
  let [target, product]: (string | null)[] = [
    verify.targets.length > 1 ? null : (verify.targets[0]?.name ?? null),
    null,
  ]
  let [shown, more] = [0, 0]
  for (const finding of verify.findings()) {
    if (finding.status === 'unreadable' || (finding.status === 'same' && !look.verbose)) continue
    if (shown === MOST_FINDINGS && !look.verbose) {
      more++
      continue
    }
    shown++
    if (finding.target !== target) yield paint(look, 'bold', printable(finding.target))
    const place = JSON.stringify([finding.target, finding.code])
    if (place !== product) yield `${nameOf({ code: finding.code })}  ${printable(finding.source)}`
    ;[target, product] = [finding.target, place]
    yield* linesAbout(finding, look)
  }
  if (more > 0) yield `and ${more} more (--verbose lists them all)`
}

/** Images of which nothing could be said, by cause. */
export function unreadableLines(verify: VerifyReport, look: Look): Iterable<string> {
  if (verify.targets.every(({ totals }) => totals.unreadable === 0)) return []
  const unreadable = new Causes()
  const place = placing(verify)
  for (const line of linesOf(verify)) if (line.word === 'unreadable') unreadable.add(place(line))
  return troubleLines(unreadable, look)
}

function* linesAbout(finding: Finding, look: Look): Generator<string> {
  const { status, expected, found, message } = finding
  const start = `  ${badge(look, status, status.padEnd(WORD_WIDTH))}  `
  const ranks = ranksOf(finding)
  const before = ranks === '' ? '' : `${ranks}  `
  const column = 2 + 2 + WORD_WIDTH + 2 + before.length
  yield (start + before + addressText(expected ?? found ?? '', column, look)).trimEnd()
  if (status === 'differs' && found !== null) yield FOUND + addressText(found, FOUND.length, look)
  if (message === null) return
  for (const line of wrap(printable(message), look.width - INDENT.length)) yield INDENT + line
}

function ranksOf({ status, rank, foundRank }: Finding): string {
  if (status === 'moved') return `rank ${rank} is at rank ${foundRank}`
  const place = rank ?? foundRank
  return place === null ? '' : `rank ${place}`
}
