import { plural } from '../../lib/text.ts'
import { type Cause, Causes } from '../document/causes.ts'
import { isRefused, type Line } from '../document/lines.ts'
import { LEVELS, type Level, mentionsOf } from '../document/mentions.ts'
import { causeOf, nameOf } from '../document/names.ts'
import { noticesOf } from '../document/notices.ts'
import { placing } from '../document/survey.ts'
import type { Document } from '../reporter.ts'
import { inThousands } from '../text/counts.ts'
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
  const place = placing(document)
  for (const { level, line } of mentionsOf(document)) causes[level].add(place(line))
  return causes
}

/** Why a run stopped, or a feed as a whole cannot be used. */
function headlines(document: Document): Annotation[] {
  const level = document.kind === 'check' || document.exitCode > 1 ? 'error' : 'warning'
  return noticesOf(document).map(message => ({ level, title: 'assetsync', message, source: null }))
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

function single(level: Level, line: Line): Annotation {
  const at = line.target === null ? '' : ` at ${line.target}`
  const image = line.image === null ? '' : ` ${line.image}`
  const title = `${nameOf(line)}${image} ${wordOf(line)}${at}`
  return { level, title, message: `${causeOf(line)} (${line.source})`.trim(), source: line.source }
}

function grouped(level: Level, cause: Cause): Annotation {
  const [first] = cause.first
  if (cause.count === 1 && first !== undefined) return single(level, first)
  const rest = cause.count - cause.first.length
  const places = cause.first.map(each => `${nameOf(each)} (${each.source})`)
  return {
    level,
    title: `${inThousands(cause.count)} ${first?.image ? 'images' : 'items'} ${wordOf(cause)}`,
    message: [causeOf(cause), ...places, ...(rest > 0 ? [`and ${inThousands(rest)} more`] : [])].join('\n'),
    source: first?.source ?? null,
  }
}

/** Plans say "reject", which would read as an order. */
function wordOf(line: Pick<Line, 'word'>): string {
  return isRefused(line) ? 'rejected' : line.word
}

function atMost(all: readonly Annotation[], level: Level): Annotation[] {
  if (all.length <= MOST) return [...all]
  const message = `and ${plural(all.length - MOST + 1, 'more cause')}: all of it is in the job summary and in the report.`
  return [...all.slice(0, MOST - 1), { level, title: 'assetsync', message, source: null }]
}
