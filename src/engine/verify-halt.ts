import { EXIT } from '../model/exit.ts'
import type { Fault } from '../model/fault.ts'
import type { Halt } from './lane.ts'

/** Requests in a row without an answer to rely on after which a target is taken for down. */
export const LOST_IN_A_ROW = 3

/** Why nothing else can be read at the target after this fault; null: the next question may have more luck. */
export function haltAfter(fault: Fault, lost: number): Halt | null {
  const { kind, reason } = fault
  const because = (exit: number, message: string): Halt => ({ exit, rest: 'skipped', reason, message })
  switch (kind) {
    case 'credentials':
      return because(EXIT.credentials, `The credentials were refused (${wordsIn(fault)}). Check them and verify again.`)
    case 'endpoint':
      return because(
        EXIT.ok,
        `The address does not work (${wordsIn(fault)}). Check baseUrl and the options of the target.`,
      )
    case 'throttled':
    case 'unreachable':
      return because(EXIT.temporary, `${wordsIn(fault)}. Verify again later.`)
    case 'stopped':
      return because(EXIT.ok, 'The run was interrupted.')
    default: {
      if (lost < LOST_IN_A_ROW) return null
      const words = `${LOST_IN_A_ROW} requests in a row got no answer to rely on (${wordsIn(fault)})`
      return because(EXIT.temporary, `${words}. Verify again later.`)
    }
  }
}

/** What has to be known first is missing. A refusal is about the options of the target, anything else may pass. */
export function haltUnopened(fault: Fault): Halt {
  const exit = fault.kind === 'refused' ? EXIT.ok : EXIT.temporary
  const missing: Halt = { exit, rest: 'skipped', reason: fault.reason, message: `${wordsIn(fault)}.` }
  return haltAfter(fault, 0) ?? missing
}

/** With the HTTP status, and without a full stop. */
export function wordsIn({ http, message }: Fault): string {
  const text = message.replace(/\.$/, '')
  return http === null ? text : `HTTP ${http}: ${text}`
}
