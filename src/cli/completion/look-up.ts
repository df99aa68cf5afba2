import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { ConfigFile } from '../../config/file.ts'
import { findProjectFile, findUserFile, readNamedFile } from '../../config/find.ts'
import { isMapping, overlay } from '../../config/tree.ts'
import { openSqlite, toRead } from '../../lib/sqlite.ts'
import type { Io } from '../io.ts'
import type { LookedUp } from './kind.ts'

/**
 * The names that the command line so far could go on with. Reads the config and the ledger it names, changes nothing and loads
 * no more than that takes, because somebody waits. Throws whatever goes wrong.
 */
export async function lookUp(kind: LookedUp, words: readonly string[], io: Io): Promise<readonly string[]> {
  const found = await (kind === 'targets' ? targets(words, io) : runs(words, io))
  // Shells expand what they offer: a name such as "$(reboot)" would be done. No name that can be used is left out.
  return found.filter(name => /^[A-Za-z0-9][\w.-]*$/.test(name))
}

async function targets(words: readonly string[], io: Io): Promise<readonly string[]> {
  const user = await findUserFile(io.home, io.env)
  const tree = overlay(user?.tree ?? {}, (await projectFile(words, io))?.tree ?? {})
  const names = isMapping(tree.targets) ? Object.keys(tree.targets) : []
  if (names.length > 0 || !isSandbox(words, io)) return names
  const { TARGETS } = await import('../../targets/index.ts')
  return TARGETS.map(({ type }) => type)
}

/** The newest first, as the ledger keeps them. */
async function runs(words: readonly string[], io: Io): Promise<readonly string[]> {
  const { ledgerFile } = await import('../../ledger/open.ts')
  const { listRuns } = await import('../../ledger/runs.ts')
  const file = ledgerFile(await stateFolder(words, io))
  if (!existsSync(file)) return []
  const database = openSqlite(toRead(file))
  try {
    return listRuns(database).map(({ id }) => id)
  } finally {
    database.close()
  }
}

async function stateFolder(words: readonly string[], io: Io): Promise<string> {
  const named = given(['--state'], words) ?? io.env.ASSETSYNC_STATE
  const file = named ? null : await projectFile(words, io)
  const folder = named || join(file === null ? io.cwd : dirname(file.path), '.assetsync')
  return resolve(io.cwd, folder, isSandbox(words, io) ? 'sandbox' : '.')
}

function projectFile(words: readonly string[], { cwd, home, env }: Io): Promise<ConfigFile | null> {
  const named = given(['-c', '--config'], words) ?? env.ASSETSYNC_CONFIG
  return named ? readNamedFile(named, cwd) : findProjectFile(cwd, home)
}

function isSandbox(words: readonly string[], { env }: Io): boolean {
  return words.includes('--sandbox') || env.ASSETSYNC_SANDBOX === '1'
}

/** Of `--config x`, of `--config=x`, and of that as bash cuts it: `--config`, `=`, `x`. */
function given(flags: readonly string[], words: readonly string[]): string | undefined {
  const at = words.findIndex(word => flags.some(flag => word === flag || word.startsWith(`${flag}=`)))
  const word = words[at]
  if (word === undefined) return undefined
  if (word.includes('=')) return word.slice(word.indexOf('=') + 1)
  return words[at + 1] === '=' ? words[at + 2] : words[at + 1]
}
