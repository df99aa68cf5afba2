import { changesIn } from '../engine/changes.ts'
import type { RankedUrl } from '../model/item.ts'
import type { PlannedStep } from '../model/report.ts'
import type { Changes, DeleteStep, SendStep, Step } from '../model/step.ts'

/**
 * A step as a plan reports it.
 *
 * @param withheld why a push would hold back removals; null: it would not
 */
export function plannedStep(target: string, step: Step, withheld: string | null = null): PlannedStep {
  return {
    target,
    ...identityOf(step),
    action: step.action,
    changes: changesOf(step),
    ...remarkOf(step, withheld),
    source: step.source,
  }
}

function identityOf(step: Step): Pick<PlannedStep, 'code' | 'key'> {
  switch (step.action) {
    case 'reject':
      return { code: step.code, key: null }
    case 'unchanged':
      return { code: step.code, key: step.key }
    default:
      return { code: step.item.code, key: step.item.key }
  }
}

function changesOf(step: Step): Changes | null {
  switch (step.action) {
    case 'reject':
    case 'unchanged':
      return null
    case 'delete':
      return { added: [], removed: removedBy(step), moved: [], other: false }
    default:
      return changesIn(step)
  }
}

function removedBy({ item }: DeleteStep): RankedUrl[] {
  return item.gallery.map((url, at) => ({ rank: at + 1, url }))
}

function remarkOf(step: Step, withheld: string | null): Pick<PlannedStep, 'reason' | 'message'> {
  if (step.action === 'reject') return { reason: step.reason, message: step.message }
  if (step.action === 'delete') return { reason: withheld === null ? null : 'max-delete', message: withheld }
  if (step.dropped !== null) return { reason: 'image-dropped', message: step.dropped }
  return step.action === 'unchanged' ? { reason: null, message: null } : tailRemark(step)
}

/** Ranks that the gallery loses, and that the target keeps all the same. */
function tailRemark({ tail, item }: SendStep): Pick<PlannedStep, 'reason' | 'message'> {
  if (tail.length === 0 || item.trim.length > 0) return { reason: null, message: null }
  const ranks = tail.map(({ rank }) => rank).join(', ')
  return { reason: 'stale-tail', message: `The target keeps rank ${ranks}: its API cannot remove images by rank.` }
}
