import type { Catalog } from '../catalog/index.ts'
import type { ConfiguredTarget } from '../config/config.ts'
import { createGuard, shrinkGuard } from '../engine/guards.ts'
import { type Halt, halt, type Lane } from '../engine/lane.ts'
import { type Plan, planInto } from '../engine/plan-into.ts'
import { type Sent, send } from '../engine/push.ts'
import { select } from '../engine/select.ts'
import { type Images, openImages } from '../images/index.ts'
import { openLedger } from '../ledger/index.ts'
import type { Journal, Ledger, TargetId } from '../ledger/ledger.ts'
import { lockLedger } from '../ledger/lock.ts'
import { Closers } from '../lib/closers.ts'
import { plural } from '../lib/text.ts'
import { mostSevere } from '../model/exit.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Report } from '../model/report.ts'
import { readFeed } from './feed.ts'
import { headerOf, iso, newRunId, sourceName } from './header.ts'
import { limitsOf, openLane, pruningOf, register } from './lanes.ts'
import type { Opened, PushRequest } from './request.ts'

/** Bytes of one image that is uploaded; targets have limits of their own below it. */
const IMAGE_BYTES = 30 * 1024 * 1024

/** What the steps of one run share. */
interface Run {
  readonly request: PushRequest
  readonly startedAt: number
  readonly id: string
  readonly ledger: Ledger
  readonly journal: Journal
  readonly catalog: Catalog
  readonly images: Images
  readonly planned: readonly PlannedTarget[]
}

interface PlannedTarget {
  readonly configured: ConfiguredTarget
  readonly id: TargetId
  readonly plan: Plan
}

/**
 * The story of a push: take the ledger, read the whole feed, plan every target, and only then send; settle every item, and
 * tell what became of it.
 */
export async function push(request: PushRequest): Promise<Opened<Report>> {
  const closers = new Closers()
  try {
    const startedAt = request.clock.wall()
    closers.add(await lock(request, startedAt), held => held.release())
    const ledger = closers.add(openLedger(request.state), opened => opened.close())
    const notices = recover(ledger, iso(startedAt))
    const catalog = closers.add(await readFeed(request), read => read.close())
    const id = newRunId(startedAt)
    const journal = begin(ledger, request, id, startedAt)
    const planned = plan(catalog, ledger, journal, request)
    const images = closers.add(imagesFor(request), opened => opened.close())
    const run: Run = { request, startedAt, id, ledger, journal, catalog, images, planned }
    const refusal = refuse(run)
    const sent = await allOf(planned.map(target => deliver(target, refusal, run)))
    return { document: conclude(run, sent, notices), close: () => closers.close() }
  } catch (error) {
    await closers.close()
    throw error
  }
}

