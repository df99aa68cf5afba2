import { failureOf, type SqliteFailure } from '../lib/sqlite.ts'
import { wordsOf } from '../lib/text.ts'
import { LedgerError } from '../model/errors.ts'

/** What to do about a ledger that cannot be relied on any more. */
export const RESTORE =
  'Restore it from a backup, after removing ledger.db-wal and ledger.db-shm; or move all of them away: then what the targets hold counts as unknown.'

const OTHER = 'or name another folder with --state.'

type Cause = SqliteFailure | 'unknown'

const WORDS: Readonly<Record<Cause, { readonly what: (words: string) => string; readonly fix: string }>> = {
  full: { what: words => `has no room to grow (${words})`, fix: 'Free some disk space and run again.' },
  readonly: {
    what: words => `cannot be written (${words})`,
    fix: `Give this user write access to the folder and the files in it, ${OTHER}`,
  },
  unopenable: {
    what: words => `cannot be opened (${words})`,
    fix: `Check that it is a folder in which this user may read and write, ${OTHER}`,
  },
  busy: {
    what: words => `is in use by another program (${words})`,
    fix: 'Close what has it open, such as a database browser or a backup, and run again.',
  },
  io: {
    what: words => `cannot be read or written (${words})`,
    fix: `Check the disk and its free space, ${OTHER}`,
  },
  damaged: { what: words => `is damaged (${words})`, fix: RESTORE },
  unknown: {
    what: words => `cannot be used (${words})`,
    fix: `Check the folder, its permissions and free disk space, ${OTHER}`,
  },
}

/** Errors of the file system that mean the same as one of SQLite. */
const SYSTEM_FAILURES: ReadonlyMap<unknown, SqliteFailure> = new Map([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EACCES', 'readonly'],
  ['EPERM', 'readonly'],
  ['EROFS', 'readonly'],
  ['EIO', 'io'],
  ['ENOTDIR', 'unopenable'],
  ['EEXIST', 'unopenable'],
])

/** What SQLite or the system said about the ledger in this folder, as a LedgerError; one that is one already stays as it is. */
export function unusable(folder: string | null, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error
  const { code } = Object(error) as { code?: unknown }
  const { what, fix } = WORDS[failureOf(error) ?? SYSTEM_FAILURES.get(code) ?? 'unknown']
  const where = folder === null ? '' : ` in ${folder}`
  return new LedgerError(`The ledger${where} ${what(wordsOf(error).replace(/\.$/, ''))}.`, { cause: error, fix })
}

export function damaged(what: string, cause?: unknown): LedgerError {
  return new LedgerError(`The ledger is damaged: ${what}.`, { cause, fix: RESTORE })
}

/** Does the work; when the ledger fails meanwhile, the error also says what that means for what is being done. */
export function telling<T>(consequence: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    const { message, exit, fix, cause } = error
    throw new LedgerError(`${message} ${consequence}`, { exit, cause, ...(fix === null ? {} : { fix }) })
  }
}
