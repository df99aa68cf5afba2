import type { JsonObject } from '../model/json.ts'
import { type JsonPath, longer, type Way } from './path.ts'

/**
 * Notices when none of the paths leads anywhere in any object of a file: a mistake in the mapping, as a missing column is.
 * Objects that leave a list empty or a value null say nothing about the rest of a path.
 */
export class PathWatch {
  /** The paths in words. */
  readonly name: string
  readonly #branches: { readonly path: JsonPath; way: Way }[]
  #isFound = false

  constructor(name: string, paths: readonly JsonPath[]) {
    this.name = name
    this.#branches = paths.map(path => ({ path, way: { steps: 0, isBroken: false } }))
  }

  see(object: JsonObject): void {
    this.#isFound ||= this.#branches.some(({ path }) => path.valuesIn(object).length > 0)
    if (this.#isFound) return
    for (const branch of this.#branches) branch.way = longer(branch.way, branch.path.wayIn(object))
  }

  get leadsNowhere(): boolean {
    return !this.#isFound && this.#branches.every(({ way }) => way.isBroken)
  }
}
