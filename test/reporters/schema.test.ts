import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from '../../src/lib/schema.ts'
import { isJsonObject, type Json, type JsonObject } from '../../src/model/json.ts'
import { noTotals, STATUSES } from '../../src/model/outcome.ts'
import { ACTIONS } from '../../src/model/step.ts'
import { CONDITIONS, type Finding, type VerifyReport } from '../../src/model/verification.ts'
import { json } from '../../src/reporters/formats/json.ts'
import { ndjson } from '../../src/reporters/formats/ndjson.ts'
import { HISTORY_FORMATS, type HistoryDocument } from '../../src/reporters/history.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { catalogOf, Terminal } from '../cli/terminal.ts'
import { configure } from '../oracle/config.ts'
import { faultNamed } from '../oracle/fault.ts'
import { Journal } from '../oracle/journal.ts'
import { Oracle } from '../oracle/oracle.ts'
import { aCheck, aFeed, aPlan, aProblem, aReport, aStep, LOOK, MIXED, RUN, someChanges } from './documents.ts'
import { aListedRun, anExplainedItem, anExplanation, aRunsReport, aSending } from './history-documents.ts'

const SCHEMAS = {
  report: read('report'),
  plan: read('plan'),
  check: read('check'),
  verify: read('verify'),
  runs: read('runs'),
  explain: read('explain'),
} as const
type Name = keyof typeof SCHEMAS

function read(name: string): JsonObject {
  return JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8'))
}

/** Shipped schemas allow keys that later versions add; these here allow none, so that every key is described. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isJsonObject(schema)) return schema
  const members = Object.entries(schema).map(([key, value]) => [key, closed(value)])
  return Object.fromEntries('properties' in schema ? [...members, ['additionalProperties', false]] : members)
}

function validator(schema: JsonObject) {
  // The type is that of a schema with no unknown keyword, which the first test proves.
  return z.fromJSONSchema(closed(schema) as Parameters<typeof z.fromJSONSchema>[0])
}

/** The schema of a line of NDJSON: one of the definitions. */
function lineSchema(name: Name): JsonObject {
  const { $schema, $defs } = SCHEMAS[name]
  const line = { report: 'item', plan: 'step', check: 'line', verify: 'finding', runs: 'run', explain: '' }[name]
  return {
    $schema: $schema ?? null,
    $defs: $defs ?? null,
    ...(isJsonObject($defs) && (Object($defs)[line] as JsonObject)),
  }
}

/** What is wrong with the text of a document, as "path: problem"; an empty list when nothing is. */
function problems(name: Name, text: string): string[] {
  return issues(validator(SCHEMAS[name]), JSON.parse(text))
}

function lineProblems(name: Name, text: string): string[] {
  const schema = validator(lineSchema(name))
  return text.split('\n').flatMap(line => (line === '' ? [] : issues(schema, JSON.parse(line))))
}