/** Waits for all, also when one fails: nothing may be closed while another target is still being sent to. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

function lock(request: PushRequest, startedAt: number) {
  const { state, pid, command, lockWait, clock, stop } = request
  const holder = { pid, command: `assetsync ${command}`, since: iso(startedAt) }
  return lockLedger(state, { holder, wait: lockWait, clock, stop })
}

function recover(ledger: Ledger, at: string): string[] {
  return ledger.recover(at).map(({ id, interrupted, skipped }) => {
    const open = interrupted + skipped
    const items = open === 0 ? '' : ` before it could finish ${plural(open, 'item')}`
    return `Run ${id} was killed${items}; this run sends what is still missing.`
  })
}

function begin(ledger: Ledger, request: PushRequest, id: string, startedAt: number): Journal {
  const { command, version } = request
  return ledger.start({
    id,
    command,
    version,
    startedAt: iso(startedAt),
    source: sourceName(request),
    whole: isWhole(request),
  })
}

function isWhole({ selection }: PushRequest): boolean {
  return selection.limit === null && selection.only.length === 0
}

function plan(catalog: Catalog, ledger: Ledger, journal: Journal, request: PushRequest): PlannedTarget[] {
  const { config, full, listen, selection } = request
  return config.targets.map(configured => {
    const { name, target, options } = configured
    const id = register(ledger, configured, request)
    const entries = () => select(catalog.entries(), selection)
    const held = (keys: readonly string[]) => ledger.held(id, keys)
    const planning = { entries, target, options, full, held, pruning: pruningOf(catalog, ledger, id, request) }
    const made = planInto(journal, id, planning, limitsOf(configured))
    const { create, update, unchanged, reject } = made.actions
    listen({
      type: 'planned',
      target: name,
      send: create + update,
      unchanged,
      rejected: reject,
      requests: made.batches,
    })
    return { configured, id, plan: made }
  })
}

function imagesFor({ config, proxies, clock, version, rewriteImage }: PushRequest): Images {
  const slowest = Math.max(0, ...config.targets.map(({ settings }) => settings.timeout))
  const connections = Math.max(1, ...config.targets.map(({ settings }) => settings.concurrency))
  return openImages({
    allowHosts: config.allowHosts,
    maxBytes: IMAGE_BYTES,
    timeoutMs: slowest * 1000,
    proxies,
    clock,
    agent: `assetsync/${version}`,
    connections,
    rewrite: rewriteImage,
  })
}

/** A guard that refuses the plan holds every target back. */
function refuse({ catalog, planned, ledger, request }: Run): Halt | null {
  const last = request.allowShrink ? null : ledger.lastComplete(sourceName(request))
  const guards = planned.map(({ plan }) => createGuard(plan.actions.create, request.maxCreate))
  return shrinkGuard(catalog.summary.products, last) ?? guards.find(guard => guard !== null) ?? null
}

async function deliver({ configured, id, plan }: PlannedTarget, refusal: Halt | null, run: Run): Promise<Sent> {
  const { request, ledger, journal, images } = run
  const help: Pick<Lane, 'note' | 'image'> = {
    note: (item, remoteId) => ledger.note(id, item, remoteId),
    image: url => images.get(url),
  }
  const lane = openLane(configured, plan.actions.create + plan.actions.update, help, request)
  try {
    if (refusal !== null) halt(lane, refusal)
    const { clock, stop, maxDelete } = request
    return await send(lane, { journal, ledger, id, plan, clock, maxDelete, stop })
  } finally {
    await lane.wire.close()
  }
}

/** Once per message, however many targets it is about. */
function told(sent: readonly Sent[], messageOf: (sent: Sent) => string | null): string[] {
  const messages = new Set(sent.map(messageOf).filter(message => message !== null))
  return [...messages].map(message => {
    const names = sent.filter(each => messageOf(each) === message).map(({ summary }) => summary.name)
    return `${names.join(', ')}: ${message}`
  })
}

function conclude(run: Run, sent: readonly Sent[], notices: readonly string[]): Report {
  const { request, startedAt, id, catalog, journal, planned } = run
  const { stop } = request
  const header = headerOf(request, startedAt, id)
  const signal = stop.aborted && typeof stop.reason === 'number' ? [stop.reason] : []
  const exitCode = mostSevere([...sent.flatMap(({ exits }) => exits), ...signal])
  const halts = told(sent, ({ halted }) => halted?.message ?? null)
  const withheld = told(sent, each => each.withheld)
  const summary = {
    run: header,
    feed: catalog.summary,
    targets: sent.map(each => each.summary),
    notices: [...notices, ...halts, ...withheld],
    exitCode,
  }
  const complete = halts.length === 0 && !stop.aborted && isWhole(request)
  const { products } = catalog.summary
  journal.finish({ header, exitCode, complete, products, summary: JSON.stringify(summary) })
  return {
    kind: 'report',
    ...summary,
    *outcomes(): Generator<Outcome> {
      for (const { configured, id: target } of planned) yield* journal.outcomes(target, configured.name)
    },
  }
}
