import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { formatRate } from '../model/rate.ts'
import { TARGETS } from '../targets/index.ts'
import type { Config, ConfiguredTarget } from './config.ts'
import { isSecret } from './configure-target.ts'
import { type ConfigRequest, resolveConfig } from './load.ts'
import type { Origin } from './problem.ts'
import { type Path, valueAt } from './tree.ts'
import { ONE_VARIABLE, PLACEHOLDER, variablesIn } from './variables.ts'

/** One value of the effective configuration. */
export interface Setting {
  readonly path: Path
  /** What is in force. Of a secret, and where a variable is missing: as it was written, with asterisks for a secret itself. */
  readonly value: Json
  readonly isSecret: boolean
  /** The variables that it is made from. */
  readonly variables: readonly string[]
  /** One of them is missing or empty. */
  readonly isMissing: boolean
  /** Null: the default. */
  readonly origin: Origin | null
}

export interface Inspection {
  /** The config files, the stronger one first. */
  readonly files: readonly string[]
  /** In the order of the config: the feed, hosts, every target. */
  readonly settings: readonly Setting[]
  /** The values that must not be printed, wherever they turn up. */
  readonly secrets: readonly string[]
}

const MASK = '****'

/** The effective configuration value by value, with where each is from. Variables may be missing where that harms nothing. */
export async function inspectConfig(request: ConfigRequest): Promise<Inspection> {
  const lenient = resolveConfig({ ...request, withoutVariables: true })
  const { config, files, tree, origin } = await lenient.catch(() => resolveConfig(request)) // names what is missing
  const settings = leaves(treeOf(config)).map(([path, value]): Setting => {
    const written = valueAt(tree, path)
    const variables = variablesIn(written)
    const isMissing = variables.some(name => !(Object.hasOwn(request.env, name) && request.env[name]))
    const secret = isSecret(path, tree, TARGETS)
    const shown = secret ? withoutSecret(written) : isMissing ? asJson(written) : value
    return { path, value: shown, isSecret: secret, variables, isMissing, origin: origin(path) }
  })
  const secrets = config.targets.flatMap(target => target.secrets).filter(secret => secret !== PLACEHOLDER)
  return { files, settings, secrets }
}

/** The configuration as one would write it. */
function treeOf({ feed, allowHosts, targets }: Config): JsonObject {
  return {
    feed: { ...feed },
    allowHosts,
    targets: Object.fromEntries(targets.map(target => [target.name, entryOf(target)])),
  }
}

function entryOf({ target, options, settings }: ConfiguredTarget): JsonObject {
  const { rate, ...others } = settings
  return { type: target.type, ...(isJsonObject(options) ? options : {}), ...others, rate: formatRate(rate) }
}

/** Every value that is no mapping, and mappings that are empty. */
function leaves(node: Json, path: Path = []): [Path, Json][] {
  const keys = isJsonObject(node) ? Object.keys(node) : []
  if (!isJsonObject(node) || keys.length === 0) return [[path, node]]
  return keys.flatMap(key => leaves(node[key] ?? null, [...path, key]))
}

function asJson(written: unknown): Json {
  return JSON.parse(JSON.stringify(written))
}

/** Only a text that is nothing but a variable tells nothing of the secret. */
function withoutSecret(written: unknown): Json {
  if (written === undefined || written === null) return null
  return typeof written === 'string' && ONE_VARIABLE.test(written) ? written : MASK
}
