import { adviceOn } from '../reasons.ts'
import { isRefused, type Line } from './lines.ts'

/** How guards say it: their words are also told where nobody looks up a reason. */
const GUARDED = / If that is right, push again with /

/** What to do about it, as a sentence; empty where its message says that, as those who reject a record do in a second sentence. */
export function fixOf(line: Pick<Line, 'word' | 'reason' | 'message' | 'fix'>): string {
  const { word, reason, message, fix } = line
  if (fix !== '') return fix
  if (GUARDED.test(message ?? '')) return ''
  if (isRefused(line) && /\. [A-Z]/.test(message ?? '')) return ''
  return adviceOn(word === 'unknown' ? 'no-answer' : reason)?.words ?? ''
}
