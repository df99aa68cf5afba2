import { PRESET_NAMES } from '../config/feed.ts'
import { nearest } from '../lib/text.ts'
import { UsageError } from '../model/errors.ts'

/**
 * Throws a UsageError for a --preset that there is not. The option does not check that itself: every call would load all
 * platforms then, help too.
 */
export function refuseUnknownPreset(name: string, isFromEnvironment: boolean): void {
  const names: readonly string[] = PRESET_NAMES
  if (names.includes(name)) return
  const given = isFromEnvironment ? `ASSETSYNC_PRESET="${name}"` : `--preset "${name}"`
  const meant = nearest(name, names)
  throw new UsageError(`${given} cannot be used.${meant === null ? '' : ` Did you mean ${meant}?`}`, {
    fix: `Expected one of: ${names.join(', ')}.`,
  })
}
