import type { Catalog } from '../catalog/index.ts'
import type { ConfiguredTarget } from '../config/config.ts'
import { select } from '../engine/select.ts'
import { type Looked, type Verified, verify as verifyLane } from '../engine/verify.ts'
import { compared, countEverywhere, differenceOf, isSameEverywhere } from '../engine/verify-everywhere.ts'
import type { Verifying } from '../engine/verify-sought.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { Closers } from '../lib/closers.ts'
import { Spool } from '../lib/spool.ts'
import { plural } from '../lib/text.ts'
import { EXIT, mostSevere } from '../model/exit.ts'
import { isRejection } from '../model/product.ts'
import type { Everywhere, Finding, GalleryDifference, VerifyReport } from '../model/verification.ts'
import { allOf } from './all-of.ts'
import { readFeed } from './feed.ts'
import { headerOf, sourceName } from './header.ts'
import { identityOf, openLane } from './lanes.ts'
import { openToRead } from './open-to-read.ts'
import { Repairs } from './repairs.ts'
import type { Opened, RunRequest } from './request.ts'
import { NOBODY_NAMES, whoNamesAt } from './who-names.ts'

/** One target with what was looked at there. */
interface Lane {
  readonly name: string
  readonly looked: Spool<Looked>
  readonly verified: Verified
}

/** Compares what the targets really hold with the feed. Reads only: no target, and nothing in the ledger, is changed. */
export async function verify(request: RunRequest): Promise<Opened<VerifyReport>> {
  const closers = new Closers()
  try {
    const startedAt = request.clock.wall()
    const catalog = closers.add(await readFeed(request), read => read.close())
    const ledger = closers.add(openToRead(request.state), opened => opened.close())
    const looking = request.config.targets.map(configured => {
      const looked = closers.add(new Spool<Looked>(), spool => spool.close())
      return look(configured, looked, catalog, ledger, request)
    })
    const lanes = await allOf(looking)
    return { document: reportOf(lanes, catalog, startedAt, request), close: () => closers.close() }
  } catch (error) {
    await closers.close()
    throw error
  }
}

async function look(
  configured: ConfiguredTarget,
  looked: Spool<Looked>,
  catalog: Catalog,
  ledger: Ledger,
  request: RunRequest,
): Promise<Lane> {
  const { name, target, options } = configured
  const id = ledger.find(identityOf(configured, request.sandbox))
  const verifying: Verifying = {
    entries: () => select(catalog.entries(), request.selection),
    target,
    options,
    isKnown: id !== null,
    held: keys => (id === null ? new Map() : ledger.held(id, keys)),
    whoNames: id === null ? NOBODY_NAMES : whoNamesAt({ catalog, ledger, id, source: sourceName(request) }),
  }
  const lane = openLane(configured, 0, NOTHING_WRITTEN, request)
  try {
    return { name, looked, verified: await verifyLane(lane, verifying, () => request.clock.now(), looked) }
  } finally {
    await lane.wire.close()
  }
}

/** Reading makes nothing durable and fetches no image. */
const NOTHING_WRITTEN = {
  note: () => undefined,
  image: async (url: string) => ({ kind: 'problem', reason: 'image-unreachable', message: url }) as const,
}

function reportOf(lanes: readonly Lane[], catalog: Catalog, startedAt: number, request: RunRequest): VerifyReport {
  const { stop } = request
  const signal = stop.aborted && typeof stop.reason === 'number' ? [stop.reason] : []
  const refused = countRejections(catalog, request)
  const sources = () => lanes.map(({ name, looked }) => ({ name, looked: looked.read() }))
  return {
    kind: 'verify',
    run: headerOf(request, startedAt),
    feed: catalog.summary,
    targets: lanes.map(({ verified }) => verified.summary),
    everywhere: everywhere(lanes, sources),
    repairs: repairsOf(lanes),
    next: [],
    notices: [...rejectionNotices(refused), ...lanes.flatMap(({ verified }) => verified.notices)],
    exitCode: mostSevere([
      ...lanes.flatMap(({ verified }) => verified.exits),
      refused > 0 ? EXIT.items : EXIT.ok,
      ...signal,
    ]),
    findings: () => findingsOf(lanes),
    *differences(): Generator<GalleryDifference> {
      for (const each of compared(sources())) if (!isSameEverywhere(each)) yield differenceOf(each)
    },
  }
}

function* findingsOf(lanes: readonly Lane[]): Generator<Finding> {
  for (const { looked } of lanes) for (const { findings } of looked.read()) yield* findings
}

function everywhere(lanes: readonly Lane[], sources: () => Parameters<typeof compared>[0]): Everywhere | null {
  const readable = lanes.filter(({ verified }) => verified.summary.readable).length
  return readable < 2 ? null : countEverywhere(sources(), readable)
}

function repairsOf(lanes: readonly Lane[]) {
  const repairs = new Repairs()
  for (const finding of findingsOf(lanes)) repairs.add(finding)
  return repairs.all()
}

function countRejections(catalog: Catalog, { selection }: RunRequest): number {
  let count = 0
  for (const entry of select(catalog.entries(), selection)) if (isRejection(entry)) count++
  return count
}

function rejectionNotices(count: number): string[] {
  if (count === 0) return []
  return [
    `${plural(count, 'record')} of the feed cannot be sent anywhere and had nothing to be compared with; assetsync check tells why.`,
  ]
}
