import { akeneo } from './akeneo/index.ts'
import { catalogix } from './catalogix/index.ts'
import { emporix } from './emporix/index.ts'
import { mediapocket } from './mediapocket/index.ts'
import { productai } from './productai/index.ts'
import type { Target } from './target.ts'

/** All target types. A new one is a folder and a line here. */
export const TARGETS: readonly Target[] = [catalogix, akeneo, mediapocket, productai, emporix]

export function targetOfType(type: string): Target | null {
  return TARGETS.find(target => target.type === type) ?? null
}
