import { stat } from 'node:fs/promises'
import { isAbsolute, resolve, sep } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { FeedError } from '../model/errors.ts'
import { isFolder, isMissing, missing, unreadable } from './file.ts'

/**
 * The files that feed arguments stand for: patterns are replaced by their matches in the order of their names (10 after
 * 9), `-` is standard input, and a file is read once even when several arguments name it. Throws a FeedError for an
 * argument that stands for no file.
 */
export async function expandSources(sources: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Map<string, string>()
  for (const source of sources) {
    for (const file of await expand(source, cwd)) {
      const identity = file === '-' ? '-' : resolve(cwd, file)
      if (!found.has(identity)) found.set(identity, file)
    }
  }
  return [...found.values()]
}

async function expand(source: string, cwd: string): Promise<readonly string[]> {
  if (source === '-') return [source]
  if (/^https?:\/\//i.test(source)) throw isRemote(source)
  if (await isFile(source, cwd)) return [source]
  if (!isDynamicPattern(source)) throw missing(source)
  const matches = await findMatches(source, cwd)
  if (matches.length > 0) return matches
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

async function findMatches(pattern: string, cwd: string): Promise<string[]> {
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern
  const matches = await glob(slashed, { cwd, absolute: isAbsolute(pattern), expandDirectories: false })
  return matches.sort(byName)
}

const collator = new Intl.Collator('en', { numeric: true })

function byName(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : 1)
}

function isRemote(source: string): FeedError {
  return new FeedError(`${source}: feeds are not fetched over the network yet`, {
    fix: 'Download it first, or pipe it in: curl -fsS <address> | assetsync push -',
  })
}
