import { type Path, valueAt } from './tree.ts'
import { parseYaml } from './yaml.ts'

/** In longer files every look costs too much: the text is parsed once per line. */
const MOST_LINES = 500

/**
 * Finds the line on which a key or list entry stands, counted from 1: the end of the shortest beginning of the text that has
 * it when it is parsed. So the parser itself decides what is a key, and what only looks like one. Of a path that is not there
 * it is the line of what would hold it; null when that is the whole file, or for a file of more than 500 lines.
 */
export function lineFinder(text: string): (path: Path) => number | null {
  const lines = text.split(/\r\n|\n|\r/)
  const trees = new Map<number, unknown>()
  const treeAt = (count: number): unknown => {
    if (!trees.has(count)) trees.set(count, parseBeginning(lines.slice(0, count).join('\n')))
    return trees.get(count)
  }
  const find = (path: Path): number | null => {
    if (path.length === 0 || lines.length > MOST_LINES) return null
    const at = lines.findIndex((_, index) => valueAt(treeAt(index + 1), path) !== undefined)
    return at === -1 ? find(path.slice(0, -1)) : at + 1
  }
  return find
}

/** Undefined when it cannot be parsed, as inside a text in quotes. */
function parseBeginning(text: string): unknown {
  try {
    return parseYaml(text + closing(text))
  } catch {
    return undefined
  }
}

/** What closes the brackets that are open at the end. Quotes and comments are skipped where YAML lets them begin. */
function closing(text: string): string {
  const open: string[] = []
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|(?<=^|[\s[{,:])'[^']*'|(?<=^|\s)#.*|[[\]{}]/gm)) {
    if (token === '[') open.push(']')
    else if (token === '{') open.push('}')
    else if (token === ']' || token === '}') open.pop()
  }
  return open.reverse().join('')
}
