import { LedgerError } from '../model/errors.ts'

/** Reads a JSON text that the ledger wrote. One that is none any more is damage: a LedgerError. */
export function decode<T>(text: string): T {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LedgerError('The ledger is damaged: a text in it cannot be read any more.', {
      cause: error,
      fix: 'Restore it from a backup.',
    })
  }
}
