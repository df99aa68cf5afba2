import type { Argument } from './declaration.ts'

export const FEEDS: Argument = {
  words: '[feed...]',
  description: 'CSV, TSV, JSON, NDJSON or XML: files, globs, http(s) addresses, or - for standard input',
}
