import { FeedError } from '../model/errors.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { chooseObjects, type Detected, detectObjects, detectTable } from './detect.ts'
import type { Mapping } from './mapping.ts'
import { findNames } from './names.ts'
import { type Group, type Names, type ObjectForm, PRESETS, type TableForm } from './presets/index.ts'
import { usualAddress, usualCodes, usualImages, usualPosition } from './usual-names.ts'

/** The paths to everything in the objects of one file. */
export interface Keys {
  /** By preference: one counts where those before it are blank in every record. */
  readonly codes: readonly string[]
  readonly images: readonly string[]
  /** The images were found by looking at the first objects, which may not have shown how they are described. */
  readonly isGuessed: boolean
  readonly position: string | null
  readonly separator: string | null
  readonly imageBaseUrl: string | null
  /** Where the platform serves the media that its files name, unless the mapping says it. */
  readonly mediaBase: string | null
  readonly group: GroupKey | null
  /** Which preset was picked and why; null: nothing was guessed. */
  readonly preset: string | null
  /** Paths that must lead somewhere: those of the mapping and the usual ones, not the preset's fall-backs. */
  readonly required: readonly string[]
}

export interface GroupKey extends Omit<Group, 'column'> {
  readonly key: string
}

/** Objects that are the rows of a table may belong together as those do. */
interface Form extends ObjectForm {
  readonly group?: GroupKey
}

/**
 * Decides from a sample of a file's objects where code and images are. Nothing to go by is a FeedError.
 *
 * @param common the keys that all of these objects have: a code is something that every product has
 */
export function chooseKeys(file: string, sample: JsonObject, mapping: Mapping, common: readonly string[]): Keys {
  const keys = Object.keys(sample)
  const guessCodes = () => [usualCodes(common), usualCodes(keys)].find(({ length }) => length > 0) ?? []
  const detected = presetFor(file, sample, mapping)
  const form = detected?.form ?? null
  const mayGuess = mapping.preset !== 'none'
  const isGuessed = mayGuess && mapping.images.length === 0
  const codes = mapping.code !== null ? [mapping.code] : (form?.code ?? (mayGuess ? guessCodes() : []))
  if (codes.length === 0) throw noKey(file, keys, 'product code', '--code-column')
  const images = mapping.images.length > 0 ? mapping.images : (form?.images ?? (mayGuess ? usualPaths(sample) : []))
  if (images.length === 0) throw noKey(file, keys, 'images', '--image-columns')
  const position =
    mapping.position ?? (isGuessed ? (form !== null ? (form.position ?? null) : usualPosition(keys)) : null)
  const guessed = form === null ? [...codes.slice(0, 1), ...images, ...present(position)] : []
  return {
    codes,
    images,
    isGuessed,
    position,
    separator: mapping.separator ?? form?.separator ?? null,
    imageBaseUrl: mapping.imageBaseUrl,
    mediaBase: mapping.imageBaseUrl === null ? (form?.imageBaseUrl ?? null) : null,
    group: form?.group ?? null,
    preset: mayGuess ? presetInWords(detected, mapping.preset) : null,
    required: [...present(mapping.code), ...mapping.images, ...present(mapping.position), ...guessed],
  }
}

function presetFor(file: string, sample: JsonObject, { preset }: Mapping): Detected<Form> | null {
  if (preset === 'none' || preset === 'generic') return null
  const keys = Object.keys(sample)
  const presets = preset === 'auto' ? PRESETS : PRESETS.filter(({ name }) => name === preset)
  const detected = detectObjects(sample, presets) ?? asObjects(detectTable(keys, presets), keys)
  if (preset === 'auto') return detected
  return detected === null ? chooseObjects(file, sample, preset) : { ...detected, by: [] }
}

/** Tables are also handed on as objects, one per row, whose keys are the names of the columns. */
function asObjects(detected: Detected<TableForm> | null, keys: readonly string[]): Detected<Form> | null {
  if (detected === null) return null
  const { code, images, position, separator, imageBaseUrl } = detected.form
  const found = (names: Names): string[] => findNames(keys, names).map(({ name }) => name)
  const form = {
    signature: detected.by,
    ...(separator === undefined ? {} : { separator }),
    ...(imageBaseUrl === undefined ? {} : { imageBaseUrl }),
    code: code.flatMap(names => found(names).slice(0, 1)),
    // Further numbers may first come with a later object.
    images: images.flatMap(names => {
      const numbered = names.some(name => name.includes('*'))
      return [...new Set(found(names).map(name => (numbered ? name.replace(/\d+(?!.*\d)/, '*') : name)))]
    }),
    ...positionForm(found(position ?? [])[0]),
    ...groupForm(detected.form.group, found),
  }
  return { ...detected, form }
}

function positionForm(position: string | undefined): Pick<ObjectForm, 'position'> {
  return position === undefined ? {} : { position }
}

function groupForm(group: Group | undefined, found: (names: Names) => string[]): Pick<Form, 'group'> {
  if (group === undefined) return {}
  const { column, ...rest } = group
  const key = found(column)[0]
  return key === undefined ? {} : { group: { ...rest, key } }
}

function presetInWords(detected: Detected<Form> | null, wanted: string): string {
  if (detected === null) return `preset: generic${wanted === 'generic' ? ', as configured' : ''} (usual names)`
  const { preset, by } = detected
  return `preset: ${preset.name}, ${by.length > 0 ? `by the keys ${by.join(', ')}` : 'as configured'}`
}

function usualPaths(sample: JsonObject): string[] {
  return usualImages(Object.keys(sample)).map(({ name }) => {
    const value = sample[name]
    const element = Array.isArray(value) ? value[0] : undefined
    if (!isJsonObject(element)) return name
    const address = usualAddress(Object.keys(element))
    return address === null ? name : `${name}[].${address}`
  })
}

function present(text: string | null): readonly string[] {
  return text === null ? [] : [text]
}

function noKey(file: string, keys: readonly string[], what: string, option: string): FeedError {
  return new FeedError(`Nothing in the first objects of ${file} is known to hold the ${what}.`, {
    fix: `Name it with ${option}, for example "images[].src". The object has: ${keys.join(', ')}.`,
  })
}
