import type { PlannedTarget, TargetSummary } from '../../model/report.ts'
import type { VerifiedTarget } from '../../model/verification.ts'
import type { Document } from '../reporter.ts'

/** What every document says of a target in its own way. */
export type ReportedTarget = TargetSummary | PlannedTarget | VerifiedTarget

/** The targets in their order; none in a check. */
export function targetsOf(document: Document): readonly ReportedTarget[] {
  return document.kind === 'check' ? [] : document.targets
}

export function hasSeveralTargets(document: Document): boolean {
  return targetsOf(document).length > 1
}
