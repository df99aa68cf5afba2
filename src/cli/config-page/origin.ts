import type { Setting } from '../../config/inspect.ts'

/** `.assetsyncrc:7`, `.assetsyncrc:8 with PIM_URL`, `ASSETSYNC_RATE`, `--rate`, `default`. */
export function originText({ origin, variables }: Pick<Setting, 'origin' | 'variables'>): string {
  if (origin === null) return 'default'
  const place = origin.line === null ? origin.name : `${origin.name}:${origin.line}`
  return variables.length === 0 ? place : `${place} with ${variables.join(', ')}`
}
