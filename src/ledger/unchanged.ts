import type { Sqlite } from '../lib/sqlite.ts'
import type { UnchangedStep } from '../model/step.ts'
import type { TargetId } from './identity.ts'
import { lines } from './outcomes.ts'

/** What the run carried and did not reject, as steps of one in which all of it is unchanged. */
export function* unchangedSteps(database: Sqlite, run: number, target: TargetId): Generator<UnchangedStep> {
  for (const { head, result } of lines(database, run, target)) {
    const { action, seq, source, key, code, images, message: dropped } = head
    if (action === 'reject' || key === null || code === null) continue
    const remoteId = result?.remoteId ?? head.remoteId
    yield { action: 'unchanged', seq, source, key, code, images, remoteId, dropped }
  }
}
