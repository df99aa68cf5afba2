/** Keys and indexes that lead to a value: `['feed', 'images', 0]`. */
export type Path = readonly (string | number)[]

/** Keys with values as a config file has them. A key may be any text, `__proto__` included. */
export interface Mapping {
  readonly [key: string]: unknown
}

/** True for `{…}` only: YAML also makes dates, which are objects too. */
export function isMapping(value: unknown): value is Mapping {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The value at the path, undefined where there is none. */
export function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    return (isMapping(value) || Array.isArray(value)) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
  }, tree)
}

/** `over` laid over `base`, key by key; lists are replaced. A section without content leaves the one below as it is. */
export function overlay(base: Mapping, over: Mapping): Mapping {
  const keys = new Set([...Object.keys(base), ...Object.keys(over)])
  return Object.fromEntries([...keys].map(key => [key, layValue(valueAt(base, [key]), valueAt(over, [key]))]))
}

function layValue(below: unknown, above: unknown): unknown {
  if (isMapping(below) && isMapping(above)) return overlay(below, above)
  return above === undefined || (above === null && isMapping(below)) ? below : above
}

/** `targets.catalogix.channel`, `feed.images[0]`, `targets["my shop"]`. */
export function formatPath(path: Path): string {
  return path.map(formatStep).join('').replace(/^\./, '')
}

function formatStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`
  return /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
}
