import { adviceOn } from './reasons.ts'
import type { Word } from './style.ts'

interface Fault {
  readonly word: Word
  readonly reason: string | null
  readonly message: string | null
}

/** What to do about it, as a sentence; empty where its message says that, as those who reject a record do in a second sentence. */
export function fixOf({ word, reason, message }: Fault): string {
  const isRejected = word === 'rejected' || word === 'reject'
  if (isRejected && /\. [A-Z]/.test(message ?? '')) return ''
  return adviceOn(word === 'unknown' ? 'no-answer' : reason)?.words ?? ''
}
