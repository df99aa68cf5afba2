import { plural, printable } from '../../lib/text.ts'
import type { RejectsFile } from '../../reporters/rejects.ts'
import type { Document } from '../../reporters/reporter.ts'
import { type KeptRejects, refusalsIn, rejectsOf } from '../../sync/rejects.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { commandLine } from '../next-command.ts'
import { CONFIG, FEED, SANDBOX, STATE, TARGET } from '../options.ts'
import { writeRejects } from '../rejects.ts'
import type { Session } from './session.ts'

/** Writes the refused records of the run to the file of --rejects, and says how to feed them back. */
export function handBack(document: Document, path: string, session: Session, options: Options, io: Io): void {
  const catalog = session.catalog()
  if (catalog === null) return
  const rejects = rejectsOf(catalog, refusalsIn(catalog, session.request.selection, document))
  const say = (...lines: string[]) =>
    io.stderr.write(session.redact(lines.map(line => `${printable(line)}\n`).join('')))
  try {
    const written = writeRejects(rejects, path, io)
    if (written === 'removed' && options.quiet !== true) say(`${path} is removed: nothing was refused this time.`)
    if (typeof written === 'string') return
    const are = rejects.count === 1 ? 'is' : 'are'
    say(
      `${plural(rejects.count, 'refused record')} ${are} in ${path}, with reasons and fixes. ${written.notice ?? ''}`.trim(),
      ...(isMisnamed(path, written) ? ['It has one object per line: let its name end in .ndjson.'] : []),
      'Correct what is wrong there, then feed it back:',
      `  ${feedBack(path, written, rejects, session, options)}`,
    )
  } finally {
    rejects.close()
  }
}

/** Under another name, a single line could be taken for a JSON document that holds the records somewhere inside. */
function isMisnamed(path: string, { format }: RejectsFile): boolean {
  return format === 'ndjson' && !/\.(ndjson|jsonl)$/i.test(path)
}

/** The file is read as the feed was. What was found out by looking at the whole feed is said here: a few records may look different. */
function feedBack(
  path: string,
  { format, encoding, hasMark }: RejectsFile,
  { codeFrom }: KeptRejects,
  { config: { feed, targets } }: Session,
  options: Options,
): string {
  const isKnown = hasMark || (encoding === 'utf-8' && feed.encoding === 'auto')
  const fitting: Options = {
    ...options,
    codeColumn: feed.code === null ? (codeFrom ?? undefined) : options.codeColumn,
    delimiter: format === 'csv' ? options.delimiter : undefined,
    encoding: isKnown ? undefined : encoding,
    records: undefined,
  }
  if (targets.length === 0) return commandLine('check', [path], fitting, [CONFIG, TARGET, SANDBOX, ...FEED])
  return commandLine('push', [path], fitting, [CONFIG, TARGET, SANDBOX, STATE, ...FEED])
}
