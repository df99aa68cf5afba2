import { Fault } from '../../model/fault.ts'
import type { Io, Reading, Sight, Sought } from '../target.ts'
import { type Asset, isSurelyMissing } from './answers.ts'
import { readAsset } from './api.ts'
import { filenameOf } from './filename.ts'
import type { MediaPocketOptions } from './options.ts'
import { unlessMissing } from './push.ts'

/** What the API calls an asset that has no file yet. */
const PLACEHOLDER = 'placeholder'

/** Reads assets by the ids that the ledger knows, one request each: there is no other way to ask. */
export const read: Reading<MediaPocketOptions> = {
  cannot: [
    'Media Pocket cannot be searched: only assets whose ids the ledger knows can be read, and what else is there is not seen.',
    'It does not tell where an image came from: that there is one, and its filename, is all that can be compared.',
  ],
  open: async (io, options) => async sought => {
    const sights: Sight[][] = []
    for (const each of sought) sights.push(await sightsOf(each, io, options))
    return sights
  },
}

async function sightsOf({ items }: Sought, io: Io, options: MediaPocketOptions): Promise<Sight[]> {
  const sights: Sight[] = []
  for (const [at, { item, held }] of items.entries()) {
    const sight =
      held?.remoteId == null
        ? hidden(item.key, 'id-unknown', NO_ID)
        : await see({ key: item.key, id: held.remoteId, rank: at + 1, url: item.gallery[0] ?? '' }, io, options)
    if (sight !== null) sights.push(sight)
  }
  return sights
}

interface Place {
  readonly key: string
  readonly id: string
  readonly rank: number
  readonly url: string
}

/** Null: it is not there. A refusal is about this asset alone. */
async function see(place: Place, io: Io, options: MediaPocketOptions): Promise<Sight | null> {
  try {
    const asset = await unlessMissing(readAsset(place.id, io), isSurelyMissing)
    return asset === null ? null : sightOf(asset, place, options)
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'refused') throw error
    return hidden(place.key, error.reason, `Asset ${place.id} cannot be read: ${error.message}`)
  }
}

function sightOf(asset: Asset, { key, rank, url }: Place, { media }: MediaPocketOptions): Sight {
  const { id, externalId, trashed, mediaType, filename } = asset
  const absent = (reason: string, message: string): Sight => ({ kind: 'absent', key, reason, message })
  if (trashed) return absent('in-trash', `Asset ${id} is in the trash bin.`)
  if (externalId !== key) return absent('other-id', `Asset ${id} has the external id "${externalId ?? ''}" now.`)
  if (media && mediaType === PLACEHOLDER)
    return absent('without-image', `Asset ${id} is there, but has no image (yet).`)
  if (media && filename !== null && !isAlike(filename, filenameOf(url))) {
    return { kind: 'other', key, name: filename, message: `Asset ${id} holds another file than ${filenameOf(url)}.` }
  }
  return { kind: 'image', key, rank, url: null, name: id, note: media ? NO_ADDRESS : NO_MEDIA }
}

/** What a vendor does to names of files, such as small letters, is no difference. */
function isAlike(left: string, right: string): boolean {
  return plain(left) === plain(right)
}

function plain(filename: string): string {
  return filename
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
}

function hidden(key: string, reason: string, message: string): Sight {
  return { kind: 'hidden', key, reason, message }
}

const NO_ID = 'The ledger has no id of this asset, and Media Pocket cannot be asked for it by its external id.'
const NO_ADDRESS =
  'Media Pocket does not tell the address of an image: only its presence and filename could be compared.'
const NO_MEDIA = '"media" is false at this target: only the asset could be compared.'
