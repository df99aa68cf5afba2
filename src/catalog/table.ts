import { nearest } from '../lib/text.ts'
import { FeedError } from '../model/errors.ts'
import { splitCell } from './cell.ts'
import type { Binding, Mapping } from './mapping.ts'
import { columnPattern, matchNames } from './pattern.ts'
import { usualCode, usualImages, usualPosition } from './usual-names.ts'

/** Finds the mapping's columns in the header of one file. A column that is not there is a FeedError, before any record is read. */
export function bindTable(file: string, columns: readonly string[], mapping: Mapping): Binding {
  const find = (name: string, option: string): number => findColumns(file, columns, name, option)[0] ?? -1
  const codeName = mapping.code ?? (mapping.guess ? usualCode(columns) : null)
  if (codeName === null) throw noColumn(file, columns, 'product code', '--code-column')
  const code = find(codeName, '--code-column')
  const images = imageColumns(file, columns, mapping)
  const positionName =
    mapping.position ?? (mapping.guess && mapping.images.length === 0 ? usualPosition(columns) : null)
  const position = positionName === null ? -1 : find(positionName, '--position-column')
  const optional = mapping.optionalFields.filter(name => columns.includes(name))
  const fields = [...mapping.fields, ...optional].map(name => [name, find(name, 'a target option')] as const)
  return {
    notes: [
      `code column: ${columns[code]}`,
      `image columns: ${images.map(at => columns[at]).join(', ')}`,
      ...(position === -1 ? [] : [`position column: ${columns[position]}`]),
    ],
    read(record) {
      const cells = 'cells' in record ? record.cells : []
      const cell = (at: number): string => cells[at]?.trim() ?? ''
      return {
        place: record.place,
        code: cell(code),
        badCode: null,
        images: images.flatMap(at => splitCell(cell(at), mapping.separator)),
        positions: cell(position) === '' ? [] : [cell(position)],
        fields: Object.fromEntries(fields.map(([name, at]) => [name, cell(at)])),
        blank: cells.every(text => text.trim() === ''),
      }
    },
    end: () => undefined,
  }
}

function imageColumns(file: string, columns: readonly string[], mapping: Mapping): number[] {
  if (mapping.images.length === 0) {
    const usual = mapping.guess ? usualImages(columns) : []
    if (usual.length === 0) throw noColumn(file, columns, 'image', '--image-columns')
    return usual.map(({ at }) => at)
  }
  return [...new Set(mapping.images.flatMap(name => findColumns(file, columns, name, '--image-columns')))]
}

/** All columns that a name or pattern stands for, as a header may repeat a name. Capitals only matter when both exist. */
function findColumns(file: string, columns: readonly string[], name: string, option: string): number[] {
  const exact = columns.flatMap((column, at) => (column === name ? [at] : []))
  if (exact.length > 0) return exact
  const folded = matchNames(columnPattern(fold(name)), columns.map(fold))
  if (folded.length > 0) return folded.map(({ at }) => at)
  const near = nearest(name, columns)
  throw new FeedError(`${file} has no column "${name}" (named by ${option}).`, {
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
