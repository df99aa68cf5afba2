import { extname } from 'node:path'
import { codeQuality, isCodeQualityFile } from './formats/code-quality.ts'
import { csv } from './formats/csv.ts'
import { html } from './formats/html.ts'
import { json } from './formats/json.ts'
import { junit } from './formats/junit.ts'
import { markdown } from './formats/markdown.ts'
import { ndjson } from './formats/ndjson.ts'
import { table } from './formats/table.ts'
import type { Reporter } from './reporter.ts'

/** All formats, the default first. A new one is a file and a line here. */
export const REPORTERS = [
  table,
  json,
  ndjson,
  csv,
  junit,
  html,
  markdown,
  codeQuality,
] as const satisfies readonly Reporter[]

/** The reporter of this name, or null when there is none. */
export function reporterFor(format: string): Reporter | null {
  return REPORTERS.find(reporter => reporter.format === format) ?? null
}

/** The format that the extension of a report file asks for, or null when it asks for none. */
export function formatOfFile(path: string): string | null {
  if (isCodeQualityFile(path)) return codeQuality.format
  const extension = extname(path).toLowerCase()
  return REPORTERS.find(reporter => reporter.extensions.includes(extension))?.format ?? null
}
