import type { Folders } from './document/feed-place.ts'
import { annotationsOf } from './github/annotations.ts'
import { commandLine } from './github/command.ts'
import type { Document } from './reporter.ts'

export { type Annotation, commandLine } from './github/command.ts'
export { outputLines } from './github/outputs.ts'

/**
 * What needs attention, as workflow commands that GitHub shows at the lines of the feed: at most ten of each kind, so that none
 * is dropped without a word. Each line ends in a line break.
 */
export function* annotationLines(document: Document, folders: Folders): Generator<string> {
  for (const annotation of annotationsOf(document)) yield `${commandLine(annotation, folders)}\n`
}
