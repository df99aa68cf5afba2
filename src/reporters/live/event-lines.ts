import { duration, plural, printable } from '../../lib/text.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Look } from '../reporter.ts'
import { badge } from '../style.ts'

/** How much is said while a run goes on; a target that stops is always said. */
export interface Talk {
  readonly quiet: boolean
  readonly verbose: boolean
}

/** The line that the event is worth on its own, or null. */
export function eventLine(event: RunEvent, talk: Talk, look: Pick<Look, 'color' | 'unicode'>): string | null {
  if (event.type === 'halted') {
    return `${badge(look, 'failed', 'stopped')}  ${printable(`${event.target}: ${event.message}`)}`
  }
  if (talk.quiet) return null
  if (event.type === 'warning') return `${badge(look, 'warning')}  ${printable(event.message)}`
  return talk.verbose ? detailLine(event) : null
}

function detailLine(event: RunEvent): string | null {
  if (event.type === 'read') {
    const lines = event.detected.flatMap(({ file, notes }) => notes.map(note => printable(`${file}: ${note}`)))
    return lines.length === 0 ? null : lines.join('\n')
  }
  if (event.type === 'request') {
    const answer = event.http === null ? 'no answer' : `HTTP ${event.http}`
    const facts = [answer, duration(event.durationMs), plural(event.bytes, 'byte')]
    return printable(`${event.target}  ${event.method} ${event.path}  ${facts.join('  ')}`)
  }
  if (event.type !== 'retry') return null
  const again = `retry ${event.attempt} in ${duration(event.waitMs)}`
  return printable(`${event.target}  ${again}  ${event.reason}: ${event.message}`)
}
