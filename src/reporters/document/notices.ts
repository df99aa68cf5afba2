import { inWords } from '../../model/product.ts'
import type { Document } from '../reporter.ts'

/** Why targets stopped, what was held back, what could not be read; of a check, why a push would refuse the feed. */
export function noticesOf(document: Document): readonly string[] {
  if (document.kind !== 'check') return document.notices
  return document.refusal === null ? [] : [inWords(document.refusal)]
}
