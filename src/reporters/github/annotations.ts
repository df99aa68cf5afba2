import { plural } from '../../lib/text.ts'
import { inWords } from '../../model/product.ts'
import { LEVELS, type Level, mentionsOf } from '../mentions.ts'
import type { Document } from '../reporter.ts'
import { type Case, type Cause, Causes } from '../table/causes.ts'
import { inThousands } from '../table/contents.ts'
import { causeOf, nameOf } from '../table/names.ts'
import type { Annotation } from './command.ts'

/** GitHub shows ten annotations of each kind per step, and drops further ones silently. */
const MOST = 10

/** What the document has to say, the gravest first: item by item while they are few, else by cause. */
export function annotationsOf(document: Document): Annotation[] {
  const causes = causesOf(document)
  return LEVELS.flatMap(level => {
    const own = [...headlines(document), ...feedWarnings(document)].filter(each => each.level === level)
    return atMost([...own, ...annotated(level, causes[level], MOST - own.length)], level)
  })
}

function causesOf(document: Document): Record<Level, Causes> {
  const causes = { error: new Causes(), warning: new Causes(), notice: new Causes() }
  const isAlone = document.kind !== 'check' && document.targets.length <= 1
  for (const { level, found } of mentionsOf(document)) causes[level].add(isAlone ? { ...found, target: null } : found)
  return causes
}

/** Why a run stopped, or a feed as a whole cannot be used. */
function headlines(document: Document): Annotation[] {
  const level = document.exitCode > 1 ? 'error' : 'warning'
  if (document.kind !== 'check') {
    return document.notices.map(message => ({ level, title: 'assetsync', message, source: null }))
  }
  if (document.refusal === null) return []
  return [{ level: 'error', title: 'assetsync', message: inWords(document.refusal), source: null }]
}

function feedWarnings({ feed }: Document): Annotation[] {
  return feed.warnings.map(({ reason, count, message, places }) => ({
    level: 'warning',
    title: count === 1 ? reason : `${inThousands(count)} × ${reason}`,
    message: [message, ...(count > 1 ? [`First: ${places.join(', ')}`] : [])].join('\n'),
    source: places[0] ?? null,
  }))
}

function annotated(level: Level, causes: Causes, room: number): Annotation[] {
  if (causes.few !== null && causes.few.length <= room) return causes.few.map(each => single(level, each))
  return causes.grouped().map(cause => grouped(level, cause))
}

function single(level: Level, found: Case): Annotation {
  const at = found.target === null ? '' : ` at ${found.target}`
  const title = `${nameOf(found)} ${wordOf(found)}${at}`
  return { level, title, message: `${causeOf(found)} (${found.source})`, source: found.source }
}

function grouped(level: Level, cause: Cause): Annotation {
  const [first] = cause.first
  if (cause.count === 1 && first !== undefined) return single(level, first)
  const rest = cause.count - cause.first.length
  const places = cause.first.map(each => `${nameOf(each)} (${each.source})`)
  return {
    level,
    title: `${inThousands(cause.count)} ${cause.word === 'warning' ? 'images' : 'items'} ${wordOf(cause)}`,
    message: [causeOf(cause), ...places, ...(rest > 0 ? [`and ${inThousands(rest)} more`] : [])].join('\n'),
    source: first?.source ?? null,
  }
}

/** Images have their condition where items have a reason. Plans say "reject", which would read as an order. */
function wordOf({ word, reason }: Pick<Case, 'word' | 'reason'>): string {
  if (word === 'warning') return reason ?? word
  return word === 'reject' ? 'rejected' : word
}

function atMost(all: readonly Annotation[], level: Level): Annotation[] {
  if (all.length <= MOST) return [...all]
  const message = `and ${plural(all.length - MOST + 1, 'more cause')}: all of it is in the job summary and in the report.`
  return [...all.slice(0, MOST - 1), { level, title: 'assetsync', message, source: null }]
}
