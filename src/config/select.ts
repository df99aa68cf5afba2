import { nearest } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'
import { isMapping, type Mapping } from './tree.ts'

/** What the sandbox uses when nothing is configured. */
const SANDBOX_TYPE = 'catalogix'

export interface Selection {
  /** Names given with --target; empty: all. */
  readonly only: readonly string[]
  readonly sandbox: boolean
  /** The types that exist. */
  readonly types: readonly string[]
}

/**
 * The config with the wanted targets only: what is wrong with the others is no matter of this run. In a sandbox without
 * configured targets the wanted names are types.
 */
export function selectTargets(tree: Mapping, { only, sandbox, types }: Selection): Mapping {
  const { targets } = tree
  if (targets !== undefined && targets !== null && !isMapping(targets)) return tree
  const configured = targets ?? {}
  const names = Object.keys(configured)
  if (sandbox && names.length === 0) {
    const wanted = only.length === 0 ? [SANDBOX_TYPE] : only
    mustExist(wanted, types, 'target type')
    return { ...tree, targets: Object.fromEntries(wanted.map(type => [type, {}])) }
  }
  mustExist(only, names, 'target')
  const wanted = Object.entries(configured).filter(([name]) => only.length === 0 || only.includes(name))
  return { ...tree, targets: Object.fromEntries(wanted.map(([name, entry]) => [name, entry ?? {}])) }
}

function mustExist(wanted: readonly string[], known: readonly string[], what: string): void {
  const missing = wanted.find(name => !known.includes(name))
  if (missing === undefined) return
  const meant = nearest(missing, known)
  const suggestion = meant === null ? '' : `Did you mean "${meant}"? `
  throw new UsageError(`There is no ${what} "${missing}".`, {
    fix: known.length === 0 ? 'No target is configured.' : `${suggestion}There is: ${known.join(', ')}.`,
  })
}
