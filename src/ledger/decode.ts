import type { SqlRow } from '../lib/sqlite.ts'
import { LedgerError } from '../model/errors.ts'
import type { Step } from '../model/step.ts'

/**
 * Reads a JSON text that the ledger wrote; one that is none any more is damage: a LedgerError. To be selected as a blob,
 * because libsql ends the whole process over a text whose bytes are not UTF-8 any more.
 */
export function decode<T>(bytes: SqlRow[string] | undefined): T {
  try {
    return JSON.parse(bytes instanceof ArrayBuffer || bytes instanceof Uint8Array ? textOf(bytes) : String(bytes))
  } catch (error) {
    throw damaged(error)
  }
}

/** The steps of a page. A step that has lost its parts is damage, too. */
export function decodeSteps<S extends Step>(bytes: SqlRow[string] | undefined): S[] {
  const steps = decode<S[]>(bytes)
  if (!steps.every(isSound)) throw damaged()
  return steps
}

function isSound(step: Step): boolean {
  const needsNoItem = step.action === 'unchanged' || step.action === 'reject'
  return needsNoItem || Array.isArray(step.item?.gallery)
}

function textOf(bytes: ArrayBuffer | Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function damaged(cause?: unknown): LedgerError {
  return new LedgerError('The ledger is damaged: a text in it cannot be read any more.', {
    cause,
    fix: 'Restore it from a backup.',
  })
}
