import { inWords } from '../../../model/product.ts'
import type { CheckReport } from '../../../model/report.ts'
import { placeOf } from '../../document/feed-place.ts'
import { fixOf } from '../../document/fix-of.ts'
import type { Line } from '../../document/lines.ts'
import { nameOf } from '../../document/names.ts'
import { verdictOf } from '../../document/verdict.ts'
import { escaped } from '../../text/escaped.ts'
import { attributes } from './attributes.ts'
import { FEED_SUITE, kindOf } from './listed.ts'

/** One line as a test case: it passes where nobody has to look at it. */
export function testCase(line: Line): string {
  const start = `  <testcase${attributes(caseOf(line))}`
  const element = kindOf(line)
  if (element === null) return `${start}/>\n`
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
    name: [nameOf(line), line.image, line.code === null ? line.source : null].filter(part => part !== null).join(' '),
    classname: line.target ?? FEED_SUITE,
    file: place?.file ?? null,
    line: place?.line?.toString() ?? null,
  }
}

/** All that is known, as GitLab shows neither type nor message. */
function wordsOf(line: Line): string {
  const { word, reason, message, source, trace, details } = line
  const cause = [word, reason, message].filter(part => part !== null).join(': ')
  return [cause, fixOf(line), source, [...trace, ...details].join(', ')]
    .filter(part => part !== '')
    .map(escaped)
    .join('\n')
}
