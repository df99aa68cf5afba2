import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { TARGETS } from '../targets/index.ts'
import { isUnknownKey } from './check.ts'
import type { Config } from './config.ts'
import { typeOf } from './configure-target.ts'
import { emulated, type SandboxOptions } from './emulated.ts'
import type { ConfigFile } from './file.ts'
import { type ConfigPlace, findFiles } from './find.ts'
import { type Overrides, optionAt, override } from './overrides.ts'
import { type ConfigProblem, configError, type Origin } from './problem.ts'
import { checkConfig } from './schema.ts'
import { selectTargets } from './select.ts'
import { formatPath, type Mapping, overlay, type Path, valueAt } from './tree.ts'
import { fillVariables } from './variables.ts'

export interface ConfigRequest extends ConfigPlace {
  readonly sandbox: boolean
  /** Needed with `sandbox`: every target goes to its emulator, whatever the files say. */
  readonly sandboxOptions?: SandboxOptions
  /** --target: names of configured targets; empty: all. */
  readonly only: readonly string[]
  readonly overrides: Overrides
  /** Options, in camel case, whose value is from a variable; default: not known. */
  readonly fromEnvironment?: ReadonlySet<string>
  /** To look at it only: variables may be missing, and something stands in for them. Default: false. */
  readonly withoutVariables?: boolean
}

/** A configuration with where it came from. */
export interface Resolved {
  readonly config: Config
  /** The config files that were found, the stronger one first; as people know them. */
  readonly files: readonly string[]
  /** As it was written, overrides included: variables are still names. */
  readonly tree: Mapping
  /** Where the value at the path came from; null: it is a default. */
  origin(path: Path): Origin | null
}

const GLOB = /[*?[\]{}()|]/

/** The files that were found, the stronger one first. */
type Layers = readonly ConfigFile[]

/**
 * The effective configuration: overrides over the project's file over the user's file over defaults. Throws one ConfigError
 * with all problems. No file at all is no problem: then there are no targets.
 */
export async function loadConfig(request: ConfigRequest): Promise<Config> {
  return (await resolveConfig(request)).config
}

/** The same, with where every value came from. */
export async function resolveConfig(request: ConfigRequest): Promise<Resolved> {
  const { cwd, env, only, overrides, sandbox, sandboxOptions = {} } = request
  const { project, user } = await findFiles(request)
  const layers = [project, user].filter(layer => layer !== null)
  const merged = overlay(user?.tree ?? {}, project?.tree ?? {})

  const types = TARGETS.map(({ type }) => type)
  const written = selectTargets(merged, { only, sandbox, types })
  const isMoot = (path: Path) =>
    request.withoutVariables === true || (sandbox && path[0] === 'targets') || optionAt(path, overrides) !== null
  const filled = fillVariables(written, env, isMoot)
  const emulate = (name: string, entry: Mapping) => emulated(typeOf(name, entry), types, sandboxOptions)
  const overridden = (tree: Mapping) => override(tree, overrides, sandbox ? emulate : () => ({}))
  const checked = checkConfig(overridden(filled.tree), TARGETS)

  const origin = (path: Path) => originOf(path, layers, request)
  const problems = together(filled.problems, checked.ok ? [] : checked.problems)
  if (!checked.ok || problems.length > 0) {
    throw configError(problems, { tree: overridden(written), origin: path => nearestOrigin(path, origin) })
  }
  const { feed, ...rest } = checked.value
  const base = layerWith(['feed', 'files'], layers)?.path
  const files = overrides.files ?? feed.files.map(name => (base ? absolute(name, dirname(base)) : name))
  const folder = project === null ? cwd : dirname(project.path)
  return {
    config: { file: project?.path ?? null, folder, feed: { ...feed, files }, ...rest },
    files: layers.map(({ path }) => nameOf(path, cwd)),
    tree: overridden(written),
    origin,
  }
}

function originOf(
  path: Path,
  layers: Layers,
  { cwd, overrides, fromEnvironment }: Pick<ConfigRequest, 'cwd' | 'overrides' | 'fromEnvironment'>,
): Origin | null {
  const option = optionAt(path, overrides, fromEnvironment ?? null)
  if (option !== null) return { name: option, line: null }
  const layer = layerWith(path, layers)
  return layer === null ? null : { name: nameOf(layer.path, cwd), line: layer.line(path) }
}

/** Of what is missing: where it would have to stand. */
function nearestOrigin(path: Path, origin: (path: Path) => Origin | null): Origin | null {
  return origin(path) ?? (path.length === 0 ? null : nearestOrigin(path.slice(0, -1), origin))
}

/** Files below the working directory by their way from there. */
function nameOf(path: string, cwd: string): string {
  const way = relative(cwd, path)
  return way.startsWith('..') || isAbsolute(way) ? path : way
}

/**
 * A value whose variable is missing is not told a second time for what stands in its place. Under a key that is unknown, the variable
 * would be set in vain: then only the key is told.
 */
function together(missing: readonly ConfigProblem[], wrong: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const unknown = wrong.filter(isUnknownKey)
  return [
    ...missing.filter(isNew(unknown)),
    ...unknown,
    ...wrong.filter(each => !isUnknownKey(each)).filter(isNew(missing)),
  ]
}

function isNew(told: readonly ConfigProblem[]): (problem: ConfigProblem) => boolean {
  const paths = told.map(({ path }) => formatPath(path))
  return ({ path }) => !paths.includes(formatPath(path))
}

function layerWith(path: Path, layers: Layers): ConfigFile | null {
  return layers.find(layer => valueAt(layer.tree, path) !== undefined) ?? null
}

/** Standard input and addresses are no paths. In a glob only the part from the config file is a pattern, not the folder. */
function absolute(name: string, folder: string): string {
  if (name === '-' || /^https?:\/\//i.test(name) || isAbsolute(name)) return name
  return resolve(GLOB.test(name) ? folder.replace(new RegExp(GLOB, 'g'), '\\$&') : folder, name)
}
