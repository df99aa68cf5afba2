import type { CheckReport, FeedSummary, PlanReport, Report, RunHeader } from '../../model/report.ts'
import type { VerifyReport } from '../../model/verification.ts'
import { noticesOf } from '../document/notices.ts'
import {
  detectedShape,
  differenceShape,
  everywhereShape,
  feedShape,
  findingShape,
  outcomeShape,
  plannedTargetShape,
  problemGroupShape,
  productShape,
  rejectionShape,
  repairShape,
  runShape,
  stepShape,
  targetShape,
  verifiedTargetShape,
} from '../document/shapes.ts'
import { surveyOf } from '../document/survey.ts'
import type { Document, Reporter } from '../reporter.ts'
import { jsonText } from '../text/json-text.ts'

/** One JSON object per document; its lists of items, steps and rejections have one line each, so that grep works. */
export const json: Reporter = {
  format: 'json',
  extensions: ['.json'],
  kinds: ['report', 'plan', 'check', 'verify'],
  render,
}

function render(document: Document): Iterable<string> {
  switch (document.kind) {
    case 'report':
      return reportObject(document)
    case 'plan':
      return planObject(document)
    case 'check':
      return checkObject(document)
    case 'verify':
      return verifyObject(document)
  }
}

function* reportObject(report: Report): Generator<string> {
  yield* head('assetsync.report/1', report.run, report.feed)
  yield member('targets', report.targets.map(targetShape))
  yield* list('items', report.outcomes(), outcomeShape)
  yield* tail(report.exitCode, report.notices)
}

function* planObject(plan: PlanReport): Generator<string> {
  yield* head('assetsync.plan/1', plan.run, plan.feed)
  yield member('targets', plan.targets.map(plannedTargetShape))
  yield* list('steps', plan.steps(), stepShape)
  yield* tail(plan.exitCode, plan.notices)
}

function* checkObject(check: CheckReport): Generator<string> {
  yield* head('assetsync.check/1', check.run, check.feed)
  yield* list('detected', check.detected, detectedShape)
  yield* list('sample', check.sample, productShape)
  yield* list('problems', surveyOf(check).trouble.grouped(), problemGroupShape)
  yield* list('rejections', check.rejections(), rejectionShape)
  yield* tail(check.exitCode, noticesOf(check))
}

function* verifyObject(verify: VerifyReport): Generator<string> {
  yield* head('assetsync.verify/1', verify.run, verify.feed)
  yield member('targets', verify.targets.map(verifiedTargetShape))
  yield member('everywhere', verify.everywhere && everywhereShape(verify.everywhere))
  yield* list('differences', verify.differences(), differenceShape)
  yield* list('findings', verify.findings(), findingShape)
  yield member('repairs', verify.repairs.map(repairShape))
  yield* tail(verify.exitCode, verify.notices)
}

function* head(schema: string, run: RunHeader, feed: FeedSummary): Generator<string> {
  yield `{"schema":${jsonText(schema)}`
  yield member('run', runShape(run))
  yield member('feed', feedShape(feed))
}

function* tail(exitCode: number, notices: readonly string[]): Generator<string> {
  yield member('exitCode', exitCode)
  yield member('notices', notices)
  yield '\n}\n'
}

function* list<T>(name: string, values: Iterable<T>, shape: (value: T) => unknown): Generator<string> {
  yield `,\n"${name}":[`
  let separator = '\n'
  for (const value of values) {
    yield separator + jsonText(shape(value))
    separator = ',\n'
  }
  yield '\n]'
}

function member(name: string, value: unknown): string {
  return `,\n"${name}":${jsonText(value)}`
}
