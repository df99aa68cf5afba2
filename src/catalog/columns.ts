import { nearest } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { chooseTable, type Detected, detectTable } from './detect.ts'
import type { Mapping } from './mapping.ts'
import { findNames } from './names.ts'
import { columnPattern, matchNames } from './pattern.ts'
import type { Group, TableForm } from './presets/index.ts'
import { usualCodes, usualImages, usualPosition } from './usual-names.ts'

/** Where everything is in one table, by the numbers of its columns. */
export interface Columns {
  /** By preference: one counts where those before it are blank in every record. */
  readonly codes: readonly number[]
  readonly images: readonly number[]
  readonly position: number | null
  readonly separator: string | null
  readonly imageBaseUrl: string | null
  /** Where the platform serves the media that its files name, unless the mapping says it. */
  readonly mediaBase: string | null
  /** What stands for no image. */
  readonly noImage: string | null
  readonly group: GroupColumn | null
  readonly fields: readonly (readonly [name: string, at: number])[]
  /** Which preset was picked and why; null: nothing was guessed. */
  readonly preset: string | null
}

export interface GroupColumn extends Omit<Group, 'column'> {
  readonly at: number
}

/**
 * Finds everything in the header of one file: what the mapping names, else what the platform's preset says, else the usual
 * names. A column that is not there is a FeedError, before any record is read.
 */
export function chooseColumns(file: string, columns: readonly string[], mapping: Mapping): Columns {
  const detected = presetFor(file, columns, mapping)
  const form = detected?.form ?? null
  const guess = mapping.preset !== 'none'
  const namesImages = mapping.images.length > 0
  const find = (name: string, by: string): number => findColumns(file, columns, name, by)[0] ?? -1
  const optional = mapping.optionalFields.filter(name => columns.includes(name))
  return {
    codes: codeColumns(file, columns, mapping, form),
    images: imageColumns(file, columns, mapping, form),
    position:
      mapping.position !== null
        ? find(mapping.position, '--position-column or feed.position')
        : guess && !namesImages
          ? positionOf(columns, form)
          : null,
    separator: mapping.separator ?? form?.separator ?? null,
    imageBaseUrl: mapping.imageBaseUrl,
    mediaBase: mapping.imageBaseUrl === null ? (form?.imageBaseUrl ?? null) : null,
    noImage: form?.noImage ?? null,
    group: groupOf(columns, form),
    fields: [...mapping.fields, ...optional].map(name => [name, find(name, 'a target option')] as const),
    preset: guess ? presetInWords(detected, mapping.preset) : null,
  }
}

function presetFor(file: string, columns: readonly string[], { preset }: Mapping): Detected<TableForm> | null {
  if (preset === 'none' || preset === 'generic') return null
  return preset === 'auto' ? detectTable(columns) : chooseTable(file, columns, preset)
}

function presetInWords(detected: Detected<TableForm> | null, wanted: string): string {
  if (detected === null) return `preset: generic${wanted === 'generic' ? ', as configured' : ''} (usual column names)`
  const { preset, by } = detected
  return `preset: ${preset.name}, ${by.length > 0 ? `by the columns ${by.join(', ')}` : 'as configured'}`
}

function codeColumns(
  file: string,
  columns: readonly string[],
  mapping: Mapping,
  form: TableForm | null,
): readonly number[] {
  if (mapping.code !== null) return findColumns(file, columns, mapping.code, '--code-column or feed.code').slice(0, 1)
  if (form !== null) return form.code.flatMap(names => findNames(columns, names).slice(0, 1)).map(({ at }) => at)
  const usual = mapping.preset === 'none' ? [] : usualCodes(columns)
  if (usual.length === 0) throw noColumn(file, columns, 'product code', '--code-column')
  return usual.map(name => columns.indexOf(name))
}

function imageColumns(
  file: string,
  columns: readonly string[],
  mapping: Mapping,
  form: TableForm | null,
): readonly number[] {
  if (mapping.images.length > 0) {
    return [
      ...new Set(mapping.images.flatMap(name => findColumns(file, columns, name, '--image-columns or feed.images'))),
    ]
  }
  const found =
    form !== null
      ? form.images.flatMap(names => findNames(columns, names))
      : mapping.preset === 'none'
        ? []
        : usualImages(columns)
  if (found.length === 0) throw noColumn(file, columns, 'image', '--image-columns')
  return [...new Set(found.map(({ at }) => at))]
}

function positionOf(columns: readonly string[], form: TableForm | null): number | null {
  if (form !== null) return findNames(columns, form.position ?? [])[0]?.at ?? null
  const usual = usualPosition(columns)
  return usual === null ? null : columns.indexOf(usual)
}

function groupOf(columns: readonly string[], form: TableForm | null): GroupColumn | null {
  if (form?.group === undefined) return null
  const { column, ...group } = form.group
  const at = findNames(columns, column)[0]?.at
  return at === undefined ? null : { ...group, at }
}

/**
 * All columns that a name or pattern stands for, as a header may repeat a name. Capitals only matter when both exist. `by`: what may
 * have named it, as nobody knows any more whether that was the command line or the config.
 */
function findColumns(file: string, columns: readonly string[], name: string, by: string): number[] {
  const exact = columns.flatMap((column, at) => (column === name ? [at] : []))
  if (exact.length > 0) return exact
  const folded = matchNames(columnPattern(fold(name)), columns.map(fold))
  if (folded.length > 0) return folded.map(({ at }) => at)
  const near = nearest(name, columns)
  throw new FeedError(`${file} has no column "${name}" (named by ${by}).`, {
    fix: `${near === null ? '' : `Did you mean "${near}"? `}The columns are: ${columns.join(', ')}.`,
  })
}

function fold(name: string): string {
  return name.trim().toLowerCase()
}

function noColumn(file: string, columns: readonly string[], what: string, option: string): FeedError {
  return new FeedError(`No column of ${file} is known to hold the ${what}.`, {
    fix: `Name it with ${option}. The columns are: ${columns.join(', ')}.`,
  })
}
