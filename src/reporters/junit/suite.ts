import type { PlannedTarget, TargetSummary } from '../../model/report.ts'
import { escaped } from '../escaped.ts'
import type { ItemDocument } from '../lines.ts'
import { counted } from '../verdict.ts'
import { attributes } from './attributes.ts'
import type { Listed } from './listed.ts'

type Survey = ReadonlyMap<string, Listed>

const NOTHING: Listed = { tests: 0, failures: 0, skipped: 0 }

/** The suite's start tag with its numbers, and what became of all its items as properties. */
export function startOfSuite(name: string, document: ItemDocument, survey: Survey): string {
  const { run } = document
  const { tests, failures, skipped } = survey.get(name) ?? NOTHING
  const target = targetOf(name, document)
  const head = {
    name,
    tests: String(tests),
    failures: String(failures),
    errors: '0',
    skipped: String(skipped),
    time: target !== null && 'durationMs' in target ? (target.durationMs / 1000).toFixed(3) : null,
    timestamp: run.startedAt.slice(0, 'YYYY-MM-DDThh:mm:ss'.length),
  }
  const facts = { run: run.id, version: run.version, ...(target === null ? {} : factsOf(target)) }
  const properties = Object.entries(facts).map(([name, value]) => `   <property${attributes({ name, value })}/>\n`)
  return ` <testsuite${attributes(head)}>\n  <properties>\n${properties.join('')}  </properties>\n`
}

/** The suite's end, after what is to be said of the run and of items that are not listed. */
export function endOfSuite(name: string, document: ItemDocument, survey: Survey): string {
  const { tests } = survey.get(name) ?? NOTHING
  const items = targetOf(name, document)?.items ?? tests
  const words = [
    ...(tests < items
      ? [
          `Of ${counted(items, 'item')} only ${counted(tests, 'item')} with trouble ${tests === 1 ? 'is' : 'are'} listed.`,
        ]
      : []),
    ...(document.kind === 'check' ? [] : document.notices),
  ]
  const said = words.length === 0 ? '' : `  <system-out>${words.map(escaped).join('\n')}</system-out>\n`
  return `${said} </testsuite>\n`
}

function targetOf(name: string, document: ItemDocument): TargetSummary | PlannedTarget | null {
  if (document.kind === 'check') return null
  const targets: readonly (TargetSummary | PlannedTarget)[] = document.targets
  return targets.find(target => target.name === name) ?? null
}

function factsOf(target: TargetSummary | PlannedTarget): Record<string, string> {
  const { type, endpoint, items, totals } = target
  const { requests } = 'forecast' in target ? target.forecast : target
  const counts = { items, ...totals, requests }
  return {
    type,
    endpoint,
    ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)])),
  }
}
