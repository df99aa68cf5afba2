import { FeedError } from '../model/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { findNames } from './names.ts'
import { type ObjectForm, PRESETS, type Preset, type TableForm } from './presets/index.ts'

/** A platform's form that a file was recognised by, and the columns or keys that told. */
export interface Detected<Form> {
  readonly preset: Preset
  readonly form: Form
  readonly by: readonly string[]
}

/** The platform whose columns a header has; where several do, the one that is told by the most. */
export function detectTable(columns: readonly string[], presets = PRESETS): Detected<TableForm> | null {
  const found = presets.flatMap(preset =>
    preset.tables.flatMap(form => {
      const by = form.signature.map(names => findNames(columns, names)[0]?.name)
      const isComplete = hasCodeAndImages(columns, form) && !by.includes(undefined)
      return isComplete ? [{ preset, form, by: by.filter(name => name !== undefined) }] : []
    }),
  )
  return mostTelling(found)
}

/** The platform whose keys an object has. */
export function detectObjects(first: JsonObject, presets = PRESETS): Detected<ObjectForm> | null {
  const found = presets.flatMap(preset =>
    preset.objects
      .filter(form => form.signature.every(path => hasKey(first, path.split('.'))))
      .map(form => ({ preset, form, by: form.signature })),
  )
  return mostTelling(found)
}

/** The form of a preset that was named, whether or not its signature is there. Throws a FeedError when none fits. */
export function chooseTable(file: string, columns: readonly string[], name: string): Detected<TableForm> {
  const preset = presetNamed(name)
  const form = detectTable(columns, [preset])?.form ?? preset.tables.find(each => hasCodeAndImages(columns, each))
  if (form !== undefined) return { preset, form, by: [] }
  const needed = preset.tables.map(each => `${namesOf(each.code)} and ${namesOf(each.images)}`)
  throw new FeedError(`${file} is no ${preset.title}: it has no columns ${needed.join(', or ') || 'at all'}.`, {
    fix: `Leave out --preset or feed.preset, or name the columns. The columns are: ${columns.join(', ')}.`,
  })
}

export function chooseObjects(file: string, first: JsonObject, name: string): Detected<ObjectForm> {
  const preset = presetNamed(name)
  const form = detectObjects(first, [preset])?.form ?? preset.objects[0]
  if (form !== undefined) return { preset, form, by: [] }
  throw new FeedError(`The ${preset.title} is a table; ${file} holds objects.`, {
    fix: 'Leave out --preset or feed.preset, or name the paths with --code-column and --image-columns.',
  })
}

function presetNamed(name: string): Preset {
  const preset = PRESETS.find(each => each.name === name)
  if (preset === undefined) throw new Error(`no preset is called ${name}`)
  return preset
}

function hasCodeAndImages(columns: readonly string[], { code, images }: TableForm): boolean {
  const isThere = (names: readonly string[]) => findNames(columns, names).length > 0
  return code.some(isThere) && images.some(isThere)
}

function mostTelling<Form>(found: readonly Detected<Form>[]): Detected<Form> | null {
  return found.toSorted((a, b) => b.by.length - a.by.length)[0] ?? null
}

function namesOf(columns: readonly (readonly string[])[]): string {
  return columns.map(names => `"${names[0]}"`).join(' or ')
}

function hasKey(value: Json | undefined, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true
  const object = Array.isArray(value) ? value[0] : value
  return isJsonObject(object) && Object.hasOwn(object, key) && hasKey(object[key], rest)
}
