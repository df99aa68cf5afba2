import { nextCommands } from '../document/next-commands.ts'
import { toldNotices } from '../document/notices.ts'
import { repairAdvice } from '../document/repairs.ts'
import { surveyOf } from '../document/survey.ts'
import { verdictOf } from '../document/verdict.ts'
import type { Document, Reporter } from '../reporter.ts'
import { badge, marks } from '../style.ts'
import { counted, inThousands } from '../text/counts.ts'
import { causeLines } from './markdown/causes.ts'
import { changeLines } from './markdown/changes.ts'
import { code, command } from './markdown/code.ts'
import { fitting } from './markdown/fitting.ts'
import { totalLines } from './markdown/totals.ts'
import { sections } from './table/sections.ts'

/**
 * What the summary of a CI job or a comment to a change shows: totals, trouble by cause, what changed. Always below the
 * 65,536 characters of a comment at GitHub, and so below the 1 MiB of its job summaries; what does not fit is counted.
 */
export const markdown: Reporter = {
  format: 'markdown',
  extensions: ['.md', '.markdown'],
  kinds: ['report', 'plan', 'check', 'verify'],
  render,
}

/** Bytes of the sections that foreign text can make long. */
const ROOM = { trouble: 20_000, remarks: 6_000, warnings: 6_000, notices: 6_000, changes: 12_000, next: 5_000 }
const PLAIN = { color: false, unicode: true }

function* render(document: Document): Generator<string> {
  const { trouble, remarks } = surveyOf(document)
  const { tone, text } = verdictOf(document)
  yield* sections(
    [`### ${marks(PLAIN)[tone]} assetsync ${document.run.command}: ${text}`],
    totalLines(document),
    noticeLines(document),
    titled('What needs attention', causeLines(trouble, ROOM.trouble)),
    titled('Next', nextLines(document)),
    titled('Done, with a remark', causeLines(remarks, ROOM.remarks)),
    titled('Warnings about the feed', warningLines(document)),
    changeLines(document, ROOM.changes),
    [footerOf(document)],
  )
}

/** The lines below a title; no title without lines. */
function* titled(title: string, lines: Iterable<string>): Generator<string> {
  let before = `#### ${title}\n\n`
  for (const line of lines) {
    yield before + line
    before = ''
  }
}

function noticeLines(document: Document): Iterable<string> {
  return fitting(
    toldNotices(document),
    { most: 20, bytes: ROOM.notices },
    notice => `- **${badge(PLAIN, 'notice')}** ${code(notice)}`,
    rest => `- and ${counted(rest.length, 'more notice')}`,
  )
}

function* nextLines(document: Document): Generator<string> {
  for (const { about, words } of document.kind === 'verify' ? repairAdvice(document) : []) {
    yield `- ${about.map(code).join(', ')}: ${words}`
  }
  yield* fitting(
    nextCommands(document),
    { most: 10, bytes: ROOM.next },
    each => `- ${command(each)}`,
    rest => `- and ${counted(rest.length, 'longer command')}`,
  )
}

function warningLines({ feed: { warnings } }: Document): Iterable<string> {
  return fitting(
    warnings,
    { most: 20, bytes: ROOM.warnings },
    ({ reason, count, message, places }) => {
      const at = places.length === 0 ? '' : ` at ${places.map(code).join(', ')}${count > places.length ? ', …' : ''}`
      return `- ${inThousands(count)} × ${code(reason)} ${code(message)}${at}`
    },
    rest => `- and ${counted(rest.length, 'more kind')} of warnings`,
  )
}

function footerOf({ run, feed }: Document): string {
  const started = run.startedAt.slice(0, 'YYYY-MM-DDThh:mm'.length).replace('T', ' ')
  const counts = [counted(feed.records, 'record'), counted(feed.products, 'product'), counted(feed.images, 'image')]
  return [
    ...(feed.files.length === 0 ? [] : [`feed ${filesOf(feed.files)}: ${counts.join(', ')}`]),
    `run ${code(run.id)}`,
    `${started} UTC`,
    `assetsync ${run.version}`,
  ].join(' · ')
}

function filesOf(files: readonly string[]): string {
  const [first = ''] = files
  return files.length === 1 ? code(first) : counted(files.length, 'file')
}
