import { nearest } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { splitCell } from './cell.ts'
import type { Binding, Mapping, Reading } from './mapping.ts'
import { type JsonPath, jsonPath } from './path.ts'
import { PathWatch } from './path-watch.ts'
import { columnPattern, matchNames } from './pattern.ts'
import { usualAddress, usualCode, usualImages, usualPosition } from './usual-names.ts'

/** Decides from the first object of a file where code and images are. Nothing to go by is a FeedError. */
export function bindObjects(file: string, first: JsonObject, mapping: Mapping): Binding {
  const keys = Object.keys(first)
  const mayGuessImages = mapping.guess && mapping.images.length === 0
  const code = mapping.code ?? (mapping.guess ? usualCode(keys) : null)
  if (code === null) throw noKey(file, keys, 'product code', '--code-column')
  const images = mayGuessImages ? usualPaths(first) : mapping.images
  if (images.length === 0) throw noKey(file, keys, 'images', '--image-columns')
  const position = mapping.position ?? (mayGuessImages ? usualPosition(keys) : null)

  const codePath = jsonPath(code)
  const imagePaths = images.map(name => (name.includes('*') ? patternPath(name) : jsonPath(name)))
  const positionPath = position === null ? null : jsonPath(position)
  const fieldPaths = mapping.fields.map(name => [name, jsonPath(name)] as const)
  const optionalPaths = mapping.optionalFields.map(name => [name, jsonPath(name)] as const)
  const textOfImage = mayGuessImages ? addressIn : imageText
  const watches = [
    new PathWatch(code, [codePath]),
    new PathWatch(images.join(', '), imagePaths),
    ...(position === null || positionPath === null ? [] : [new PathWatch(position, [positionPath])]),
    ...fieldPaths.map(([name, path]) => new PathWatch(name, [path])),
  ]
  return {
    notes: [`code: ${code}`, `images: ${images.join(', ')}`, ...(position === null ? [] : [`position: ${position}`])],
    read(record) {
      const value = 'value' in record ? record.value : {}
      for (const watch of watches) watch.see(value)
      const texts = imagePaths.flatMap(path => path.valuesIn(value)).map(textOfImage)
      return {
        place: record.place,
        ...codeOf(codePath.valuesIn(value)[0]),
        images: texts.flatMap(text => splitCell(text, mapping.separator)),
        positions: positionPath?.valuesIn(value).map(textOf) ?? [],
        fields: Object.fromEntries([
          ...fieldPaths.map(([name, path]) => [name, textOf(path.valuesIn(value)[0])]),
          ...optionalPaths.flatMap(([name, path]) =>
            path
              .valuesIn(value)
              .slice(0, 1)
              .map(found => [name, textOf(found)]),
          ),
        ]),
        blank: Object.keys(value).length === 0,
      }
    },
    end() {
      const wrong = watches.find(watch => watch.leadsNowhere)
      if (wrong !== undefined) throw noSuchPath(file, wrong.name, keys)
    },
  }
}

/** The values of all keys that match. */
function patternPath(name: string): JsonPath {
  const pattern = columnPattern(name)
  const keysIn = (object: JsonObject) => matchNames(pattern, Object.keys(object))
  return {
    valuesIn: object => keysIn(object).flatMap(key => jsonPath(key.name).valuesIn(object)),
    wayIn: object => ({ steps: 0, isBroken: keysIn(object).length === 0 }),
  }
}

function usualPaths(first: JsonObject): string[] {
  return usualImages(Object.keys(first)).map(({ name }) => {
    const value = first[name]
    const element = Array.isArray(value) ? value[0] : undefined
    if (!isJsonObject(element)) return name
    const address = usualAddress(Object.keys(element))
    return address === null ? name : `${name}[].${address}`
  })
}

/** The first object of a file may have no image to show how images are described. */
function addressIn(value: Json): string {
  const address = isJsonObject(value) ? usualAddress(Object.keys(value)) : null
  return imageText(address !== null && isJsonObject(value) ? (value[address] ?? null) : value)
}

/** What is not a text is shown as it is, so that it is refused as an image with words, never dropped in silence. */
function imageText(value: Json): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A number beyond 2^53, or with a fraction, is no longer the code that was written in the feed. */
function codeOf(value: Json | undefined): Pick<Reading, 'code' | 'badCode'> {
  const code = textOf(value)
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    return { code, badCode: `The code ${code} is a number that JSON cannot hold exactly. Write it as text: "…".` }
  }
  if (!code.isWellFormed() || code.includes('\0')) {
    return {
      code,
      badCode: 'The code holds a NUL or half a character, which no system can store. Correct it in the feed.',
    }
  }
  return { code, badCode: null }
}

/** Trimmed; only texts and numbers can be meant. */
function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' ? String(value) : ''
}

function noKey(file: string, keys: readonly string[], what: string, option: string): FeedError {
  return new FeedError(`Nothing in the first object of ${file} is known to hold the ${what}.`, {
    fix: `Name it with ${option}, for example "images[].src". The object has: ${keys.join(', ')}.`,
  })
}

function noSuchPath(file: string, name: string, keys: readonly string[]): FeedError {
  const near = nearest(name, keys)
  return new FeedError(`No object in ${file} has "${name}".`, {
    fix: `${near === null ? '' : `Did you mean "${near}"? `}The first object has: ${keys.join(', ')}.`,
  })
}
