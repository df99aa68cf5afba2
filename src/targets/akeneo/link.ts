import { inParallel } from '../../lib/parallel.ts'
import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Faulty, Pending, Verdict } from '../../model/outcome.ts'
import { each } from '../each.ts'
import type { Io, ItemAnswer, PendingItem } from '../target.ts'
import { describe, unreadable } from './answers.ts'
import { isSame, type Merged, mergeCodes } from './collection.ts'
import type { Facts } from './family.ts'
import type { AkeneoOptions } from './options.ts'
import { linkOf } from './payload.ts'
import { type Collection, readCollection, writeCollections } from './product.ts'

/** Products of one list PATCH, as documented. */
const PRODUCTS_AT_ONCE = 100
/** Calls of one connection at the same time, as documented. */
const CALLS_AT_ONCE = 4

const PENDING = 'link-pending'

/** The asset is written; its product is told when all assets of the run are. */
export function toBeLinked(written: Verdict): Pending {
  const message = 'The asset is written, but not linked to its product yet.'
  const meanwhile = written.reason === null ? { ...written, reason: PENDING, message } : written
  return { status: 'pending', meanwhile, isUnfinished: true }
}

/**
 * Puts the assets of products into their collections: reads each product, merges, and writes what differs. After a fault no
 * further products are begun; they stay pending, and the engine decides whether to ask again.
 */
export async function settle(
  items: readonly PendingItem[],
  io: Io,
  options: AkeneoOptions,
  facts: Facts,
): Promise<readonly ItemAnswer[]> {
  const answers = new Map<PendingItem, ItemAnswer>()
  let isBroken = false
  await inParallel(groupsOf(items), CALLS_AT_ONCE, async group => {
    if (isBroken) return
    for (const [pending, answer] of await linkGroup(group, io, options.link?.attribute ?? '', facts)) {
      answers.set(pending, answer)
      isBroken ||= answer.status === 'fault'
    }
  })
  return items.map(pending => answers.get(pending) ?? stillPending(pending))
}

/** Products of one PATCH: as many as it takes, but few enough that calls run side by side. */
export function groupSize(products: number): number {
  return Math.min(PRODUCTS_AT_ONCE, Math.ceil(products / CALLS_AT_ONCE))
}

function groupsOf(items: readonly PendingItem[]): PendingItem[][] {
  const size = groupSize(items.length)
  const count = size === 0 ? 0 : Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size))
}

/** What a collection shall be, and the item's verdict when it is so. */
interface Change {
  readonly collection: Collection
  readonly verdict: Verdict
}

async function linkGroup(
  group: readonly PendingItem[],
  io: Io,
  attribute: string,
  facts: Facts,
): Promise<ReadonlyMap<PendingItem, ItemAnswer>> {
  const changes = new Map<PendingItem, Change>()
  const answers = new Map<PendingItem, ItemAnswer>()
  const read = await each(group, io, async (pending, itemIo) => {
    const found = await compare(pending, itemIo, attribute, facts)
    if ('status' in found) return found
    changes.set(pending, found)
    return stillPending(pending)
  })
  for (const [at, pending] of group.entries()) answers.set(pending, begun(read[at]) ?? stillPending(pending))
  for (const [pending, answer] of await write(changes, io, attribute)) answers.set(pending, answer)
  return answers
}

/** Nothing was asked about the items after a fault that concerns them all. */
function begun(answer: ItemAnswer | undefined): ItemAnswer | null {
  return answer === undefined || (answer.status === 'fault' && answer.fault.attempts === 0) ? null : answer
}

async function compare(
  { item, meanwhile }: PendingItem,
  io: Io,
  attribute: string,
  { missing }: Facts,
): Promise<Change | Verdict> {
  const link = linkOf(item)
  if (link === null) return meanwhile
  const held = await readCollection(item.code, attribute, io)
  if (held === null) return failed(meanwhile, 'product-missing', missingProduct(item.code), 404)
  const merged = mergeCodes(link, held.codes, missing)
  const verdict = verdictOf(merged, meanwhile)
  if (isSame(merged.codes, held.codes)) return verdict
  return { collection: { ...held, codes: merged.codes }, verdict }
}

async function write(
  changes: ReadonlyMap<PendingItem, Change>,
  io: Io,
  attribute: string,
): Promise<ReadonlyMap<PendingItem, ItemAnswer>> {
  if (changes.size === 0) return new Map()
  const collections = [...changes.values()].map(({ collection }) => collection)
  try {
    const { response, entries } = await writeCollections(collections, attribute, io)
    return new Map([...changes].map(([pending, change], at) => [pending, afterWriting(entries[at], change, response)]))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return new Map([...changes].map(([pending, { collection }]) => [pending, faulty(error, collection.attempts)]))
  }
}

function afterWriting(entry: JsonObject | undefined, change: Change, response: HttpResponse): Verdict | Faulty {
  const { collection, verdict } = change
  const status = entry?.status_code
  const attempts = collection.attempts + response.attempts
  if (status === 204) return { ...verdict, attempts }
  if (status === 201) return { ...failed(verdict, 'product-missing', remadeProduct(collection.identifier)), attempts }
  if (entry !== undefined && typeof status === 'number' && status >= 400 && status < 500) {
    const words = describe(entry) || `Akeneo refused it with status ${status}.`
    return { ...failed(verdict, 'link-rejected', `Not linked: ${words}`), attempts }
  }
  return faulty(unreadable(response, entry ?? `no line for ${collection.identifier}`), collection.attempts)
}

/** What the first answer said of the asset holds, unless its product does not show it. */
function verdictOf({ missing, surplus }: Merged, meanwhile: Verdict): Verdict {
  if (missing.length > 0) {
    return failed(meanwhile, 'link-incomplete', `The product is linked without ${missing.join(', ')}: not in the PIM.`)
  }
  if (surplus.length > 0) {
    const words = `The collection holds assets of others and takes 50 in all, so there is no place for ${surplus.join(', ')}.`
    return failed(meanwhile, 'collection-full', words)
  }
  return meanwhile.reason === PENDING ? { ...meanwhile, reason: null, message: null } : meanwhile
}

function failed(verdict: Verdict, reason: string, message: string, http = verdict.http): Verdict {
  return { ...verdict, status: 'failed', reason, message, http }
}

function faulty(fault: Fault, earlier: number): Faulty {
  return { status: 'fault', fault: fault.after(earlier + fault.attempts) }
}

function stillPending({ meanwhile }: PendingItem): Pending {
  return { status: 'pending', meanwhile: { ...meanwhile, attempts: 0 }, isUnfinished: true }
}

function missingProduct(code: string): string {
  return `The assets are written, but the PIM has no product "${code}" to link them to (or none that this user may see).`
}

function remadeProduct(code: string): string {
  return `The product "${code}" was deleted while it was linked, and Akeneo made an empty one of that code: delete it.`
}
