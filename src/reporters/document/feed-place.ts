import { isAbsolute, relative, resolve, sep } from 'node:path'

/** A line of a file. */
export interface FeedPlace {
  readonly file: string
  /** From 1; null for records of a JSON document, which have no line. */
  readonly line: number | null
}

export interface Folders {
  /** What the paths of feeds count from: the working directory. */
  readonly cwd: string
  /** What the CI system counts paths from: the checkout. */
  readonly root: string
}

/** The file, as the user named it, and the line of a source (`file:line`, `file#index`); null for a source of another form. */
export function placeOf(source: string): FeedPlace | null {
  const [, file, line] = /^(.+)(?::(\d+)|#\d+)$/s.exec(source) ?? []
  return file === undefined ? null : { file, line: line === undefined ? null : Number(line) }
}

/**
 * The place with the path from the root, with forward slashes, as CI systems link it; null when the source is no file below the
 * root.
 */
export function linkedPlaceOf(source: string, { cwd, root }: Folders): FeedPlace | null {
  const place = placeOf(source)
  if (place === null || place.file === STDIN || place.file.includes('://')) return null
  const file = relative(root, resolve(cwd, place.file))
  const isBelow = file !== '' && file !== '..' && !file.startsWith(`..${sep}`) && !isAbsolute(file)
  return isBelow ? { ...place, file: file.replaceAll(sep, '/') } : null
}

/** The name under which standard input is reported. */
const STDIN = 'stdin'
