import { wordsOf } from '../lib/text.ts'
import { LedgerError } from '../model/errors.ts'

/** What SQLite or the system said about the ledger in this folder, as a LedgerError; one that is one already stays as it is. */
export function unusable(folder: string | null, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error
  const where = folder === null ? '' : ` in ${folder}`
  return new LedgerError(`The ledger${where} cannot be used: ${wordsOf(error)}.`, {
    cause: error,
    fix: 'Check free disk space and permissions of its folder; if the file is damaged, restore it from a backup.',
  })
}
