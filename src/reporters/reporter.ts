import type { CheckReport, PlanReport, Report } from '../model/report.ts'
import type { VerifyReport } from '../model/verification.ts'

/** What can be reported; `kind` tells which. */
export type Document = Report | PlanReport | CheckReport | VerifyReport

/** How the output may look. Formats for machines ignore it. */
export interface Look {
  /** Columns of the terminal; Infinity where nothing limits them. */
  readonly width: number
  readonly color: boolean
  /** Lists everything instead of the first of many. */
  readonly verbose: boolean
  /** Leaves out what nobody has to do anything about. @default false */
  readonly quiet?: boolean
  /** False: symbols are ASCII. Foreign text is shown as it is either way. */
  readonly unicode: boolean
}

/**
 * Turns a document into text. `render` is pure and streams: it yields pieces of text as it reads the document's lines,
 * which it may read several times but never holds.
 */
export interface Reporter {
  /** The name for `--format`. */
  readonly format: string
  /** Extensions of report files in this format, lower case with the dot; none for formats that are no files. */
  readonly extensions: readonly string[]
  /** What it can show. `render` is given nothing else. */
  readonly kinds: readonly Document['kind'][]
  render(document: Document, look: Look): Iterable<string>
}
