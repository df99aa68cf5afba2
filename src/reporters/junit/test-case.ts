import { inWords } from '../../model/product.ts'
import type { CheckReport } from '../../model/report.ts'
import { escaped } from '../escaped.ts'
import { placeOf } from '../feed-place.ts'
import { fixOf } from '../fix-of.ts'
import { isTrouble, type Line } from '../lines.ts'
import { nameOf } from '../table/names.ts'
import { verdictOf } from '../verdict.ts'
import { attributes } from './attributes.ts'
import { FEED_SUITE } from './listed.ts'

/** One line as a test case: it passes where nobody has to look at it. Unknown items fail: what nobody knows is not well. */
export function testCase(line: Line): string {
  const start = `  <testcase${attributes(caseOf(line))}`
  if (!isTrouble(line)) return `${start}/>\n`
  const element = line.word === 'skipped' ? 'skipped' : 'failure'
  const facts = attributes({ type: line.reason ?? line.word, message: line.message ?? line.word })
  return `${start}>\n    <${element}${facts}>${wordsOf(line)}</${element}>\n  </testcase>\n`
}

/** The feed as a whole: it fails where a push would refuse it. */
export function feedCase(check: CheckReport): string {
  const start = `  <testcase${attributes({ name: FEED_SUITE, classname: FEED_SUITE, file: check.feed.files[0] ?? null })}`
  if (check.refusal === null) return `${start}/>\n`
  const facts = attributes({ type: 'feed-refused', message: verdictOf(check).text })
  return `${start}>\n    <failure${facts}>${escaped(inWords(check.refusal))}</failure>\n  </testcase>\n`
}

/** Two cases of one name would be one case for GitLab; a record without a code is told by its place. */
function caseOf(line: Line): Record<string, string | null> {
  const place = placeOf(line.source)
  return {
    name: line.code === null ? `${nameOf(line)} ${line.source}` : nameOf(line),
    classname: line.target ?? FEED_SUITE,
    file: place?.file ?? null,
    line: place?.line?.toString() ?? null,
  }
}

/** All that is known, as GitLab shows neither type nor message. */
function wordsOf(line: Line): string {
  const { word, reason, message, source, trace } = line
  const cause = [word, reason, message].filter(part => part !== null).join(': ')
  const fix = line.fix === '' ? fixOf(line) : line.fix
  return [cause, fix, source, trace.join(', ')]
    .filter(part => part !== '')
    .map(escaped)
    .join('\n')
}
