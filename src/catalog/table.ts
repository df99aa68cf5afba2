import { atMediaBase, splitCell } from './cell.ts'
import { chooseColumns } from './columns.ts'
import { groupReader } from './group-reader.ts'
import type { Binding, Mapping } from './mapping.ts'

/** Decides how the records of a table are read. A column that is not there is a FeedError, before any record is read. */
export function bindTable(file: string, columns: readonly string[], mapping: Mapping): Binding {
  const chosen = chooseColumns(file, columns, mapping)
  const { codes, images, position, separator, noImage, mediaBase, group, fields } = chosen
  const readGroup = group === null ? null : groupReader(file, group)
  const named = (at: number) => columns[at] ?? ''
  return {
    kind: 'column',
    notes: [
      ...(chosen.preset === null ? [] : [chosen.preset]),
      `image columns: ${images.map(named).join(', ')}`,
      ...(position === null ? [] : [`position column: ${named(position)}`]),
      ...(separator === null ? [] : [`images separated by ${separatorInWords(separator)}`]),
      ...(mediaBase === null ? [] : [`media base: ${mediaBase}`]),
    ],
    codes: codes.map(named),
    imageBaseUrl: chosen.imageBaseUrl,
    groupImages: group?.images ?? null,
    read(record) {
      const cells = 'cells' in record ? record.cells : []
      const cell = (at: number): string => cells[at]?.trim() ?? ''
      const groupText = group === null || readGroup === null ? '' : readGroup(cell(group.at))
      const texts: string[] = []
      for (const at of images) {
        for (const text of splitCell(cells[at] ?? '', separator)) {
          if (text !== noImage) texts.push(atMediaBase(text, mediaBase))
        }
      }
      return {
        place: record.place,
        // A code column that names the group as well holds for all records of it.
        codes: codes.map(at => nonBlank(at === group?.at && group.starts === undefined ? groupText : cell(at))),
        badCode: null,
        group: groupText,
        images: texts,
        isList: texts.length > 1,
        positions: position === null ? [] : nonBlank(cell(position)),
        fields: Object.fromEntries(fields.map(([name, at]) => [name, cell(at)])),
        blank: texts.length === 0 && cells.every(text => text.trim() === ''),
      }
    },
    end: () => undefined,
  }
}

function nonBlank(text: string): readonly string[] {
  return text === '' ? [] : [text]
}

function separatorInWords(separator: string): string {
  return separator.trim() === '' ? 'blanks' : `"${separator}"`
}
