import type { Call } from './call.ts'

/** Assets that were created until then are ready or failed now, in milliseconds since the epoch. */
export function processedUntil({ behaviour, now }: Pick<Call, 'behaviour' | 'now'>): number {
  return now - (behaviour.processingMs ?? 0)
}
