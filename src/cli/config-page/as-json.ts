import type { Inspection, Setting } from '../../config/inspect.ts'
import { formatPath, isMapping } from '../../config/tree.ts'
import type { Json } from '../../model/json.ts'
import { originText } from './origin.ts'

/** `config print --json`: the files, the configuration as a tree, and where each value is from. */
export function asJson({ files, settings }: Inspection, origins: boolean): string {
  const from = settings.map(setting => [formatPath(setting.path), originText(setting)])
  const result = { files, config: treeOf(settings), ...(origins ? { origins: Object.fromEntries(from) } : {}) }
  return `${JSON.stringify(result, null, 2)}\n`
}

interface Tree {
  [key: string]: Json | Tree
}

function treeOf(settings: readonly Setting[]): Tree {
  const root = emptyTree()
  for (const { path, value } of settings) {
    const keys = path.map(String)
    const last = keys.pop()
    const parent = keys.reduce<Tree>((tree, key) => {
      const below = tree[key]
      const branch = isTree(below) ? below : emptyTree()
      tree[key] = branch
      return branch
    }, root)
    if (last !== undefined) parent[last] = value
  }
  return root
}

/** Without a prototype every name is a key like any other. */
function emptyTree(): Tree {
  return Object.create(null)
}

function isTree(value: Json | Tree | undefined): value is Tree {
  return isMapping(value)
}
