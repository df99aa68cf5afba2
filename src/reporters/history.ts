import type { Explanation, RunsReport } from '../model/history.ts'
import { explanationShape, listedRunShape } from './document/history-shapes.ts'
import { explainTable } from './formats/table/explain.ts'
import { runsTable } from './formats/table/runs.ts'
import type { Look } from './reporter.ts'
import { jsonText } from './text/json-text.ts'

/** What is told of past runs: for people and programs, not for reports of a build. */
export type HistoryDocument = RunsReport | Explanation

/** One way to show it; the same names and promises as of reporters. */
export interface HistoryFormat {
  readonly format: string
  readonly kinds: readonly HistoryDocument['kind'][]
  render(document: HistoryDocument, look: Look): Iterable<string>
}

/** The default first. */
export const HISTORY_FORMATS: readonly HistoryFormat[] = [
  { format: 'table', kinds: ['runs', 'explain'], render: table },
  { format: 'json', kinds: ['runs', 'explain'], render: json },
  { format: 'ndjson', kinds: ['runs'], render: ndjson },
]

function table(document: HistoryDocument, look: Look): Iterable<string> {
  return document.kind === 'runs' ? runsTable(document, look) : explainTable(document, look)
}

function* json(document: HistoryDocument): Generator<string> {
  if (document.kind === 'runs') {
    const { at, ledger, runs, exitCode, notices } = document
    yield* object('assetsync.runs/1', { at, ledger }, 'runs', runs.map(listedRunShape), { exitCode, notices })
    return
  }
  const { targets, exitCode, notices, ...head } = explanationShape(document)
  yield* object('assetsync.explain/1', head, 'targets', targets, { exitCode, notices })
}

/** One object; its list has one line each, so that grep works. */
function* object(
  schema: string,
  head: object,
  name: string,
  list: readonly unknown[],
  tail: object,
): Generator<string> {
  yield `{"schema":${jsonText(schema)}`
  for (const [key, value] of Object.entries(head)) yield `,\n"${key}":${jsonText(value)}`
  yield `,\n"${name}":[${list.map((each, at) => `${at === 0 ? '' : ','}\n${jsonText(each)}`).join('')}\n]`
  for (const [key, value] of Object.entries(tail)) yield `,\n"${key}":${jsonText(value)}`
  yield '\n}\n'
}

function* ndjson(document: HistoryDocument): Generator<string> {
  if (document.kind === 'runs') for (const run of document.runs) yield `${jsonText(listedRunShape(run))}\n`
}
