import { existsSync } from 'node:fs'
import type { Catalog } from '../catalog/index.ts'
import type { ConfiguredTarget } from '../config/config.ts'
import { forecast } from '../engine/forecast.ts'
import { createGuard, deleteGuard, shrinkGuard } from '../engine/guards.ts'
import { type Planning, planSteps } from '../engine/plan.ts'
import { noActions, packed } from '../engine/plan-into.ts'
import { countCarried, planRemovals } from '../engine/prune.ts'
import { select } from '../engine/select.ts'
import { mayArriveAt } from '../engine/settle-window.ts'
import { openLedger } from '../ledger/index.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { ledgerFile } from '../ledger/open.ts'
import { Closers } from '../lib/closers.ts'
import { EXIT } from '../model/exit.ts'
import type { PlannedStep, PlannedTarget, PlanReport } from '../model/report.ts'
import { isBatch, type Step } from '../model/step.ts'
import type { Target } from '../targets/target.ts'
import { readFeed } from './feed.ts'
import { headerOf, sourceName } from './header.ts'
import { identityOf, limitsOf, pruningOf } from './lanes.ts'
import type { LedgerRequest, Opened } from './request.ts'

/** What a push would do now: the same reading and the same comparison, no request and nothing written. */
export async function plan(request: LedgerRequest): Promise<Opened<PlanReport>> {
  const closers = new Closers()
  try {
    const startedAt = request.clock.wall()
    const catalog = closers.add(await readFeed(request), read => read.close())
    const ledger = closers.add(openToRead(request.state), opened => opened.close())
    const lanes = request.config.targets.map(configured => {
      const planning = planningOf(configured, catalog, ledger, request)
      const planned = count(configured, planning)
      return { configured, planning, planned, withheld: withheldBy(planned, planning, request) }
    })
    const targets = lanes.map(({ planned }) => planned)
    const document: PlanReport = {
      kind: 'plan',
      run: headerOf(request, startedAt),
      feed: catalog.summary,
      targets,
      notices: [...guardNotices(catalog, targets, ledger, request), ...lanes.flatMap(({ withheld }) => withheld)],
      exitCode: targets.some(({ totals }) => totals.reject > 0) ? EXIT.items : EXIT.ok,
      *steps(): Generator<PlannedStep> {
        for (const { configured, planning } of lanes) {
          for (const step of allSteps(planning)) yield reported(configured.name, step)
        }
      },
    }
    return { document, close: () => closers.close() }
  } catch (error) {
    await closers.close()
    throw error
  }
}

/** Without a ledger nothing is known of any target; none is made just for looking. */
function openToRead(state: string): Ledger {
  return openLedger(existsSync(ledgerFile(state)) ? state : null)
}

/** Comparing again gives the same steps, so a plan of any size needs no place to be kept. */
function planningOf(configured: ConfiguredTarget, catalog: Catalog, ledger: Ledger, request: LedgerRequest): Planning {
  const { target, options } = configured
  const id = ledger.find(identityOf(configured, request.sandbox))
  return {
    entries: () => select(catalog.entries(), request.selection),
    target,
    options,
    full: request.full,
    held: keys => (id === null ? new Map() : ledger.held(id, keys)),
    mayArrive: id === null ? () => new Set() : mayArriveAt(target, id, ledger, request.clock.wall()),
    pruning: id === null ? null : pruningOf(catalog, ledger, id, request),
  }
}

function* allSteps(planning: Planning): Generator<Step> {
  yield* planSteps(planning)
  if (planning.pruning !== null) yield* planRemovals(planning.pruning, planning)
}

function count(configured: ConfiguredTarget, planning: Planning): PlannedTarget {
  const { name, target, settings } = configured
  const totals = noActions()
  let requests = 0
  for (const page of packed(planning, limitsOf(configured))) {
    totals[page.action] += page.steps.length
    if (isBatch(page)) requests += requestsFor(page.steps.length, target)
  }
  return {
    name,
    type: target.type,
    totals,
    items: Object.values(totals).reduce((sum, each) => sum + each, 0),
    forecast: forecast(requests, settings.rate),
    endpoint: settings.baseUrl,
  }
}

function requestsFor(items: number, { limits }: Target): number {
  return limits.requestsPerItem === undefined ? 1 : items * limits.requestsPerItem
}

function withheldBy({ name, totals }: PlannedTarget, { pruning }: Planning, { maxDelete }: LedgerRequest): string[] {
  const message = pruning === null ? null : deleteGuard(totals.delete, countCarried(pruning), maxDelete)
  return message === null ? [] : [`${name}: ${message}`]
}

function guardNotices(
  { summary, openEnd, isCorrection }: Catalog,
  targets: PlannedTarget[],
  ledger: Ledger,
  request: LedgerRequest,
): string[] {
  const last = request.allowShrink || isCorrection ? null : ledger.lastComplete(sourceName(request))
  const guards = targets.map(({ totals }) => createGuard(totals.create, request.maxCreate))
  return [shrinkGuard({ products: summary.products, openEnd }, last), ...guards].flatMap(guard =>
    guard === null ? [] : [guard.message],
  )
}

function reported(target: string, step: Step): PlannedStep {
  const { action, source } = step
  switch (step.action) {
    case 'reject':
      return {
        target,
        code: step.code,
        key: null,
        action,
        changes: null,
        reason: step.reason,
        message: step.message,
        source,
      }
    case 'unchanged':
      return {
        target,
        code: step.code,
        key: step.key,
        action,
        changes: null,
        reason: step.dropped === null ? null : 'image-dropped',
        message: step.dropped,
        source,
      }
    case 'delete': {
      const { code, key } = step.item
      return { target, code, key, action, changes: null, reason: null, message: null, source }
    }
    default: {
      const reason = step.dropped === null ? null : 'image-dropped'
      return {
        target,
        code: step.item.code,
        key: step.item.key,
        action,
        changes: step.changes,
        reason,
        message: step.dropped,
        source,
      }
    }
  }
}
