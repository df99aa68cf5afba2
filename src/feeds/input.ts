import { resolve } from 'node:path'
import { FeedError } from '../model/errors.ts'
import { readFile, readInput } from './file.ts'
import { isRemote, parseAddress } from './remote/address.ts'
import type { RemoteInput } from './remote/download.ts'

/** What feeds are read from, besides files. */
export interface FeedInput {
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** How feeds are downloaded; without it a URL is refused. */
  readonly remote?: RemoteInput
}

/** The bytes of a feed, before anybody has looked at them. */
export interface Input {
  /** The name used in every place. */
  readonly file: string
  /** Hold what they come from until they are read or left. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** How they came, for people. */
  readonly notes: readonly string[]
}

/** A file, standard input for `-`, or a URL, which is downloaded first. */
export async function openInput(source: string, input: FeedInput): Promise<Input> {
  if (source === '-') return { file: 'stdin', bytes: readInput(input.stdin, 'stdin'), notes: [] }
  if (!isRemote(source)) return { file: source, bytes: readFile(resolve(input.cwd, source), source), notes: [] }
  if (input.remote === undefined) throw notHere(parseAddress(source).name)
  const { download } = await import('./remote/download.ts') // most feeds are files
  return download(source, input.remote)
}

function notHere(name: string): FeedError {
  return new FeedError(`${name}: nothing is downloaded here`, { fix: 'Download it first and name the file.' })
}
