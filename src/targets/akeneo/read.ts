import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Io, Reading, Sight, Sought } from '../target.ts'
import { codeAt, fold, ownedBy, stemOf } from './code.ts'
import { type Attribute, readFamily } from './family.ts'
import { type Assets, assetFinder, type FindAssets } from './find-assets.ts'
import type { AkeneoOptions } from './options.ts'
import { readCollection } from './product.ts'

type SoughtItem = Sought['items'][number]

/** A product with the codes of ours that its gallery consists of, in their order. */
interface Gallery {
  readonly sought: Sought
  /** Null: the PIM has no such product. */
  readonly codes: readonly string[] | null
  /** Codes beyond the gallery of the feed that are there too. */
  readonly extra: readonly string[]
}

/**
 * Reads assets by their codes. With `link` the gallery is what the product's collection shows of ours; without it, the assets of
 * all ranks, to the first that is missing after the end.
 */
export const read: Reading<AkeneoOptions> = {
  cannot: [
    'Of a media_file only its code can be compared with the one that the ledger knows, not the picture.',
    'A PIM that cannot search assets by code (before 7.0) is asked for one asset at a time, and not for further ranks.',
    'Assets of other names, in a collection or not, are not looked at.',
  ],
  async open(io, options) {
    const { media } = await readFamily(io, options)
    const find = assetFinder(io, options.family)
    return async sought => {
      const galleries =
        options.link === null
          ? await loose(sought, find, options)
          : await linked(sought, options.link.attribute, io, options)
      const codes = galleries.flatMap(each => [...each.sought.items.map(({ item }) => item.key), ...each.extra])
      const assets = await find(codes)
      return galleries.map(gallery => sightsOf(gallery, assets, media, options))
    }
  },
}

/** One product after the other: requests of several calls of `look` run side by side. */
async function linked(
  sought: readonly Sought[],
  attribute: string,
  io: Io,
  options: AkeneoOptions,
): Promise<readonly Gallery[]> {
  const galleries: Gallery[] = []
  for (const each of sought) {
    const collection = await readCollection(each.product.code, attribute, io)
    const codes = collection?.codes.filter(ownedBy(stemOf(each.product, options.code))) ?? null
    const keys = new Set(each.items.map(({ item }) => fold(item.key)))
    galleries.push({ sought: each, codes, extra: codes?.filter(code => !keys.has(fold(code))) ?? [] })
  }
  return galleries
}

/** Looks beyond the end of each gallery, rank by rank and at all products together. */
async function loose(sought: readonly Sought[], find: FindAssets, options: AkeneoOptions): Promise<readonly Gallery[]> {
  const ends = sought.map(each => ({ each, stem: stemOf(each.product, options.code), extra: [] as string[] }))
  for (let open = ends; open.length > 0; ) {
    const next = (end: (typeof ends)[number]) => codeAt(end.stem, end.each.items.length + end.extra.length + 1)
    const found = await find(open.map(next), true)
    open = open.filter(end => found.has(fold(next(end))))
    for (const end of open) end.extra.push(next(end))
  }
  return ends.map(({ each, extra }) => ({
    sought: each,
    codes: [...each.items.map(({ item }) => item.key), ...extra],
    extra,
  }))
}

function sightsOf(
  { sought, codes, extra }: Gallery,
  assets: Assets,
  media: Attribute,
  options: AkeneoOptions,
): Sight[] {
  const rankOf = new Map(codes?.map((code, at) => [fold(code), at + 1]))
  const own = sought.items.flatMap(each => {
    const asset = assets.get(fold(each.item.key))
    if (asset === undefined) return []
    return [sightOf(each, asset, codes === null ? null : (rankOf.get(fold(each.item.key)) ?? 0), media, options)]
  })
  const others = extra.flatMap((code): Sight[] => {
    const data = dataOf(assets.get(fold(code)) ?? {}, media, options)
    const rank = rankOf.get(fold(code)) ?? null
    return data === null
      ? []
      : [{ kind: 'image', key: null, rank, url: addressOf(data, media), name: code, note: null }]
  })
  return [...own, ...others]
}

/** @param rank in the gallery; 0: not in it; null: there is no product to have one */
function sightOf(
  { item, held }: SoughtItem,
  asset: JsonObject,
  rank: number | null,
  media: Attribute,
  options: AkeneoOptions,
): Sight {
  const { key } = item
  const absent = (reason: string, message: string): Sight => ({ kind: 'absent', key, reason, message })
  if (rank === null) return absent('product-missing', `The asset is there, but the PIM has no product "${item.code}".`)
  if (rank === 0) return absent('not-linked', `The asset is there, but not in the collection of the product.`)
  const data = dataOf(asset, media, options)
  if (data === null) return absent('without-image', `The asset is there, but its attribute "${media.code}" is empty.`)
  const url = addressOf(data, media)
  const known = held?.remoteId ?? null
  if (url !== null || known === data) return { kind: 'image', key, rank, url, name: key, note: null }
  if (known === null) return { kind: 'image', key, rank, url, name: key, note: UNKNOWN_FILE }
  return { kind: 'other', key, name: data, message: `It holds another file than the one that was uploaded (${known}).` }
}

const UNKNOWN_FILE = 'It is a file of the PIM, of which the ledger has no code: only its presence could be compared.'

/** What the media attribute holds for the locale and the channel of the options, or null. */
function dataOf({ values }: JsonObject, media: Attribute, { locale, channel }: AkeneoOptions): string | null {
  const entries = isJsonObject(values) && Object.hasOwn(values, media.code) ? values[media.code] : []
  if (!Array.isArray(entries)) return null
  const scope = { locale: media.perLocale ? locale : null, channel: media.perChannel ? channel : null }
  const entry = entries.find(
    each => isJsonObject(each) && (each.locale ?? null) === scope.locale && (each.channel ?? null) === scope.channel,
  )
  return isJsonObject(entry) && typeof entry.data === 'string' && entry.data !== '' ? entry.data : null
}

/** Null for a file of the PIM's own. */
function addressOf(data: string, { type, prefix, suffix }: Attribute): string | null {
  return type === 'media_link' ? prefix + data + suffix : null
}