function issues(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

function render(document: Document | HistoryDocument, format: 'json' | 'ndjson' = 'json'): string {
  if (document.kind !== 'runs' && document.kind !== 'explain') {
    return [...(format === 'json' ? json : ndjson).render(document, LOOK)].join('')
  }
  const fitting = HISTORY_FORMATS.find(each => each.format === format && each.kinds.includes(document.kind))
  return [...(fitting?.render(document, LOOK) ?? [])].join('')
}

const CHANGED = { rank: 2, url: 'https://img.example/side.jpg' }

const DOCUMENTS: Record<Name, Document | HistoryDocument> = {
  report: aReport(MIXED, { notices: ['catalogix stopped.'] }),
  plan: aPlan([
    aStep({
      changes: someChanges({
        added: [{ rank: 1, url: 'https://img.example/a.jpg' }],
        removed: [{ rank: 2, url: 'https://img.example/b.jpg' }],
        moved: [{ url: 'https://img.example/c.jpg', from: 3, to: 2 }],
      }),
    }),
    aStep({ action: 'reject', code: null, key: null, reason: 'code-missing', message: 'No code.' }),
  ]),
  check: aCheck([aProblem(), aProblem({ code: null, reason: 'code-missing' })]),
  verify: aVerification(),
  runs: aRunsReport([
    aListedRun({ targets: [{ name: 'shop', type: 'catalogix', items: 812, totals: { ...noTotals(), created: 812 } }] }),
    aListedRun({ state: 'killed', finishedAt: null, durationMs: null, exitCode: null }),
  ]),
  explain: anExplanation([
    anExplainedItem({
      held: { gallery: ['https://img.example/a.jpg'], tail: [CHANGED], remoteId: 'a7', fingerprint: null },
      unknown: { run: 'run-7', attemptedAt: RUN.startedAt, message: 'No answer.' },
      sending: aSending({ changes: someChanges({ added: [CHANGED] }), payload: ['any JSON'] }),
      next: {
        action: 'update',
        changes: someChanges({ removed: [CHANGED], moved: [{ url: CHANGED.url, from: 3, to: 2 }] }),
        payload: ['any JSON'],
        reason: null,
        message: null,
        source: 'furniture.csv:2',
      },
    }),
    anExplainedItem({ key: null, held: null, sending: null }),
  ]),
}
const NAMES = Object.keys(SCHEMAS) as Name[]
/** Those that tell of a feed; the others tell of the ledger. */
const OF_FEEDS = ['report', 'plan', 'check', 'verify'] as const

function aVerification(): VerifyReport {
  const totals = { same: 1, missing: 1, differs: 0, moved: 1, extra: 0, unreadable: 0 }
  const finding: Finding = {
    target: 'dam',
    code: 'LAMP-1',
    key: 'LAMP-1_2',
    status: 'missing',
    rank: 2,
    foundRank: null,
    expected: 'https://img.example/side.jpg',
    found: null,
    repair: 'push-full',
    reason: null,
    message: null,
    source: 'furniture.csv:2',
  }
  return {
    kind: 'verify',
    run: { ...RUN, command: 'verify' },
    feed: aFeed(),
    targets: [
      {
        name: 'dam',
        type: 'mediapocket',
        totals,
        images: 3,
        requests: 2,
        durationMs: 12,
        endpoint: 'https://dam.example',
        readable: true,
        cannot: ['The picture itself is not compared.'],
      },
    ],
    everywhere: { compared: 2, different: 1 },
    repairs: [{ repair: 'push-full', targets: ['dam'], codes: ['LAMP-1'] }],
    next: [],
    notices: [],
    exitCode: 1,
    findings: () => [finding, { ...finding, status: 'moved', foundRank: 3, found: 'asset-7', repair: null }],
    differences: () => [{ code: 'LAMP-1', source: 'furniture.csv:2', targets: [{ name: 'dam', totals }] }],
  }
}

describe('the shipped JSON Schemas', () => {
  it.each(NAMES)('describe every key of a %s', name => {
    const undescribed: string[] = []
    const walk = (value: Json, path: string): void => {
      if (!isJsonObject(value)) return
      if (isJsonObject(value.properties ?? null)) {
        for (const [key, each] of Object.entries(Object(value.properties) as JsonObject)) {
          if (!isJsonObject(each) || !('description' in each || '$ref' in each)) undescribed.push(`${path}.${key}`)
        }
      }
      for (const [key, each] of Object.entries(value)) walk(each, `${path}.${key}`)
    }
    walk(SCHEMAS[name], name)
    expect(undescribed).toEqual([])
  })

  it('say the same of what all documents share', () => {
    const shared = (name: Name) => {
      const { run, feed, warning } = Object(SCHEMAS[name].$defs) as JsonObject
      return { run, feed, warning }
    }
    expect(OF_FEEDS.map(shared)).toEqual(OF_FEEDS.map(() => shared('report')))
  })

  it('know every status, action and condition', () => {
    const definitions = (name: Name) => Object(SCHEMAS[name].$defs)
    expect(definitions('report').item.properties.status.enum).toEqual(STATUSES)
    expect(definitions('report').totals.required).toEqual(STATUSES)
    expect([...definitions('plan').step.properties.action.enum].sort()).toEqual([...ACTIONS].sort())
    expect(definitions('verify').finding.properties.status.enum).toEqual(CONDITIONS)
    expect(definitions('verify').totals.required).toEqual(CONDITIONS)
    expect([...definitions('plan').totals.required].sort()).toEqual([...ACTIONS].sort())
  })

  it.each(NAMES)('fit what the formats make of a %s', name => {
    expect(problems(name, render(DOCUMENTS[name]))).toEqual([])
    expect(lineProblems(name, render(DOCUMENTS[name], 'ndjson'))).toEqual([])
  })

  it('say the same of an outcome, its changes and its totals wherever they are', () => {
    const { outcome, changes } = Object(SCHEMAS.explain.$defs)
    const { description: _, ...item } = Object(SCHEMAS.report.$defs).item
    expect(outcome).toMatchObject(item)
    expect(changes).toEqual(Object(SCHEMAS.plan.$defs).changes)
    expect(Object(SCHEMAS.runs.$defs).totals.properties).toEqual(Object(SCHEMAS.report.$defs).totals.properties)
  })

  it.each(NAMES)('notice every key that is missing from a %s, and every key too many', name => {
    const whole = JSON.parse(render(DOCUMENTS[name]))
    const schema = validator(SCHEMAS[name])
    const unnoticed = mutants(whole).filter(({ value }) => schema.safeParse(value).success)
    expect(unnoticed.map(({ path }) => path)).toEqual([])
  })
})

/** The value with one key left out or one added, for all objects in it. */
function mutants(whole: Json): { path: string; value: Json }[] {
  const found: { path: string; value: Json }[] = []
  const walk = (value: Json, path: string, rebuild: (value: Json) => Json): void => {
    if (Array.isArray(value)) {
      for (const [at, each] of value.entries()) {
        walk(each, `${path}.${at}`, changed => rebuild(value.with(at, changed)))
      }
    } else if (isJsonObject(value)) {
      found.push({ path: `${path} and more`, value: rebuild({ ...value, more: 1 }) })
      for (const [key, each] of Object.entries(value)) {
        const { [key]: _, ...rest } = value
        found.push({ path: `${path}.${key}`, value: rebuild(rest) })
        walk(each, `${path}.${key}`, changed => rebuild({ ...value, [key]: changed }))
      }
    }
  }
  walk(whole, '', value => value)
  return found
}

describe('reports of real runs', () => {
  let terminal: Terminal
  let sandbox: Sandbox
  let oracle: Oracle

  afterEach(async () => {
    await Promise.all([oracle.close(), sandbox.close()])
    terminal.close()
  })

  it('fit the schemas, with items of every status', async () => {
    sandbox = await startSandbox({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    oracle = new Oracle({ target: 'emporix', upstream: sandbox.url, elsewhere: sandbox.url, journal: new Journal() })
    await oracle.listen()
    terminal = new Terminal()
    const urls = new Map([['catalogix', sandbox.url] as const, ['emporix', oracle.url] as const])
    const settings = { concurrency: 1, batchSize: 10, retries: 0, maxWait: 1 }
    const { text, env } = configure(sandbox.targets, urls, settings)
    terminal.file('.assetsyncrc', text)
    const lost = faultNamed('never:reset')
    oracle.begin(1, ({ isWrite }) => (isWrite ? lost : null), 30_000)
    const seen = new Set<string>()
    const wrong: string[] = []
    const call = async (line: string, name: Name = 'report') => {
      const isOfFeed = OF_FEEDS.some(each => each === name)
      const report = isOfFeed ? ' --report lines.ndjson' : ''
      const { stdout, stderr } = await terminal.call(`${line} --format json${report}`, { env })
      expect(stdout, stderr).not.toBe('')
      wrong.push(...problems(name, stdout), ...(isOfFeed ? lineProblems(name, terminal.read('lines.ndjson')) : []))
      const { items, steps } = JSON.parse(stdout)
      for (const { status, action } of items ?? steps ?? []) seen.add(status ?? action)
    }

    terminal.file(
      'chairs.csv',
      `${catalogOf(3)}POISON,https://images.example.com/p.jpg,\nBAD,front.jpg,\n,https://images.example.com/a.jpg,\n`,
    )
    await call('plan chairs.csv', 'plan')
    await call('check chairs.csv', 'check')
    await call('push chairs.csv')
    await call('push chairs.csv --target catalogix')
    await call('verify chairs.csv', 'verify')
    for (const code of ['CHR-00000', 'POISON', 'BAD', 'NOWHERE']) await call(`explain ${code}`, 'explain')
    await call('explain CHR-00001 chairs.csv', 'explain')
    terminal.file('chairs.csv', catalogOf(3, 3))
    await call('push chairs.csv --target catalogix --max-create 0')
    terminal.file('chairs.csv', catalogOf(5, 1))
    await call('plan chairs.csv --target catalogix', 'plan')
    await call('push chairs.csv --target catalogix --state elsewhere')
    await call('push chairs.csv --target catalogix --max-create 0')
    terminal.file('chairs.csv', catalogOf(1, 1))
    await call('plan chairs.csv --target catalogix --prune --max-delete 100% --allow-shrink', 'plan')
    await call('push chairs.csv --target catalogix --prune --max-delete 100% --allow-shrink')

    await call('runs', 'runs')

    expect(wrong).toEqual([])
    expect([...seen].sort()).toEqual([...new Set([...STATUSES, ...ACTIONS])].sort())
  })
})
