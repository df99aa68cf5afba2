import { isMapping, type Mapping, type Path } from './tree.ts'

/**
 * Values of command-line options and ASSETSYNC_* variables; they win over every file. They are checked like the files'
 * values, so numbers may come as they were typed.
 */
export interface Overrides {
  /** Feed arguments, as written. */
  readonly files?: readonly string[] | undefined
  readonly preset?: string | undefined
  readonly code?: string | undefined
  readonly images?: readonly string[] | undefined
  readonly position?: string | undefined
  readonly separator?: string | undefined
  readonly imageBaseUrl?: string | undefined
  readonly records?: string | undefined
  readonly delimiter?: string | undefined
  readonly encoding?: string | undefined
  readonly onBadImage?: string | undefined
  readonly concurrency?: number | string | undefined
  /** "10/min", "5/s" or "off". */
  readonly rate?: string | undefined
  readonly batchSize?: number | string | undefined
  /** Seconds. */
  readonly timeout?: number | string | undefined
  readonly retries?: number | string | undefined
  /** Seconds. */
  readonly maxWait?: number | string | undefined
}

const SETTINGS = ['concurrency', 'rate', 'batchSize', 'timeout', 'retries', 'maxWait']

/** Options that are not named like their key. */
const OPTIONS: Readonly<Record<string, string>> = {
  code: 'code-column',
  images: 'image-columns',
  position: 'position-column',
}

/** The config with the overrides in it: feed values once, settings in every target, above what `extra` gives for that target. */
export function override(
  tree: Mapping,
  overrides: Overrides,
  extra: (name: string, entry: Mapping) => Mapping,
): Mapping {
  const values = Object.entries(given(overrides))
  const settings = Object.fromEntries(values.filter(([key]) => SETTINGS.includes(key)))
  const feedValues = Object.fromEntries(values.filter(([key]) => !SETTINGS.includes(key)))
  const lay = (name: string, entry: unknown) =>
    isMapping(entry) ? { ...entry, ...extra(name, entry), ...settings } : entry
  const targets = isMapping(tree.targets)
    ? Object.fromEntries(Object.entries(tree.targets).map(([name, entry]) => [name, lay(name, entry)]))
    : tree.targets
  const feed = tree.feed ?? {}
  return { ...tree, feed: isMapping(feed) ? { ...feed, ...feedValues } : feed, targets }
}

/**
 * The option that the value at this path came from, or null when it came from elsewhere. `fromEnvironment`: the options, in
 * camel case, that have their value from their variable; null: it is not known which have.
 */
export function optionAt(
  path: Path,
  overrides: Overrides,
  fromEnvironment: ReadonlySet<string> | null = null,
): string | null {
  const key = keyOf(path)
  if (key === null || !Object.hasOwn(given(overrides), key)) return null
  if (key === 'files') return 'feed arguments'
  const option = OPTIONS[key] ?? key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  const variable = `ASSETSYNC_${option.replaceAll('-', '_').toUpperCase()}`
  if (fromEnvironment === null) return `--${option} or ${variable}`
  return fromEnvironment.has(option.replace(/-./g, ([, letter = '']) => letter.toUpperCase()))
    ? variable
    : `--${option}`
}

/** The override that can replace the value at this path. */
function keyOf([section, ...inside]: Path): string | null {
  const key = String(section === 'targets' ? inside[1] : inside[0])
  const home = SETTINGS.includes(key) ? 'targets' : 'feed'
  return section === home ? key : null
}

function given(overrides: Overrides): Mapping {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
}
