import type { Document } from '../reporter.ts'
import { Causes } from './causes.ts'
import { isTrouble, type Line, linesOf } from './lines.ts'
import { hasSeveralTargets } from './targets.ts'

export interface Survey {
  /** Lines that somebody has to look at. */
  readonly trouble: Causes
  /** Lines that are done and still have something to say, such as ranks that stay behind. */
  readonly remarks: Causes
}

/** Reads what is notable in the document once. */
export function surveyOf(document: Document): Survey {
  const survey = { trouble: new Causes(), remarks: new Causes() }
  const place = placing(document)
  for (const line of linesOf(document, 'notable')) {
    if (isTrouble(line)) survey.trouble.add(place(line))
    else if (line.reason !== null) survey.remarks.add(place(line))
  }
  return survey
}

/** Lines as causes take them: their target is worth saying only where there are several. */
export function placing(document: Document): (line: Line) => Line {
  return hasSeveralTargets(document) ? line => line : line => ({ ...line, target: null })
}
