import { secretNames, z } from '../lib/schema.ts'
import { nearest } from '../lib/text.ts'
import type { Target } from '../targets/target.ts'
import { type Checked, check, oneOf } from './check.ts'
import type { ConfiguredTarget } from './config.ts'
import type { ConfigProblem } from './problem.ts'
import { asNumber, settingsSchema, toSettings } from './settings.ts'
import { isMapping, type Mapping, type Path, valueAt } from './tree.ts'

/** What one entry under `targets` says, with the target of its type; the type is the entry's name unless it says another. */
export function configureTarget(name: string, entry: unknown, types: readonly Target[]): Checked<ConfiguredTarget> {
  const path = ['targets', name]
  const refuse = (...problems: ConfigProblem[]) => ({ ok: false, problems }) as const

  // Names are printed, stored and given on command lines as comma lists.
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) {
    const words = 'expected a name that starts with a letter or digit and goes on with those or . _ -'
    return refuse({ path, words, found: 'untold', meant: null })
  }
  if (!isMapping(entry)) return refuse({ path, words: 'expected a mapping of keys', found: 'kind', meant: null })
  const target = types.find(candidate => candidate.type === typeOf(name, entry))
  return target ? readEntry(name, entry, target) : refuse(unknownType(name, entry, types))
}

export function typeOf(name: string, { type }: Mapping): unknown {
  return type ?? name
}

/** True for the path of a secret option in this configuration. */
export function isSecret([section, name, key]: Path, tree: Mapping, types: readonly Target[]): boolean {
  const entry = valueAt(tree, [String(section), String(name)])
  if (section !== 'targets' || !isMapping(entry)) return false
  const target = types.find(({ type }) => type === typeOf(String(name), entry))
  return target !== undefined && secretNames(target.options).includes(String(key))
}

function readEntry(name: string, { type: _, ...entry }: Mapping, target: Target): Checked<ConfiguredTarget> {
  const path = ['targets', name]
  const schema = settingsSchema(target)
  const settingKeys = Object.keys(schema.shape)
  const secretKeys = secretNames(target.options)
  const values = Object.entries(entry)
  const ofSettings = values
    .filter(([key]) => settingKeys.includes(key))
    .map(([key, value]) => [key, asNumber(key, value)])
  const ofOptions = values.filter(([key]) => !settingKeys.includes(key))

  const settings = check(schema, Object.fromEntries(ofSettings), { path })
  const place = { path, secretKeys, otherKeys: ['type', ...settingKeys] }
  const options = check(target.options, Object.fromEntries(ofOptions), place)
  if (!settings.ok || !options.ok) {
    return { ok: false, problems: [settings, options].flatMap(part => (part.ok ? [] : part.problems)) }
  }
  const secrets = secretKeys.map(key => valueAt(options.value, [key])).filter(value => typeof value === 'string')
  return {
    ok: true,
    value: { name, target, options: options.value, settings: toSettings(settings.value, target), secrets },
  }
}

function unknownType(name: string, entry: Mapping, types: readonly Target[]): ConfigProblem {
  const known = types.map(target => target.type)
  const written = entry.type !== undefined && entry.type !== null
  const type = typeOf(name, entry)
  return {
    path: written ? ['targets', name, 'type'] : ['targets', name],
    words: written ? `expected ${oneOf(known)}` : `expected a key "type", as its name is not ${oneOf(known)}`,
    found: written ? 'value' : 'untold',
    meant: typeof type === 'string' ? nearest(type, known) : null,
  }
}

/** The schema of one entry as a whole, for the JSON Schema. */
export function entrySchema(target: Target): z.ZodObject {
  const options = target.options instanceof z.ZodObject ? target.options.shape : {}
  const type = z.literal(target.type).optional().meta({ description: 'Target type. Default: the name of the entry.' })
  return z.strictObject({ type, ...options, ...settingsSchema(target).shape }).meta({ title: target.title })
}
