import { nearest } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { atMediaBase, splitCell } from './cell.ts'
import { groupReader } from './group-reader.ts'
import { chooseKeys } from './keys.ts'
import type { Binding, Mapping, Reading } from './mapping.ts'
import { type JsonPath, jsonPath } from './path.ts'
import { PathWatch } from './path-watch.ts'
import { columnPattern, matchNames } from './pattern.ts'
import { usualAddress } from './usual-names.ts'

/**
 * Decides from a sample of a file's objects how its records are read. Nothing to go by is a FeedError.
 *
 * @param common the keys that all of these objects have; default: all of the sample
 */
export function bindObjects(
  file: string,
  sample: JsonObject,
  mapping: Mapping,
  common: readonly string[] = Object.keys(sample),
): Binding {
  const chosen = chooseKeys(file, sample, mapping, common)
  const { codes, images, position, separator, mediaBase, group, required } = chosen
  const pathOf = (name: string) => (name.includes('*') ? patternPath(name) : jsonPath(name))
  const codePaths = codes.map(jsonPath)
  const imagePaths = images.map(pathOf)
  const positionPath = position === null ? null : jsonPath(position)
  const groupPath = group === null ? null : jsonPath(group.key)
  const readGroup = group === null ? null : groupReader(file, group)
  const fieldPaths = mapping.fields.map(name => [name, jsonPath(name)] as const)
  const optionalPaths = mapping.optionalFields.map(name => [name, jsonPath(name)] as const)
  const textOfImage = chosen.isGuessed ? addressIn : imageText
  const watched = (names: readonly string[]) => names.filter(name => required.includes(name))
  const watches = [
    ...watched(codes).map(name => new PathWatch(name, [jsonPath(name)])),
    ...(watched(images).length === 0 ? [] : [new PathWatch(images.join(', '), imagePaths)]),
    ...watched(position === null ? [] : [position]).map(name => new PathWatch(name, [jsonPath(name)])),
    ...fieldPaths.map(([name, path]) => new PathWatch(name, [path])),
  ]
  return {
    kind: 'path',
    notes: [
      ...(chosen.preset === null ? [] : [chosen.preset]),
      `images: ${images.join(', ')}`,
      ...(position === null ? [] : [`position: ${position}`]),
      ...(mediaBase === null ? [] : [`media base: ${mediaBase}`]),
    ],
    codes,
    imageBaseUrl: chosen.imageBaseUrl,
    groupImages: group?.images ?? null,
    read(record) {
      const value = 'value' in record ? record.value : {}
      for (const watch of watches) watch.see(value)
      const codeValues = codePaths.map(path => path.valuesIn(value))
      const texts = imagePaths.flatMap(path => path.valuesIn(value)).map(textOfImage)
      const groupText = groupPath === null || readGroup === null ? '' : readGroup(textOf(groupPath.valuesIn(value)[0]))
      const pieces = texts.flatMap(text => splitCell(text, separator)).map(text => atMediaBase(text, mediaBase))
      return {
        place: record.place,
        // A code that names the group as well holds for all records of it.
        codes: codeValues.map((values, at) => {
          const texts = codes[at] === group?.key && group?.starts === undefined ? [groupText] : values.map(textOf)
          return [...new Set(texts.filter(text => text !== ''))]
        }),
        badCode: badNumber(codeValues.find(values => values.some(each => textOf(each) !== '')) ?? []),
        group: groupText,
        images: pieces,
        isList: pieces.length > 1,
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
      if (wrong !== undefined) throw noSuchPath(file, wrong.name, Object.keys(sample))
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

/** The first objects of a file may have no image to show how images are described. */
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
function badNumber(values: readonly Json[]): Reading['badCode'] {
  const number = values.find(value => typeof value === 'number' && !Number.isSafeInteger(value))
  if (number === undefined) return null
  return { message: `The code ${number} is a number that JSON cannot hold exactly.`, fix: 'Write it as text: "…".' }
}

/** Trimmed; only texts and numbers can be meant. */
function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' ? String(value) : ''
}

function noSuchPath(file: string, name: string, keys: readonly string[]): FeedError {
  const near = nearest(name, keys)
  return new FeedError(`No object in ${file} has "${name}".`, {
    fix: `${near === null ? '' : `Did you mean "${near}"? `}The first objects have: ${keys.join(', ')}.`,
  })
}
