import { basename } from 'node:path'
import { digest } from '../../lib/hash.ts'
import { printable } from '../../lib/text.ts'
import { type FeedPlace, type Folders, linkedPlaceOf, placeOf } from '../document/feed-place.ts'
import { isRefused, type Line } from '../document/lines.ts'
import { mentionsOf } from '../document/mentions.ts'
import { causeOf, nameOf } from '../document/names.ts'
import type { Document, Reporter } from '../reporter.ts'
import { jsonText } from '../text/json-text.ts'

/**
 * GitLab's code quality report: what failed, was rejected or is unknown, at its line of the feed. Files are called as they were
 * named. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export const codeQuality: Reporter = codeQualityWith(() => null)

/** The same with the paths of files from the root, which GitLab makes links of. */
export function codeQualityIn(folders: Folders): Reporter {
  return codeQualityWith(source => linkedPlaceOf(source, folders))
}

/** True for names such as gl-code-quality-report.json and feed.codequality.json, by which the format is chosen. */
export function isCodeQualityFile(path: string): boolean {
  return /code[-_]?quality.*\.json$/i.test(basename(path))
}

type Link = (source: string) => FeedPlace | null

/** A merge request shows no more than a few hundred; what is beyond this is counted in a last entry. */
const MOST = 10_000

function codeQualityWith(link: Link): Reporter {
  return {
    format: 'code-quality',
    extensions: ['.codequality.json'],
    kinds: ['report', 'plan', 'check', 'verify'],
    render: document => entries(document, link),
  }
}

function* entries(document: Document, link: Link): Generator<string> {
  const fingerprint = fingerprints()
  let count = 0
  let separator = '[\n'
  for (const { level, line } of mentionsOf(document)) {
    if (level !== 'error') continue
    if (++count > MOST) continue
    yield separator + jsonText(entryOf(line, fingerprint(line), link))
    separator = ',\n'
  }
  if (count > MOST) yield separator + jsonText(restOf(document, count - MOST))
  yield count === 0 ? '[]\n' : '\n]\n'
}

function entryOf(line: Line, fingerprint: string, link: Link) {
  const { word, target, image, reason, source } = line
  const place = link(source) ?? placeOf(source) ?? { file: source, line: null }
  const subject = image === null ? nameOf(line) : `${nameOf(line)} ${printable(image)}`
  const at = target === null ? '' : ` at ${target}`
  return {
    description: `${subject} ${isRefused(line) ? 'rejected' : word}${at}: ${causeOf(line)}`,
    check_name: reason ?? word,
    fingerprint,
    severity: word === 'failed' || word === 'unknown' ? 'critical' : 'major',
    location: { path: place.file, lines: { begin: place.line ?? 1 } },
  }
}

/**
 * The same item with the same trouble has the same fingerprint in every run, wherever its line has moved, and so has a rejected
 * record, whichever command says so. GitLab drops entries whose fingerprints are equal, so the second record without a code is
 * told apart from the first by its number.
 */
function fingerprints(): (line: Line) => string {
  const seen = new Map<string, number>()
  return ({ word, target, code, key, image, reason }) => {
    const about = image === null ? [code, key, reason] : [code, key, image, word, reason]
    const identity = JSON.stringify([target, ...about])
    const nth = (seen.get(identity) ?? 0) + 1
    seen.set(identity, nth)
    return digest(nth === 1 ? identity : `${identity} ${nth}`)
  }
}

function restOf({ feed }: Document, rest: number) {
  return {
    description: `${rest} more need attention: see the report.`,
    check_name: 'more',
    fingerprint: digest('more'),
    severity: 'critical',
    location: { path: feed.files[0] ?? 'feed', lines: { begin: 1 } },
  }
}
