import { existsSync } from 'node:fs'
import { openLedger } from '../ledger/index.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { ledgerFile } from '../ledger/open.ts'

/**
 * The ledger of a folder without its lock: a push may go on meanwhile. Without a ledger nothing is known of any target; none is
 * made just for looking.
 */
export function openToRead(state: string): Ledger {
  return openLedger(existsSync(ledgerFile(state)) ? state : null)
}
