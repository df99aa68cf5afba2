import { stat } from 'node:fs/promises'
import { isAbsolute, resolve, sep } from 'node:path'
import { FeedError } from '../model/errors.ts'
import { isFolder, isMissing, missing, unreadable } from './file.ts'
import { isRemote, parseAddress } from './remote/address.ts'

/**
 * The files that feed arguments stand for: patterns are replaced by their matches in the order of their names (10 after
 * 9), `-` is standard input, URLs stay as they are, and what several arguments name is read once. Throws a FeedError for
 * an argument that stands for no file, and a UsageError for a URL that cannot be asked.
 */
export async function expandSources(sources: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Map<string, string>()
  for (const source of sources) {
    for (const file of await expand(source, cwd)) {
      const identity = identityOf(file, cwd)
      if (!found.has(identity)) found.set(identity, file)
    }
  }
  return [...found.values()]
}

function identityOf(file: string, cwd: string): string {
  if (file === '-') return file
  return isRemote(file) ? parseAddress(file).key : resolve(cwd, file)
}

async function expand(source: string, cwd: string): Promise<readonly string[]> {
  if (source === '-' || isRemote(source)) return [source]
  if (await isFile(source, cwd)) return [source]
  const { glob, isDynamicPattern } = await import('tinyglobby') // not loaded where every source is the name of a file
  if (!isDynamicPattern(source)) throw missing(source)
  const matches = await glob(slashed(source), { cwd, absolute: isAbsolute(source), expandDirectories: false })
  if (matches.length > 0) return matches.sort(byName)
  throw new FeedError(`no file matches ${source}`, { fix: 'Check the pattern; it counts from the working directory.' })
}

/** A name that exists is taken as it is, even when it looks like a pattern. */
async function isFile(source: string, cwd: string): Promise<boolean> {
  try {
    const found = await stat(resolve(cwd, source))
    if (found.isDirectory()) throw isFolder(source)
    return true
  } catch (error) {
    if (error instanceof FeedError || !isMissing(error)) throw unreadable(source, error)
    return false
  }
}

function slashed(pattern: string): string {
  return sep === '\\' ? pattern.replaceAll('\\', '/') : pattern
}

const collator = new Intl.Collator('en', { numeric: true })

function byName(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : 1)
}
