import { lstat } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { UsageError } from '../model/errors.ts'
import type { ConfigFile } from './file.ts'
import type { Environment } from './variables.ts'

const PROJECT_FILES = ['.assetsyncrc', '.assetsyncrc.json', '.assetsyncrc.yaml', '.assetsyncrc.yml', 'package.json']
const USER_FILES = ['config.json', 'config.yaml', 'config.yml']

/** Where config files are looked for. */
export interface ConfigPlace {
  /** Absolute. */
  readonly cwd: string
  /** --config; null: the nearest file. */
  readonly file: string | null
  /** The user's home folder; null: none. */
  readonly home: string | null
  readonly env: Environment
}

/** The config files that are there. */
export interface FoundFiles {
  readonly project: ConfigFile | null
  /** Lies under the project's. */
  readonly user: ConfigFile | null
}

export async function findFiles({ cwd, file, home, env }: ConfigPlace): Promise<FoundFiles> {
  const project = await (file === null ? findProjectFile(cwd, home) : readNamedFile(file, cwd))
  return { project, user: await findUserFile(home, env) }
}

/** The file named with --config, which must exist. */
export async function readNamedFile(file: string, cwd: string): Promise<ConfigFile> {
  const path = resolve(cwd, file)
  const found = await read(path)
  if (found === null) {
    const packageHint = path.endsWith('package.json') ? ', or it has no key "assetsync"' : ''
    throw new UsageError(`There is no config file ${path}${packageHint}.`, {
      fix: 'Name an existing file with --config, or leave the option out.',
    })
  }
  return found
}

/** The project's config: the first in the working directory or a folder above it, not above the home folder. */
export function findProjectFile(cwd: string, home: string | null): Promise<ConfigFile | null> {
  return firstOf(foldersUpwards(cwd, home).flatMap(folder => PROJECT_FILES.map(name => join(folder, name))))
}

/** The user's own config, which lies under every project's: `~/.config/assetsync/config.yaml`. */
export function findUserFile(home: string | null, env: Environment): Promise<ConfigFile | null> {
  const xdg = env.XDG_CONFIG_HOME
  // The XDG base directory specification has relative paths ignored.
  const folder = xdg && isAbsolute(xdg) ? xdg : home && join(home, '.config')
  return firstOf(folder ? USER_FILES.map(name => join(folder, 'assetsync', name)) : [])
}

async function firstOf(paths: readonly string[]): Promise<ConfigFile | null> {
  for (const path of paths) {
    const isThere = await lstat(path).then(
      () => true,
      () => false,
    )
    const file = isThere ? await read(path) : null
    if (file !== null) return file
  }
  return null
}

/** Where there is no config, nothing is loaded that reads one. */
async function read(path: string): Promise<ConfigFile | null> {
  const { readConfigFile } = await import('./file.ts')
  return readConfigFile(path)
}

/** Above the home folder lie folders of other people, whose config must not be obeyed. */
function foldersUpwards(cwd: string, home: string | null): string[] {
  const parent = dirname(cwd)
  return cwd === home || cwd === parent ? [cwd] : [cwd, ...foldersUpwards(parent, home)]
}
