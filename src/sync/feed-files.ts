import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expandSources, sourceLabel } from '../feeds/index.ts'
import { FeedError } from '../model/errors.ts'

/** Bytes at a time: in small pieces it takes several times as long. */
const CHUNK = 1024 * 1024

/** What a feed was read from. */
export interface FeedOrigin {
  /** Files and patterns as they were named; neither standard input nor addresses, which may hold keys. */
  readonly sources: readonly string[]
  readonly files: readonly FeedFile[]
}

/** A file of the feed as it was; without size and digest for what cannot be looked at twice: standard input, pipes, downloads. */
export interface FeedFile {
  /** As it was named; an address without user name, password and query. */
  readonly file: string
  readonly bytes: number | null
  readonly sha256: string | null
}

/** What the feed is read from now. */
export async function originOf(sources: readonly string[], cwd: string): Promise<FeedOrigin> {
  return { sources: sources.filter(isLocal), files: await feedFiles(sources, cwd) }
}

/** What the feed's files hold now. */
export async function feedFiles(sources: readonly string[], cwd: string): Promise<readonly FeedFile[]> {
  const files: FeedFile[] = []
  for (const source of await expandSources(sources, cwd)) {
    const path = resolve(cwd, source)
    const found = isLocal(source) && (await isRegular(path)) ? await contentOf(path) : { bytes: null, sha256: null }
    files.push({ file: source === '-' ? 'stdin' : sourceLabel(source), ...found })
  }
  return files
}

/** Throws a FeedError when one of the files has changed or is gone, or another one belongs to the feed now. */
export async function refuseChangedFeed({ sources, files }: FeedOrigin, cwd: string): Promise<void> {
  for (const { file, sha256 } of files) {
    if (sha256 === null) continue
    const path = resolve(cwd, file)
    if (!(await isRegular(path))) throw moved(`${file}, from which the plan was made, is not there`)
    if ((await contentOf(path)).sha256 !== sha256) throw moved(`${file} was changed after the plan was made`)
  }
  const known = new Set(files.map(({ file }) => file))
  const news = (await expandSources(sources, cwd)).find(file => !known.has(file))
  if (news !== undefined) throw moved(`${news} belongs to the feed, which it did not when the plan was made`)
}

/** A file or a pattern: neither standard input nor an address. */
export function isLocal(source: string): boolean {
  return source !== '-' && sourceLabel(source) === source
}

function moved(what: string): FeedError {
  return new FeedError(`${what}: nothing was sent.`, { fix: 'Plan again, and look at the new plan.' })
}

async function isRegular(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

async function contentOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
