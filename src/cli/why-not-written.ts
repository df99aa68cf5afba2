import { wordsOf } from '../lib/text.ts'

/** Why something could not be written, for people. */
export function whyNotWritten(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS.get(code) ?? wordsOf(error)
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'the file would be larger than is allowed here'],
  ['EROFS', 'the file system can only be read'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['ENAMETOOLONG', 'its name is too long'],
])
