import { MaybeSet } from '../../lib/maybe-set.ts'
import type { Document } from '../reporter.ts'
import { isRefused, isTrouble, type Line, linesOf } from './lines.ts'

/** The kinds of remarks that CI systems know, the gravest first. */
export const LEVELS = ['error', 'warning', 'notice'] as const
export type Level = (typeof LEVELS)[number]

/** Something that is to be said of one item or image; its message says also what to do. */
export interface Mention {
  readonly level: Level
  readonly line: Line
}

/** All that is not as it should be, line by line. What can be sent to no target is mentioned once, not for each of them. */
export function* mentionsOf(document: Document): Generator<Mention> {
  const told = new MaybeSet()
  for (const line of linesOf(document, 'notable')) {
    const level = levelOf(line)
    if (level === null) continue
    const { code, reason, message, source } = line
    const isOfFeed = isRefused(line)
    const mentioned = { ...line, message: [message, line.fix].filter(text => text).join(' ') || null, fix: '' }
    if (isOfFeed && told.add(JSON.stringify([code, reason, mentioned.message, source]))) continue
    yield { level, line: isOfFeed ? { ...mentioned, target: null } : mentioned }
  }
}

/**
 * Null for what went as it should. Skipped items are a consequence: why the run stopped is said by itself. An image that
 * somebody else put there is no harm to the feed.
 */
function levelOf(line: Line): Level | null {
  if (line.word === 'skipped' || line.word === 'extra') return 'warning'
  if (isTrouble(line)) return 'error'
  if (line.reason === null) return null
  return line.reason === 'image-dropped' ? 'warning' : 'notice'
}
