import { findingShape, outcomeShape, rejectionLineShape, stepShape } from '../document/shapes.ts'
import type { Document, Reporter } from '../reporter.ts'
import { jsonText } from '../text/json-text.ts'

/** One line of JSON per item; of a plan one per step, of a check one per rejection, of a verification one per image. */
export const ndjson: Reporter = {
  format: 'ndjson',
  extensions: ['.ndjson'],
  kinds: ['report', 'plan', 'check', 'verify'],
  render,
}

function render(document: Document): Iterable<string> {
  switch (document.kind) {
    case 'report':
      return lines(document.outcomes(), outcomeShape)
    case 'plan':
      return lines(document.steps(), stepShape)
    case 'check':
      return lines(document.rejections(), rejectionLineShape)
    case 'verify':
      return lines(document.findings(), findingShape)
  }
}

function* lines<T>(values: Iterable<T>, shape: (value: T) => unknown): Generator<string> {
  for (const value of values) yield `${jsonText(shape(value))}\n`
}
