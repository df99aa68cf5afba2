import type { Document } from '../reporter.ts'

/** The commands that come next, as they would be typed; none where nobody types. */
export function nextCommands(document: Document): readonly string[] {
  switch (document.kind) {
    case 'report':
      return document.next ?? []
    case 'plan':
      return []
    case 'check':
      return document.next === null ? [] : [document.next]
    case 'verify':
      return document.next
  }
}
