import type { ConfiguredTarget } from '../config/config.ts'
import { forecast, forecasterFor } from '../engine/forecast.ts'
import { type Halt, halt } from '../engine/lane.ts'
import type { Plan } from '../engine/plan-into.ts'
import { type Sent, send } from '../engine/push.ts'
import { type Images, openImages } from '../images/index.ts'
import { openLedger } from '../ledger/index.ts'
import type { Journal, Ledger } from '../ledger/ledger.ts'
import { lockLedger } from '../ledger/lock.ts'
import { nextTurn } from '../lib/clock.ts'
import { Closers } from '../lib/closers.ts'
import { plural } from '../lib/text.ts'
import type { RunEvent } from '../model/event.ts'
import type { Report } from '../model/report.ts'
import type { Expected } from '../targets/forecast.ts'
import { TARGETS } from '../targets/index.ts'
import { allOf } from './all-of.ts'
import { conclude, type PlannedTarget, type Run } from './conclude.ts'
import { iso, newRunId } from './header.ts'
import { interrupted } from './interrupt.ts'
import { type Help, openLane, register } from './lanes.ts'
import { counted } from './planned-load.ts'
import type { Opened, RunRequest } from './request.ts'
import type { Work } from './work.ts'

/** Bytes of one image that is uploaded; targets have limits of their own below it. */
const IMAGE_BYTES = 30 * 1024 * 1024

/**
 * The story of every run: take the ledger, find out what is to be sent, plan every target, and only then send; settle every
 * item, and tell what became of it.
 */
export async function run(
  request: RunRequest,
  prepare: (ledger: Ledger, startedAt: number) => Work | Promise<Work>,
): Promise<Opened<Report>> {
  const closers = new Closers()
  try {
    const startedAt = request.clock.wall()
    closers.add(await lock(request, startedAt), held => held.release())
    const ledger = closers.add(openLedger(request.state), opened => opened.close())
    const notices = [...ledger.warnings, ...recover(ledger, iso(startedAt))]
    const work = closers.add(await prepare(ledger, startedAt), each => each.close())
    const id = newRunId(startedAt)
    const { command, version } = request
    const { source, whole } = work
    const journal = ledger.start({ id, command, version, startedAt: iso(startedAt), source, whole })
    const planned = await planAll(work, ledger, journal, request)
    const print = (await work.print?.()) ?? null
    const images = closers.add(imagesFor(request), opened => opened.close())
    const all: Run = { request, startedAt, id, ledger, journal, work, print, images, planned }
    const refusal = work.refuse(planned.map(({ plan }) => plan))
    const sent = await allOf(planned.map(target => deliver(target, refusal, all)))
    return { document: conclude(all, sent, notices), close: () => closers.close() }
  } catch (error) {
    await closers.close()
    throw error
  }
}

function lock(request: RunRequest, startedAt: number) {
  const { state, pid, command, lockWait, clock, stop } = request
  const holder = { pid, command: `assetsync ${command}`, since: iso(startedAt) }
  return lockLedger(state, { holder, wait: lockWait, clock, stop })
}

function recover(ledger: Ledger, at: string): string[] {
  return ledger.recover(at, isSearched, mayRepeat).map(({ id, interrupted, skipped }) => {
    const open = interrupted + skipped
    const items = open === 0 ? '' : ` before it could finish ${plural(open, 'item')}`
    const rest = 'what is still missing is sent, and what may have arrived is looked for, by this run or the next push'
    return `Run ${id} was killed${items}; ${rest}.`
  })
}

function mayRepeat(type: string): boolean {
  return TARGETS.some(target => target.type === type && target.replay === 'upsert')
}

/** Sending again what was under way could make a second one there. */
function isSearched(type: string): boolean {
  return TARGETS.some(target => target.type === type && target.searched === true)
}

/** Interrupted, or in trouble, the run has not begun: nothing of it is kept. */
async function planAll(work: Work, ledger: Ledger, journal: Journal, request: RunRequest): Promise<PlannedTarget[]> {
  const planned: PlannedTarget[] = []
  try {
    for (const configured of work.targets) planned.push(await planOne(configured, work, ledger, journal, request))
    return planned
  } catch (error) {
    forget(journal)
    throw error
  }
}

function forget(journal: Journal): void {
  try {
    journal.discard()
  } catch {
    // The next run finds it as one that was killed; what went wrong first is the one to tell.
  }
}

async function planOne(
  configured: ConfiguredTarget,
  work: Work,
  ledger: Ledger,
  journal: Journal,
  request: RunRequest,
): Promise<PlannedTarget> {
  const { listen, stop } = request
  const id = register(ledger, configured, request)
  const forecaster = forecasterFor(configured.target, configured.options)
  const progress = async (items: number): Promise<void> => {
    listen({ type: 'planning', target: configured.name, items })
    await nextTurn()
    if (stop.aborted) throw interrupted(stop, 'planning')
  }
  const plan = await work.plan(configured, id, journal, pages => counted(pages, forecaster), progress)
  listen(plannedEvent(configured, plan, plan.batches === 0 ? null : forecaster.total()))
  return { configured, id, plan }
}

function plannedEvent(
  { name, target, settings }: ConfiguredTarget,
  { actions }: Plan,
  sending: Expected | null,
): RunEvent {
  const { create, update, unchanged, reject } = actions
  return {
    type: 'planned',
    target: name,
    send: create + update,
    remove: actions.delete,
    unchanged,
    rejected: reject,
    requests: forecast(sending, { ...settings, limit: target.limits.rate }).requests,
    rate: settings.rate,
  }
}

function imagesFor({ config, proxies, clock, version, rewriteImage }: RunRequest): Images {
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

async function deliver({ configured, id, plan }: PlannedTarget, refusal: Halt | null, all: Run): Promise<Sent> {
  const { request, ledger, journal, images, work } = all
  const help: Help = {
    note: (item, remoteId) => ledger.note(id, item, remoteId),
    image: url => images.get(url),
    attempted({ batch, at, ...attempt }) {
      journal.attempt(id, batch === null ? null : { no: batch }, { ...attempt, at: iso(at) })
    },
  }
  const lane = openLane(configured, plan.actions.create + plan.actions.update, help, request)
  try {
    if (refusal !== null) halt(lane, refusal)
    const { clock, stop, maxDelete } = request
    const { remark } = work
    const missing = () => work.missing?.(id) ?? []
    return await send(lane, { journal, ledger, id, plan, clock, maxDelete, stop, missing, ...(remark && { remark }) })
  } finally {
    await lane.wire.close()
  }
}
