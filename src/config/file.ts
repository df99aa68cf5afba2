import { lstat, readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { UsageError } from '../model/errors.ts'
import { lineFinder } from './lines.ts'
import { isMapping, type Mapping, type Path } from './tree.ts'
import { parseYaml } from './yaml.ts'

/** A config file as it is written. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string
  readonly tree: Mapping
  /** The line, counted from 1, on which the value stands, or else what would hold it; null: the whole file. */
  line(path: Path): number | null
}

const CODE = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']

/** YAML aliases let a few lines stand for millions of values, or for one that holds itself. */
const MOST_VALUES = 10_000

/**
 * Reads the file, or null where there is none; of a package.json its key "assetsync". An empty file is an empty config.
 *
 * Every `.json` is read as YAML too (JSON is YAML), so that all syntax errors come with a line.
 */
export async function readConfigFile(path: string): Promise<ConfigFile | null> {
  if (CODE.includes(extname(path))) {
    throw new UsageError(`${path} is code, and a config file is data only.`, { fix: 'Write it as YAML or JSON.' })
  }
  const text = await readText(path)
  if (text === null) return null
  const isPackage = basename(path) === 'package.json'
  const content = isPackage ? packageKey(path, text) : parse(path, text)
  if (content === undefined && isPackage) return null
  const tree = content ?? {}
  if (!isMapping(tree)) throw new UsageError(`${path} does not hold keys and values.`, { fix: SEE_HELP })
  if (!isSmall(tree)) throw new UsageError(`${path} stands for more than ${MOST_VALUES} values.`, { fix: SEE_HELP })
  const find = lineFinder(text)
  return { path, tree, line: place => find(isPackage ? ['assetsync', ...place] : place) }
}

const SEE_HELP = 'What a config file holds: assetsync help config-files'

async function readText(path: string): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${path} is not UTF-8 text.`, { fix: 'Save it as UTF-8.' })
    // What is there but cannot be read is an error: without it a config further up might be taken instead.
    const there = await lstat(path).catch(() => null)
    if (there === null || there.isDirectory()) return null
    throw new UsageError(`The config file cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

function packageKey(path: string, text: string): unknown {
  try {
    const content: unknown = JSON.parse(text)
    return isMapping(content) ? content.assetsync : undefined
  } catch {
    parse(path, text) // knows the line, but also reads what is nearly JSON
    throw new UsageError(`${path} is not valid JSON.`)
  }
}

/** The message is made anew, because the loader's own quotes the lines around, and there may be a secret in them. */
function parse(path: string, text: string): unknown {
  try {
    return parseYaml(text)
  } catch (error) {
    // js-yaml's YAMLException; its mark counts from 0 and may lie behind the last line.
    const { reason, mark } = error as { reason?: string; mark?: { line: number } }
    const place = mark ? `${path}:${Math.min(mark.line + 1, text.trimEnd().split('\n').length)}` : path
    throw new UsageError(`${place}: not valid YAML or JSON: ${withoutQuotes(reason ?? 'it cannot be parsed')}.`, {
      fix: 'Text that holds special characters such as : # * & ! { [ needs quotes.',
    })
  }
}

/** An unquoted password that begins with * or ! is quoted as an alias or a tag. */
function withoutQuotes(reason: string): string {
  return reason.replace(/\s*[":!<].*$/s, '')
}

function isSmall(tree: Mapping): boolean {
  const values: unknown[] = [tree]
  for (const value of values) {
    if (isMapping(value) || Array.isArray(value)) values.push(...Object.values(value))
    if (values.length > MOST_VALUES) return false
  }
  return true
}
