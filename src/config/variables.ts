import type { ConfigProblem } from './problem.ts'
import { isMapping, type Mapping, type Path } from './tree.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Stands for a variable that is not needed, as in the sandbox; plain enough for any option. */
export const PLACEHOLDER = 'sandbox'

/** A text that is nothing but one variable. */
export const ONE_VARIABLE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/

/** `$${` first: it is the way to write `${` itself. */
const VARIABLE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{/g

/**
 * The tree with every `${NAME}` in its texts replaced by that environment variable, and a problem for each one that is
 * missing or empty. Keys are left alone. Where `mayMiss` holds the value does not matter, and nothing is missed.
 */
export function fillVariables(
  tree: Mapping,
  env: Environment,
  mayMiss: (path: Path) => boolean,
): { readonly tree: Mapping; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = []

  const fillText = (text: string, path: Path): string =>
    text.replace(VARIABLE, (match, name: string | undefined) => {
      if (match === '$${') return '${'
      const value = name !== undefined && Object.hasOwn(env, name) ? env[name] : undefined
      if (value) return value
      if (name === undefined || !mayMiss(path)) problems.push({ path, words: wordsFor(name, value), ...UNTOLD })
      return PLACEHOLDER
    })

  const fill = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return fillText(value, path)
    if (Array.isArray(value)) return value.map((entry, at) => fill(entry, [...path, at]))
    return isMapping(value) ? fillMapping(value, path) : value
  }

  const fillMapping = (mapping: Mapping, path: Path): Mapping =>
    Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, fill(value, [...path, key])]))

  return { tree: fillMapping(tree, []), problems }
}

/** The names of the variables in the texts of a tree, in their order. */
export function variablesIn(written: unknown): string[] {
  const text = JSON.stringify(written) ?? ''
  return [...text.matchAll(VARIABLE)].flatMap(([, name]) => (name === undefined ? [] : [name]))
}

const UNTOLD = { found: 'untold', meant: null } as const

function wordsFor(name: string | undefined, value: string | undefined): string {
  if (name === undefined) return `expected the name of a variable, as in \${NAME}; a literal \${ is written $\${`
  return `the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}`
}
