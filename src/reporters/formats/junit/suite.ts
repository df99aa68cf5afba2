import { linesAt } from '../../document/tally.ts'
import { type ReportedTarget, targetsOf } from '../../document/targets.ts'
import type { Document } from '../../reporter.ts'
import { counted } from '../../text/counts.ts'
import { escaped } from '../../text/escaped.ts'
import { attributes } from './attributes.ts'
import { type Listed, NOTHING } from './listed.ts'

type Survey = ReadonlyMap<string, Listed>

/** The suite's start tag with its numbers, and what became of all its items as properties. */
export function startOfSuite(name: string, document: Document, survey: Survey): string {
  const { run } = document
  const { tests, failures, errors, skipped } = survey.get(name) ?? NOTHING
  const target = targetOf(name, document)
  const head = {
    name,
    tests: String(tests),
    failures: String(failures),
    errors: String(errors),
    skipped: String(skipped),
    time: target !== null && 'durationMs' in target ? (target.durationMs / 1000).toFixed(3) : null,
    timestamp: run.startedAt.slice(0, 'YYYY-MM-DDThh:mm:ss'.length),
  }
  const facts = { run: run.id, version: run.version, ...(target === null ? {} : factsOf(target)) }
  const properties = Object.entries(facts).map(([name, value]) => `   <property${attributes({ name, value })}/>\n`)
  return ` <testsuite${attributes(head)}>\n  <properties>\n${properties.join('')}  </properties>\n`
}

/** The suite's end, after what is to be said of the run and of items that are not listed. */
export function endOfSuite(name: string, document: Document, survey: Survey): string {
  const { tests } = survey.get(name) ?? NOTHING
  const target = targetOf(name, document)
  const items = target === null ? tests : linesAt(target)
  const one = document.kind === 'verify' ? 'image' : 'item'
  const words = [
    ...(tests < items
      ? [`Of ${counted(items, one)} only ${counted(tests, one)} with trouble ${tests === 1 ? 'is' : 'are'} listed.`]
      : []),
    ...(document.kind === 'check' ? [] : document.notices),
  ]
  const said = words.length === 0 ? '' : `  <system-out>${words.map(escaped).join('\n')}</system-out>\n`
  return `${said} </testsuite>\n`
}

function targetOf(name: string, document: Document): ReportedTarget | null {
  return targetsOf(document).find(target => target.name === name) ?? null
}

function factsOf(target: ReportedTarget): Record<string, string> {
  const { type, endpoint, totals } = target
  const counts = { items: linesAt(target), ...totals, ...requestsOf(target) }
  return {
    type,
    endpoint,
    ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)])),
  }
}

/** Of a plan, where their number is not known exactly, also the most that there can be. */
function requestsOf(target: ReportedTarget): Record<string, number> {
  if (!('forecast' in target)) return { requests: target.requests }
  const { requests, most } = target.forecast
  return most > requests ? { requests, mostRequests: most } : { requests }
}
