import { plural, printable } from '../../lib/text.ts'
import type { Finding, VerifyReport } from '../../model/report.ts'
import type { Look } from '../reporter.ts'
import { paint } from '../style.ts'
import { conditionBadge } from './conditions.ts'
import { nameOf } from './names.ts'

const MOST_FINDINGS = 50
/** Causes for which nothing could be said of images. */
const MOST_CAUSES = 20

/** Where the targets differ from the feed: target by target and product by product; with -v also what is the same. */
export function* findingLines(verify: VerifyReport, look: Look): Generator<string> {
  const unread = new Unread()
  let [target, product]: (string | null)[] = [
    verify.targets.length > 1 ? null : (verify.targets[0]?.name ?? null),
    null,
  ]
  let [shown, more] = [0, 0]
  for (const finding of verify.findings()) {
    if (finding.status === 'unreadable') unread.add(finding)
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
    yield* linesOf(finding, look)
  }
  if (more > 0) yield `and ${more} more (--verbose lists them all)`
  yield* unread.lines(look)
}

function* linesOf(finding: Finding, look: Look): Generator<string> {
  const { status, expected, found, message } = finding
  yield `  ${conditionBadge(look, status)}  ${[ranksOf(finding), printable(expected ?? found ?? '')].filter(isSaid).join('  ')}`
  if (status === 'differs' && found !== null) yield `      found there: ${printable(found)}`
  if (message !== null) yield `      ${printable(message)}`
}

function ranksOf({ status, rank, foundRank }: Finding): string {
  if (status === 'moved') return `rank ${rank} is at rank ${foundRank}`
  const place = rank ?? foundRank
  return place === null ? '' : `rank ${place}`
}

function isSaid(text: string): boolean {
  return text !== ''
}

/** Images of which nothing could be said, by cause and in bounded memory. */
class Unread {
  readonly #causes = new Map<string, { readonly first: Finding; count: number }>()
  #others = 0

  add(finding: Finding): void {
    const key = JSON.stringify([finding.target, finding.message])
    const cause = this.#causes.get(key)
    if (cause !== undefined) cause.count++
    else if (this.#causes.size < MOST_CAUSES) this.#causes.set(key, { first: finding, count: 1 })
    else this.#others++
  }

  *lines(look: Look): Generator<string> {
    for (const { first, count } of this.#causes.values()) {
      const { target, code, source, reason, message } = first
      const more = count > 1 ? ' first' : ''
      yield `${conditionBadge(look, 'unreadable')}  ${plural(count, 'image')} at ${printable(target)},${more} ${nameOf({ code })}  ${printable(source)}`
      yield `      ${printable([reason, message].filter(part => part !== null).join(': '))}`
    }
    if (this.#others > 0)
      yield `and ${plural(this.#others, 'more image')} of which nothing can be said (--report file.json)`
  }
}
