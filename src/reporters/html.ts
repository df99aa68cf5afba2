import { causesOf } from './html/causes.ts'
import { endOfPage, startOfPage } from './html/frame.ts'
import { headerOf } from './html/header.ts'
import { itemsOf } from './html/items.ts'
import { nextOf, noticesOf, warningsOf } from './html/remarks.ts'
import { sampleOf } from './html/sample.ts'
import { section } from './html/section.ts'
import { totalsOf } from './html/totals.ts'
import { type ItemDocument, isItemDocument } from './lines.ts'
import type { Reporter } from './reporter.ts'
import { countLines, troublesOf } from './trouble.ts'

/**
 * One page that needs nothing else: no script, no font, no picture from anywhere. Pictures of a plan or a check are asked for
 * when somebody unfolds them, not before. Filters work without script; a text search is there where scripts may run.
 */
export const html: Reporter = {
  format: 'html',
  extensions: ['.html', '.htm'],
  kinds: ['report', 'plan', 'check'],
  render: document => (isItemDocument(document) ? page(document) : []),
}

function* page(document: ItemDocument): Generator<string> {
  const { trouble, remarks } = troublesOf(document)
  const hasTargets = document.kind !== 'check' && document.targets.length > 1
  yield startOfPage(document)
  yield headerOf(document)
  yield* noticesOf(document)
  yield* section('Targets', totalsOf(document))
  yield* section('What needs attention', causesOf(trouble, hasTargets))
  yield* section('Next', nextOf(document))
  yield* section('Done, with a remark', causesOf(remarks, hasTargets))
  yield* section('About the feed', warningsOf(document))
  yield* sampleOf(document)
  yield* itemsOf(document, countLines(trouble))
  yield endOfPage(document)
}
