import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'

type Segment = { readonly key: string } | { readonly index: number } | { readonly each: true }

/** A place in a JSON object, such as `sku`, `variants[0].sku` or `images[].src`. */
export interface JsonPath {
  /** All values there, in order; `[]` and arrays at the end give one value per element. */
  valuesIn(object: JsonObject): Json[]
  /** How far the path leads in the object, along its longest branch. */
  wayIn(object: JsonObject): Way
}

export interface Way {
  readonly steps: number
  /** A key is missing there. Where a list is empty or a value null, nothing speaks against the rest of the path. */
  readonly isBroken: boolean
}

/** A key that is spelled exactly like the whole path wins, so that keys with dots or brackets can be named too. */
export function jsonPath(text: string): JsonPath {
  const segments = parse(text)
  return {
    wayIn: object => wayIn(object, Object.hasOwn(object, text) ? [{ key: text }] : segments),
    valuesIn(object) {
      if (Object.hasOwn(object, text)) return spread(object[text])
      return segments
        .reduce<Json[]>((values, segment) => values.flatMap(value => step(value, segment)), [object])
        .flatMap(spread)
    },
  }
}

function parse(text: string): Segment[] {
  return text.split('.').flatMap(part => {
    const bracket = part.indexOf('[')
    const name = bracket === -1 ? part : part.slice(0, bracket)
    const brackets = bracket === -1 ? [] : [...part.slice(bracket).matchAll(/\[(\d*)\]/g)]
    const steps = brackets.map(([, index]) => (index === '' ? { each: true as const } : { index: Number(index) }))
    return name === '' ? steps : [{ key: name }, ...steps]
  })
}

function wayIn(value: Json, [segment, ...rest]: readonly Segment[]): Way {
  if (segment === undefined || value === null) return { steps: 0, isBroken: false }
  const next = step(value, segment)
  if (next.length === 0) return { steps: 0, isBroken: 'key' in segment || !Array.isArray(value) }
  const { steps, isBroken } = next.map(each => wayIn(each, rest)).reduce(longer)
  return { steps: steps + 1, isBroken }
}

/** Of two ways the one that leads further; of equal ones a broken one. */
export function longer(a: Way, b: Way): Way {
  if (a.steps !== b.steps) return a.steps > b.steps ? a : b
  return a.isBroken ? a : b
}

function step(value: Json, segment: Segment): Json[] {
  if ('key' in segment) {
    return isJsonObject(value) && Object.hasOwn(value, segment.key) ? present(value[segment.key]) : []
  }
  if (!Array.isArray(value)) return []
  return 'each' in segment ? [...value] : present(value[segment.index])
}

function spread(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value.flatMap(spread) : present(value)
}

function present(value: Json | undefined): Json[] {
  return value === undefined ? [] : [value]
}
