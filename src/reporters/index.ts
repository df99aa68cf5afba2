import { extname } from 'node:path'
import { json } from './json.ts'
import { ndjson } from './ndjson.ts'
import type { Reporter } from './reporter.ts'
import { table } from './table.ts'

/** All formats, the default first. A new one is a file and a line here. */
export const REPORTERS = [table, json, ndjson] as const satisfies readonly Reporter[]

/** The reporter of this name, or null when there is none. */
export function reporterFor(format: string): Reporter | null {
  return REPORTERS.find(reporter => reporter.format === format) ?? null
}

/** The format that the extension of a report file asks for, or null when it asks for none. */
export function formatOfFile(path: string): string | null {
  const extension = extname(path).toLowerCase()
  return REPORTERS.find(reporter => reporter.extensions.includes(extension))?.format ?? null
}
