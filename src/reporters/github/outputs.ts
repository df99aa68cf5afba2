import { randomHex } from '../../lib/hash.ts'
import { tallyOf } from '../document/tally.ts'
import type { Document } from '../reporter.ts'

export interface RunResult {
  readonly exitCode: number
  /** Absolute paths of the report files that were written. */
  readonly reports: readonly string[]
}

/**
 * What later steps can read as `steps.<id>.outputs.<name>`, as the lines of $GITHUB_OUTPUT: the totals of all targets together,
 * `run`, `exit-code`, `report` (the first one) and `reports` (one per line).
 */
export function outputLines(document: Document, { exitCode, reports }: RunResult): string {
  const values: readonly (readonly [string, string | number])[] = [
    ['run', document.run.id],
    ['exit-code', exitCode],
    ...totalsOf(document),
    ['report', reports[0] ?? ''],
    ['reports', reports.join('\n')],
  ]
  return values.map(([name, value]) => outputLine(name, String(value))).join('')
}

function totalsOf(document: Document): readonly (readonly [string, number])[] {
  if (document.kind === 'check') {
    const { products, rejected } = document.selected
    return Object.entries({ products, rejected })
  }
  return [...tallyOf(document)]
}

/** A text with line breaks stands between two lines that nobody can guess, so that it cannot forge another output. */
function outputLine(name: string, value: string): string {
  if (!/[\r\n]/.test(value)) return `${name}=${value}\n`
  const delimiter = `end-${randomHex(16)}`
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}
