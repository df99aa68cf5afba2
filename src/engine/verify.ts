import { inParallel } from '../lib/parallel.ts'
import type { Spool } from '../lib/spool.ts'
import { plural } from '../lib/text.ts'
import { EXIT } from '../model/exit.ts'
import { Fault } from '../model/fault.ts'
import { isRejection } from '../model/product.ts'
import { CONDITIONS, type Condition, type Finding, type VerifiedTarget } from '../model/verification.ts'
import type { Look } from '../targets/target.ts'
import { type Halt, halt, ioOf, type Lane } from './lane.ts'
import { compareSights, unseen } from './verify-compare.ts'
import { haltAfter, haltUnopened, wordsIn } from './verify-halt.ts'
import { newQueue, numbered } from './verify-order.ts'
import { IMAGES_AT_ONCE, type SoughtProduct, soughtChunks, type Verifying } from './verify-sought.ts'

/** The findings about one product at one target, with its place in the feed. */
export interface Looked {
  readonly seq: number
  readonly findings: readonly Finding[]
}

export interface Verified {
  readonly summary: VerifiedTarget
  /** What could not be read or compared, in whole sentences. */
  readonly notices: readonly string[]
  /** Exit codes that its findings and faults call for. */
  readonly exits: readonly number[]
}

/** Looks at everything that the feed wants to be at one target, and tells each product's findings in the order of the feed. */
export async function verify(
  lane: Lane,
  verifying: Verifying,
  now: () => number,
  looked: Spool<Looked>,
): Promise<Verified> {
  const startedAt = now()
  const tally: Tally = { totals: noConditions(), partly: new Map(), refused: new Map() }
  announce(lane, verifying)
  const look = await open(lane)
  const inOrder = newQueue<Looked[]>(products => {
    for (const each of products) {
      looked.append(each)
      for (const finding of each.findings) count(finding, tally)
    }
    const images = products.flatMap(({ findings }) => findings.filter(({ status }) => status !== 'extra')).length
    lane.listen({ type: 'settled', target: lane.name, counts: { unchanged: images } })
  })
  const chunks = soughtChunks(verifying, ({ reason }) => raise(tally.refused, reason))
  await inParallel(numbered(chunks), lane.settings.concurrency, async ({ no, value: chunk }) => {
    inOrder.put(no, await lookAt(chunk, look, lane))
  })
  return conclude(lane, tally, look !== null, now() - startedAt)
}

/** Displays count what was looked at like items that are sent: nothing of it changes. */
function announce({ name, settings, listen }: Lane, { entries }: Verifying): void {
  let images = 0
  for (const entry of entries()) if (!isRejection(entry)) images += entry.gallery.length
  const requests = Math.ceil(images / IMAGES_AT_ONCE)
  listen({
    type: 'planned',
    target: name,
    send: images,
    remove: 0,
    unchanged: 0,
    rejected: 0,
    requests,
    rate: settings.rate,
  })
}

/** The counts so far. */
interface Tally {
  readonly totals: Record<Condition, number>
  /** Images of which not everything could be compared, by what is said of them. */
  readonly partly: Map<string, number>
  /** Products that cannot be sent to this target, by reason. */
  readonly refused: Map<string, number>
}

function count({ status, message }: Finding, { totals, partly }: Tally): void {
  totals[status]++
  if ((status === 'same' || status === 'moved') && message !== null) raise(partly, message)
}

function raise(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function conclude(lane: Lane, { totals, partly, refused }: Tally, isOpen: boolean, durationMs: number): Verified {
  const { name, target, settings, halted, wire } = lane
  const images = CONDITIONS.reduce((sum, status) => (status === 'extra' ? sum : sum + totals[status]), 0)
  const isSame = totals.same === images && totals.extra === 0 && refused.size === 0
  const readable = isOpen && (halted === null || totals.unreadable < images)
  return {
    summary: {
      name,
      type: target.type,
      totals,
      images,
      requests: wire.meter.requests,
      durationMs: Math.round(durationMs),
      endpoint: settings.baseUrl,
      readable,
      cannot: target.read?.cannot ?? [],
    },
    notices: [
      ...whyUnread(lane, readable),
      ...[...refused].map(([reason, products]) => leftOut(name, reason, products)),
      ...[...partly].map(([words, images]) => `${name}, ${plural(images, 'image')}: ${words}`),
    ],
    exits: [isSame ? EXIT.ok : EXIT.items, halted?.exit ?? EXIT.ok],
  }
}

/** None of any. */
export function noConditions(): Record<Condition, number> {
  return { same: 0, missing: 0, differs: 0, moved: 0, extra: 0, unreadable: 0 }
}

async function open(lane: Lane): Promise<Look | null> {
  const { target, options } = lane
  if (target.read === undefined) {
    const message = `The API of ${target.title} cannot be read.`
    halt(lane, { exit: EXIT.ok, rest: 'skipped', reason: 'cannot-be-read', message })
    return null
  }
  try {
    return await target.read.open(ioOf(lane), options)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    halt(lane, haltUnopened(error))
    return null
  }
}

async function lookAt(chunk: readonly SoughtProduct[], look: Look | null, lane: Lane): Promise<Looked[]> {
  const { halted } = lane
  if (look === null || halted !== null) return unreadable(chunk, halted, lane)
  try {
    const sights = await look(chunk.map(({ sought }) => sought))
    if (sights.length !== chunk.length) {
      throw new Error(`${lane.target.type} saw ${sights.length} products of ${chunk.length}`)
    }
    lane.lost = 0
    return chunk.map((product, at) =>
      withSeq(product, masked(compareSights(lane.name, product, sights[at] ?? []), lane)),
    )
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    lane.lost = error.kind === 'ambiguous' || error.kind === 'unreadable' ? lane.lost + 1 : 0
    const reason = haltAfter(error, lane.lost)
    if (reason !== null) halt(lane, reason)
    return unreadable(chunk, reason ?? { reason: error.reason, message: `${wordsIn(error)}.` }, lane)
  }
}

function unreadable(
  chunk: readonly SoughtProduct[],
  why: Pick<Halt, 'reason' | 'message'> | null,
  lane: Lane,
): Looked[] {
  const { reason, message } = why ?? { reason: 'cannot-be-read', message: null }
  return chunk.map(product => withSeq(product, masked(unseen(lane.name, product, reason, message), lane)))
}

function withSeq({ sought }: SoughtProduct, findings: readonly Finding[]): Looked {
  return { seq: sought.product.seq, findings }
}

/** Words of a server may repeat what was sent to it. */
function masked(findings: readonly Finding[], { redact }: Lane): Finding[] {
  const safe = (text: string | null) => text && redact(text)
  return findings.map(each => ({ ...each, found: safe(each.found), message: safe(each.message) }))
}

function whyUnread({ name, halted, redact }: Lane, readable: boolean): string[] {
  if (halted === null) return readable ? [] : [`${name} cannot be verified: nothing could be read.`]
  return [`${name} ${readable ? 'could not be verified to the end' : 'cannot be verified'}: ${redact(halted.message)}`]
}

function leftOut(name: string, reason: string, count: number): string {
  const are = count === 1 ? 'It was' : 'They were'
  return `${name} cannot take ${plural(count, 'product')} of the feed (${reason}). ${are} not compared; assetsync plan tells why.`
}
