import { surveyOf } from '../document/survey.ts'
import type { Document, Reporter } from '../reporter.ts'
import { causesOf } from './html/causes.ts'
import { endOfPage, startOfPage } from './html/frame.ts'
import { headerOf } from './html/header.ts'
import { itemsOf } from './html/items.ts'
import { limitsOf, nextOf, noticesOf, warningsOf } from './html/remarks.ts'
import { sampleOf } from './html/sample.ts'
import { section } from './html/section.ts'
import { totalsOf } from './html/totals.ts'

/**
 * One page that needs nothing else: no script, no font, no picture from anywhere. Pictures of a plan or a check are asked for
 * when somebody unfolds them, not before. Filters work without script; a text search is there where scripts may run.
 */
export const html: Reporter = {
  format: 'html',
  extensions: ['.html', '.htm'],
  kinds: ['report', 'plan', 'check', 'verify'],
  render,
}

function* render(document: Document): Generator<string> {
  const { trouble, remarks } = surveyOf(document)
  yield startOfPage(document)
  yield headerOf(document)
  yield* noticesOf(document)
  yield* section('Targets', totalsOf(document))
  yield* section('What needs attention', causesOf(trouble))
  yield* section('Next', nextOf(document))
  yield* section('Done, with a remark', causesOf(remarks))
  yield* section('About the feed', warningsOf(document))
  yield* section('What cannot be told', limitsOf(document))
  yield* sampleOf(document)
  yield* itemsOf(document)
  yield endOfPage(document)
}
