import type { Document, Reporter } from '../reporter.ts'
import { attributes } from './junit/attributes.ts'
import { FEED_SUITE, type Listed, listedLines, surveyOf } from './junit/listed.ts'
import { endOfSuite, startOfSuite } from './junit/suite.ts'
import { feedCase, testCase } from './junit/test-case.ts'

/**
 * JUnit's XML as GitLab and Jenkins read it: a suite per target, a case per item or image. All of them up to 10,000, else only those
 * with trouble, of which the first 30,000: GitLab takes no file of more than 30 MB.
 */
export const junit: Reporter = {
  format: 'junit',
  extensions: ['.xml'],
  kinds: ['report', 'plan', 'check', 'verify'],
  render,
}

function* render(document: Document): Generator<string> {
  const survey = surveyOf(document)
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites${attributes(headOf(document, survey))}>\n`
  if (document.kind === 'check') yield startOfSuite(FEED_SUITE, document, survey) + feedCase(document)
  yield* suites(document, survey)
  yield '</testsuites>\n'
}

function headOf({ run }: Document, survey: ReadonlyMap<string, Listed>): Record<string, string> {
  const sum = (count: 'tests' | 'failures' | 'errors') =>
    [...survey.values()].reduce((sum, suite) => sum + suite[count], 0)
  return {
    name: `assetsync ${run.command}`,
    tests: String(sum('tests')),
    failures: String(sum('failures')),
    errors: String(sum('errors')),
    time: ((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000).toFixed(3),
  }
}

/** Lines come in the order of targets; targets without lines are last. */
function* suites(document: Document, survey: ReadonlyMap<string, Listed>): Generator<string> {
  const isCheck = document.kind === 'check' // its suite has been begun
  const unwritten = new Set(isCheck ? [] : survey.keys())
  let open = isCheck ? FEED_SUITE : null
  for (const line of listedLines(document)) {
    const suite = line.target ?? FEED_SUITE
    if (suite !== open) {
      if (open !== null) yield endOfSuite(open, document, survey)
      yield startOfSuite(suite, document, survey)
      open = suite
    }
    unwritten.delete(suite)
    yield testCase(line)
  }
  if (open !== null) yield endOfSuite(open, document, survey)
  for (const suite of unwritten) yield startOfSuite(suite, document, survey) + endOfSuite(suite, document, survey)
}
