import { readdirSync } from 'node:fs'

const FEED = /\.(csv|tsv|ndjson|jsonl|xml)(\.gz)?$/i

/** The feeds that lie in the folder: the name of the only one, a glob for several of one kind, or null. */
export function feedsIn(folder: string): string | null {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.') && FEED.test(entry.name))
    .map(({ name }) => name)
  const [only] = names
  if (names.length <= 1) return only ?? null
  const endings = new Set(names.map(name => FEED.exec(name)?.[0]))
  const [ending] = endings
  return endings.size === 1 ? `*${ending}` : null
}
