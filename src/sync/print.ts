import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ConfiguredTarget } from '../config/config.ts'
import { expandSources } from '../feeds/index.ts'
import { digest } from '../lib/hash.ts'
import { feedFiles, isLocal } from './feed-files.ts'
import { feedName } from './feed-name.ts'
import { identityOf } from './lanes.ts'
import type { PushRequest } from './request.ts'

/** What a plan follows from besides the ledger, as a short text: see docs/decisions/014-same-feed.md. */
export interface Print {
  readonly text: string
  /** What it follows from besides the feed; null: that is more than one file. */
  readonly settings: string | null
  /** False when a file was written since its bytes were looked at. */
  isStill(): Promise<boolean>
}

/** Null where the plan follows from something else, too, or the feed can be read only once. */
export async function printOf(request: PushRequest): Promise<Print | null> {
  const { selection, full, keepOriginals, sources, cwd } = request
  if (selection.limit !== null || selection.only.length > 0 || full || keepOriginals) return null
  try {
    const before = await statesOf(sources, cwd)
    const files = await feedFiles(sources, cwd)
    if (before === null || files.some(({ sha256 }) => sha256 === null)) return null
    // What a run says of a record holds the name of its feed, which follows from the working directory.
    const names = files.map(({ file }) => feedName(file, cwd))
    const settings = settingsOf(request)
    return {
      text: digest(JSON.stringify([files, names, ...settings])),
      settings: files.length === 1 ? digest(JSON.stringify(settings)) : null,
      isStill: async () => (await statesOf(sources, cwd)) === before,
    }
  } catch {
    return null // whoever reads the feed in earnest says what is wrong with it
  }
}

function settingsOf({ version, config, prune, sandbox }: PushRequest): unknown[] {
  const { feed, allowHosts, targets } = config
  const each = targets.map(target => [identityOf(target, sandbox), openly(target)])
  return [version, { ...feed, files: [] }, allowHosts, prune, each]
}

/** The options without their secrets: a new token makes no other plan. */
function openly({ options, secrets }: ConfiguredTarget): string {
  return JSON.stringify(options, (_name, value) =>
    typeof value === 'string' && secrets.includes(value) ? undefined : value,
  )
}

/** Which files there are, and in which state; null for what is no file. */
async function statesOf(sources: readonly string[], cwd: string): Promise<string | null> {
  const names = await expandSources(sources, cwd)
  if (!names.every(isLocal)) return null
  const states = names.map(async name => {
    const { size, mtimeMs, ino } = await stat(resolve(cwd, name))
    return [name, size, mtimeMs, ino]
  })
  return JSON.stringify(await Promise.all(states))
}
