import { nearest } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import { TARGETS, targetOfType } from '../../targets/index.ts'
import type { Target } from '../../targets/target.ts'

/** The target of this type; a UsageError with the nearest type where there is none. */
export function typeNamed(type: string): Target {
  const target = targetOfType(type)
  if (target !== null) return target
  const types = TARGETS.map(each => each.type)
  const near = nearest(type, types)
  throw new UsageError(`"${type}" is no target type.`, {
    fix: `${near === null ? '' : `Did you mean ${near}? `}The types are: ${types.join(', ')}.`,
  })
}
