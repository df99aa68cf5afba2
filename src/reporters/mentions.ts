import { MaybeSet } from '../lib/maybe-set.ts'
import type { Finding } from '../model/report.ts'
import { isTrouble, type Line, linesOf } from './lines.ts'
import type { Document } from './reporter.ts'
import type { Case } from './table/causes.ts'

/** The kinds of remarks that CI systems know, the gravest first. */
export const LEVELS = ['error', 'warning', 'notice'] as const
export type Level = (typeof LEVELS)[number]

/** Something that is to be said of one item or image. */
export interface Mention {
  readonly level: Level
  readonly found: Case
}

/** All that is not as it should be, line by line. What can be sent to no target is mentioned once, not for each of them. */
export function* mentionsOf(document: Document): Generator<Mention> {
  const told = new MaybeSet()
  for (const { level, found } of all(document)) {
    const { word, code, reason, message, source } = found
    const isOfFeed = word === 'rejected' || word === 'reject'
    if (isOfFeed && told.add(JSON.stringify([code, reason, message, source]))) continue
    yield { level, found: isOfFeed ? { ...found, target: null } : found }
  }
}

function* all(document: Document): Generator<Mention> {
  if (document.kind === 'verify') {
    for (const finding of document.findings()) if (finding.status !== 'same') yield ofFinding(finding)
    return
  }
  for (const line of linesOf(document)) {
    const level = levelOf(line)
    if (level === null) continue
    const message = [line.message, line.fix].filter(text => text).join(' ') || null
    yield { level, found: { ...line, message, trace: null } }
  }
}

/** Null for what went as it should. Skipped items are a consequence: why the run stopped is said by itself. */
function levelOf(line: Line): Level | null {
  if (line.word === 'skipped') return 'warning'
  if (isTrouble(line)) return 'error'
  if (line.reason === null) return null
  return line.reason === 'image-dropped' ? 'warning' : 'notice'
}

/** An image that somebody else put there is no harm to the feed. Quotes mark what differs between images of one cause. */
function ofFinding({ status, expected, found, reason, message, ...rest }: Finding): Mention {
  const words = [
    expected === null ? null : `expected "${expected}"`,
    found === null ? null : `found "${found}"`,
    rest.foundRank === null || rest.rank === rest.foundRank ? null : `at rank ${rest.foundRank}`,
  ].filter(part => part !== null)
  const text = [`${words.join(', ')}.`, reason === null ? null : `${reason}:`, message].filter(part => part !== null)
  const { target, code, key, source } = rest
  return {
    level: status === 'extra' ? 'warning' : 'error',
    found: { word: 'warning', target, code, key, reason: status, message: text.join(' '), source, trace: null },
  }
}
