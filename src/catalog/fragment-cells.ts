import type { Fragment } from './fragment.ts'
import type { PositionedImage } from './rank.ts'

/** A fragment as it lies on disk: without names, which take as much room and time as everything else. */
export type FragmentCells = readonly [
  seq: number,
  code: string,
  source: string,
  images: readonly ImageCells[],
  fields: Fragment['fields'],
  bad: Fragment['bad'],
  listed: number,
  conflicts: Fragment['conflicts'],
]

/** Its URL alone, when it is from the fragment's first record, which gave it no position. */
type ImageCells = string | readonly [url: string, position: number | null, record: number]

export function toCells({ seq, code, source, images, fields, bad, listed, conflicts }: Fragment): FragmentCells {
  const imageCells = images.map(({ url, position, record }): ImageCells => {
    return position === null && record === seq ? url : [url, position, record]
  })
  return [seq, code, source, imageCells, fields, bad, listed, conflicts]
}

export function fromCells(cells: FragmentCells): Fragment {
  const [seq, code, source, imageCells, fields, bad, listed, conflicts] = cells
  const images = imageCells.map((image): PositionedImage => {
    if (typeof image === 'string') return { url: image, position: null, record: seq }
    const [url, position, record] = image
    return { url, position, record }
  })
  return { seq, code, source, images, fields, bad, listed, conflicts }
}
