import type { SentItem } from '../../model/item.ts'
import type { Faulty, Pending, Verdict } from '../../model/outcome.ts'
import { each } from '../each.ts'
import type { Io, ItemAnswer, Load } from '../target.ts'
import { rest } from './address.ts'
import { assetOf } from './asset.ts'
import type { Facts } from './family.ts'
import { toBeLinked } from './link.ts'
import { mediaOf } from './media.ts'
import type { AkeneoOptions } from './options.ts'
import { linkOf } from './payload.ts'
import { verdicts } from './verdicts.ts'

/** Makes the media of every asset ready, then writes the assets in one request. */
export async function push(load: Load, io: Io, options: AkeneoOptions, facts: Facts): Promise<readonly ItemAnswer[]> {
  if (load.action === 'create') for (const { key } of load.items) facts.missing.add(key)
  const media = new Map<SentItem, string>()
  const prepared = await each(load.items, io, async (item, itemIo) => {
    const found = await mediaOf(item, facts.media, itemIo)
    if (typeof found !== 'string') return found
    media.set(item, found)
    return READY
  })
  const written = await write(load.action, media, io, options, facts)
  return load.items.map((item, at) => {
    const before = prepared[at] ?? READY
    const answer = written.get(item)
    if (answer === undefined || before.status !== 'pending') return before
    return conclude(item, afterUploads(before, answer), options, facts)
  })
}

/** The medium is there, its asset is not written yet. */
const READY: Pending = {
  status: 'pending',
  meanwhile: { status: 'accepted', reason: null, message: null, remoteId: null, http: null, requestId: null },
}

async function write(
  action: Load['action'],
  media: ReadonlyMap<SentItem, string>,
  io: Io,
  options: AkeneoOptions,
  facts: Facts,
): Promise<ReadonlyMap<SentItem, Verdict | Faulty>> {
  if (media.size === 0) return new Map()
  const response = await io.send({
    method: 'PATCH',
    url: rest(io, 'asset-families', options.family, 'assets'),
    headers: { 'content-type': 'application/json' }, // one array; products are lines of another type
    body: Buffer.from(JSON.stringify([...media].map(([item, data]) => assetOf(item, data, facts, options)))),
  })
  const answers = verdicts(action, [...media.keys()], response)
  return facts.media.type === 'media_file' ? withFiles(answers, media) : answers
}

/** The code of its file tells later whether an asset still holds what was uploaded. */
function withFiles(
  answers: ReadonlyMap<SentItem, Verdict | Faulty>,
  media: ReadonlyMap<SentItem, string>,
): ReadonlyMap<SentItem, Verdict | Faulty> {
  const hasFile = (answer: Verdict | Faulty): answer is Verdict =>
    answer.status !== 'fault' && answer.status !== 'failed'
  return new Map(
    [...answers].map(([item, answer]) => [
      item,
      hasFile(answer) ? { ...answer, remoteId: media.get(item) ?? null } : answer,
    ]),
  )
}

function afterUploads({ meanwhile }: Pending, answer: Verdict | Faulty): Verdict | Faulty {
  const uploads = meanwhile.attempts ?? 0
  if (answer.status === 'fault') return { status: 'fault', fault: answer.fault.after(uploads + answer.fault.attempts) }
  return { ...answer, attempts: uploads + (answer.attempts ?? 0) }
}

/** An asset that is there may still have to be linked. */
function conclude(item: SentItem, answer: Verdict | Faulty, options: AkeneoOptions, facts: Facts): ItemAnswer {
  if (answer.status === 'fault' || answer.status === 'failed') return answer
  facts.missing.delete(item.key)
  return options.link !== null && linkOf(item) !== null ? toBeLinked(answer) : answer
}
