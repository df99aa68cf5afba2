import { z } from '../lib/schema.ts'
import { nearest, printable } from '../lib/text.ts'
import type { ConfigProblem } from './problem.ts'
import { type Path, valueAt } from './tree.ts'

/** The value as its schema made it, or everything that is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

export interface Place {
  /** Where the value is in the configuration. */
  readonly path: Path
  /** Keys of the value that hold secrets. */
  readonly secretKeys?: readonly string[]
  /** Keys that are allowed beside the schema's own, for suggestions. */
  readonly otherKeys?: readonly string[]
}

type Issue = z.core.$ZodIssue

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
}

/** Checks the value against the schema, in words for people who do not know the schema. */
export function check<T>(schema: z.ZodType<T>, value: unknown, place: Place): Checked<T> {
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, problems: result.error.issues.flatMap(issue => explain(issue, schema, value, place)) }
}

function explain(issue: Issue, schema: z.ZodType, value: unknown, place: Place): ConfigProblem[] {
  const inside = issue.path.map(step => (typeof step === 'number' ? step : String(step)))
  const path = [...place.path, ...inside]
  if (issue.code === 'unrecognized_keys') {
    const known = [...keysAt(schema, inside), ...(inside.length === 0 ? (place.otherKeys ?? []) : [])]
    return issue.keys.map(key => unknownKey([...path, key], key, known))
  }
  const found = valueAt(value, inside)
  const wrongKind = issue.code === 'invalid_type' && ['object', 'record', 'array'].includes(issue.expected)
  const secret = place.secretKeys?.includes(String(inside[0])) === true
  const meant = issue.code === 'invalid_value' && typeof found === 'string' ? nearest(found, texts(issue.values)) : null
  return [{ path, words: expectation(issue, found), found: secret ? 'hidden' : wrongKind ? 'kind' : 'value', meant }]
}

/** Nothing may stand there at all. */
export function isUnknownKey({ words }: ConfigProblem): boolean {
  return words.startsWith(UNKNOWN_KEY)
}

const UNKNOWN_KEY = 'unknown key'

function unknownKey(path: Path, key: string, known: readonly string[]): ConfigProblem {
  const meant = nearest(key, known)
  const words = meant === null ? `${UNKNOWN_KEY}, expected one of ${known.map(printable).join(', ')}` : UNKNOWN_KEY
  return { path, words, found: 'untold', meant }
}

function expectation(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kind(issue.expected, found)}`
    case 'invalid_value':
      return `expected ${oneOf(texts(issue.values))}`
    case 'too_small':
      if (issue.origin === 'string') return 'expected text that is not empty'
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
    case 'too_big':
      return `expected at most ${issue.maximum}`
    default:
      return issue.message
  }
}

/** YAML reads 0123, true and 2026-01-31 as something else than text; only quotes keep them as written. */
function kind(expected: string, found: unknown): string {
  const unquoted = expected === 'string' && (['number', 'boolean'].includes(typeof found) || found instanceof Date)
  return unquoted ? 'text in quotes' : (KINDS[expected] ?? expected)
}

/** `one of "auto", "none"`, or the only word there is. */
export function oneOf(words: readonly string[]): string {
  return `${words.length === 1 ? '' : 'one of '}${words.map(word => `"${word}"`).join(', ')}`
}

function texts(values: readonly unknown[]): string[] {
  return values.map(String)
}

/** The keys that the schema knows at the path inside it. */
function keysAt(schema: unknown, path: Path): string[] {
  const here = unwrap(schema)
  const [step, ...rest] = path
  if (here instanceof z.ZodArray) return keysAt(here.element, rest)
  if (!(here instanceof z.ZodObject)) return []
  return step === undefined ? Object.keys(here.shape) : keysAt(here.shape[String(step)], rest)
}

function unwrap(schema: unknown): unknown {
  const wrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  return wrapped ? unwrap(schema.unwrap()) : schema
}
