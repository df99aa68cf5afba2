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

/** What the problems are about, to tell people where to look. */
export interface Written {
  /** The merged configuration as it was written: variables are still names, so that no value of one is ever shown. */
  readonly tree: unknown
  /** Where the value at the path came from; null where there is no file. */
  origin(path: Path): Origin | null
}

export interface Origin {
  /** A config file as people know it, an option, a variable. */
  readonly name: string
  /** Counted from 1; null: no certain line. */
  readonly line: number | null
}

/** All problems of a configuration, a line each: foreign text in it is made printable piece by piece. */
export class ConfigError extends UsageError {}

/** All problems in one error, in the order of the places. */
export function configError(problems: readonly ConfigProblem[], written: Written): ConfigError {
  const placed = problems.map(problem => ({
    origin: written.origin(problem.path),
    text: describe(problem, written),
  }))
  const lines = new Set(placed.toSorted(byPlace).map(({ origin, text }) => `  ${formatOrigin(origin)}${text}`))
  return new ConfigError(`The configuration has ${plural(lines.size, 'problem')}:\n${[...lines].join('\n')}`, {
    fix: 'What a config holds: assetsync help config-files',
  })
}

interface Placed {
  readonly origin: Origin | null
  readonly text: string
}

function byPlace(a: Placed, b: Placed): number {
  const [left, right] = [a.origin?.name ?? '', b.origin?.name ?? '']
  if (left !== right) return left < right ? -1 : 1
  return (a.origin?.line ?? 0) - (b.origin?.line ?? 0) || (a.text < b.text ? -1 : 1)
}

function formatOrigin(origin: Origin | null): string {
  if (origin === null) return ''
  return `${printable(origin.name)}${origin.line === null ? '' : `:${origin.line}`}  `
}

function describe({ path, words, found, meant }: ConfigProblem, written: Written): string {
  const where = path.length === 0 ? 'the whole file' : truncate(printable(formatPath(path)), 120)
  const value = found === 'untold' ? '' : `, found ${describeFound(valueAt(written.tree, path), found)}`
  const suggestion = meant === null ? '' : `; did you mean "${meant}"?`
  return `${where}: ${words}${value}${suggestion}`
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
