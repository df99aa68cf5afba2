import { plural, printable, truncate } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'
import { formatPath, isMapping, type Path, valueAt } from './tree.ts'

/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  readonly path: Path
  /** What was expected, as words: "expected a whole number", "must contain {rank}". */
  readonly words: string
  /** How what was found is told: itself, only what kind it is, only whether there is something, or not at all. */
  readonly found: 'value' | 'kind' | 'hidden' | 'untold'
  /** The key or word that was probably meant. */
  readonly meant: string | null
}

/** Where the configuration came from, to tell people where to look. */
export interface Written {
  /** The strongest config file, which most problems are in. */
  readonly file: string | null
  /** The merged configuration as it was written: variables are still names, so that no value of one is ever shown. */
  readonly tree: unknown
  /** The file or option that the value came from. */
  origin(path: Path): string | null
}

/** All problems in one error, a line each. */
export function configError(problems: readonly ConfigProblem[], written: Written): UsageError {
  const place = written.file === null ? '' : ` (${written.file})`
  const lines = [...new Set(problems.map(problem => `  ${describe(problem, written)}`))].toSorted()
  return new UsageError(`The configuration has ${plural(lines.length, 'problem')}${place}:\n${lines.join('\n')}`, {
    fix: 'Every key is explained in .assetsyncrc.example.',
  })
}

function describe({ path, words, found, meant }: ConfigProblem, written: Written): string {
  const where = path.length === 0 ? 'the whole file' : truncate(printable(formatPath(path)), 120)
  const value = found === 'untold' ? '' : `, found ${describeFound(valueAt(written.tree, path), found)}`
  const suggestion = meant === null ? '' : `; did you mean "${meant}"?`
  const origin = written.origin(path)
  const place = origin === null || origin === written.file ? '' : ` [${origin}]`
  return `${where}: ${words}${value}${suggestion}${place}`
}

function describeFound(value: unknown, how: 'value' | 'kind' | 'hidden'): string {
  if (value === undefined || value === null) return 'nothing'
  if (how === 'hidden') return 'a hidden value'
  if (Array.isArray(value)) return 'a list'
  if (isMapping(value)) return 'a mapping'
  if (typeof value === 'object') return value instanceof Date ? 'a date' : 'binary data'
  if (how === 'kind') return typeof value === 'string' ? 'text' : `a ${typeof value}`
  return typeof value === 'string' ? quote(value) : String(value)
}

function quote(text: string): string {
  // Addresses may hold credentials before an @ or in a query.
  const harmless = printable(text)
    .replace(/\/\/.*@/, '//…@')
    .replace(/(\/\/.*[?#]).+/, '$1…')
  return `"${truncate(harmless, 60)}"${/\$\{/.test(text) ? ' with its variables filled in' : ''}`
}
