import { catalogix } from './catalogix/index.ts'
import type { Target } from './target.ts'

/** All target types. A new one is a folder and a line here. */
export const TARGETS: readonly Target[] = [catalogix]

export function targetOfType(type: string): Target | null {
  return TARGETS.find(target => target.type === type) ?? null
}
