import { findingShape, outcomeShape, rejectionLineShape, stepShape } from '../document/shapes.ts'
import type { Document, Reporter } from '../reporter.ts'
import { row } from '../text/row.ts'
import { guarded } from './csv/guarded.ts'

/**
 * The lines of `ndjson` as a table: the same keys in the same order, null as an empty cell, the changes of a step as JSON.
 * RFC 4180: comma, CRLF. Begins with a byte order mark, without which Excel takes UTF-8 for the code page of the machine.
 */
export const csv: Reporter = {
  format: 'csv',
  extensions: ['.csv'],
  kinds: ['report', 'plan', 'check', 'verify'],
  render,
}

const OUTCOME = [
  'target',
  'code',
  'key',
  'status',
  'images',
  'attempts',
  'batch',
  'http',
  'requestId',
  'remoteId',
  'reason',
  'message',
  'source',
] as const
const STEP = ['target', 'code', 'key', 'action', 'changes', 'reason', 'message', 'source'] as const
const REJECTION = [...OUTCOME, 'fix'] as const
const FINDING = [
  'target',
  'code',
  'key',
  'status',
  'rank',
  'foundRank',
  'expected',
  'found',
  'repair',
  'reason',
  'message',
  'source',
] as const

function render(document: Document): Iterable<string> {
  switch (document.kind) {
    case 'report':
      return table(OUTCOME, document.outcomes(), outcomeShape)
    case 'plan':
      return table(STEP, document.steps(), stepShape)
    case 'check':
      return table(REJECTION, document.rejections(), rejectionLineShape)
    case 'verify':
      return table(FINDING, document.findings(), findingShape)
  }
}

type Shape<T> = (value: T) => Readonly<Record<string, unknown>>

function* table<T>(columns: readonly string[], values: Iterable<T>, shape: Shape<T>): Generator<string> {
  yield `\ufeff${line(columns)}`
  for (const value of values) {
    const cells = shape(value)
    yield line(columns.map(column => cellOf(cells[column])))
  }
}

function line(cells: readonly string[]): string {
  return row(cells, ',', '\r\n')
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  return guarded(typeof value === 'string' ? value : JSON.stringify(value))
}
