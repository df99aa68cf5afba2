import { inWords } from '../model/product.ts'
import type { CheckReport } from '../model/report.ts'
import { type ItemDocument, isItemDocument } from './lines.ts'
import { changeLines } from './markdown/changes.ts'
import { code } from './markdown/code.ts'
import { fitting } from './markdown/fitting.ts'
import { totalLines } from './markdown/totals.ts'
import { troubleLines } from './markdown/trouble.ts'
import { nextCommands } from './next-commands.ts'
import type { Reporter } from './reporter.ts'
import { badge } from './style.ts'
import { inThousands } from './table/contents.ts'
import { sections } from './table/sections.ts'
import { troublesOf } from './trouble.ts'
import { counted, verdictOf } from './verdict.ts'

/**
 * What the summary of a CI job or a comment to a change shows: totals, trouble by cause, what changed. Always below the
 * 65,536 characters of a comment at GitHub, and so below the 1 MiB of its job summaries; what does not fit is counted.
 */
export const markdown: Reporter = {
  format: 'markdown',
  extensions: ['.md', '.markdown'],
  kinds: ['report', 'plan', 'check'],
  render: document => (isItemDocument(document) ? render(document) : []),
}

/** Bytes of the sections that foreign text can make long. */
const ROOM = { trouble: 20_000, remarks: 6_000, warnings: 6_000, notices: 6_000, changes: 12_000 }
const PLAIN = { color: false, unicode: true }
const SIGNS = { good: '✓', warning: '!', bad: '✗' }

function* render(document: ItemDocument): Generator<string> {
  const { trouble, remarks } = troublesOf(document)
  const hasTargets = document.kind !== 'check' && document.targets.length > 1
  const { tone, text } = verdictOf(document)
  yield* sections(
    [`### ${SIGNS[tone]} assetsync ${document.run.command}: ${text}`],
    totalLines(document),
    noticeLines(document),
    titled('What needs attention', troubleLines(trouble, ROOM.trouble, hasTargets)),
    titled('Next', nextLines(document)),
    titled('Done, with a remark', troubleLines(remarks, ROOM.remarks, hasTargets)),
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

function noticeLines(document: ItemDocument): Iterable<string> {
  const notices = document.kind === 'check' ? refusalOf(document) : document.notices
  return fitting(
    notices,
    { most: 20, bytes: ROOM.notices },
    notice => `- **${badge(PLAIN, 'notice')}** ${code(notice)}`,
    rest => `- and ${counted(rest.length, 'more notice')}`,
  )
}

function refusalOf({ refusal }: CheckReport): string[] {
  return refusal === null ? [] : [inWords(refusal)]
}

function* nextLines(document: ItemDocument): Generator<string> {
  for (const command of nextCommands(document)) yield `- ${code(command)}`
}

function warningLines({ feed: { warnings } }: ItemDocument): Iterable<string> {
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

function footerOf({ run, feed }: ItemDocument): string {
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
