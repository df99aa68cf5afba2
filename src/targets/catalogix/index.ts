import { type Suspect, TAIL_REMOVED, type Verdict } from '../../model/outcome.ts'
import type { Target } from '../target.ts'
import { meaning, verdicts } from './answers.ts'
import { forecaster } from './forecast.ts'
import { type CatalogixOptions, options } from './options.ts'
import { encode, payload } from './payload.ts'
import { read } from './read.ts'
import { unlink } from './unlink.ts'
import { assetsUrl } from './url.ts'

/** Catalogix by Streamoid: one item is a product with its ranked images; "Create or update asset links with rank". */
export const catalogix: Target<CatalogixOptions> = {
  type: 'catalogix',
  title: 'Catalogix (Streamoid)',
  docs: 'https://docs.streamoid.com/api-reference/asset-apis/create-update-asset',
  baseUrl: 'https://api.catalogix.ai/v1',
  cannot: [
    'Ranks after the end of a gallery that got shorter stay, because it cannot remove images by rank; --prune unlinks them.',
    'It counts what it created and updated but does not name it; assetsync finds out which items failed.',
  ],
  unit: 'product',
  replay: 'upsert',
  tail: 'stays', // POST /assets has no way to remove a rank
  limits: {
    items: 100, // "The API accepts upto 100 data items at a time" (413 beyond)
    bytes: 1_000_000, // not documented; our own precaution
    concurrency: 4,
    rate: { count: 10, perMs: 60_000 }, // per API key, from the vendor's rate limit page
  },
  options,

  account: ({ storeUuid, channel }) => `${storeUuid}/${channel}`,
  login: async (_io, { token }) => ({ headers: { authorization: `Bearer ${token}` }, expiresIn: null }),
  columns: ({ productUuid }) => (productUuid === null ? [] : [productUuid]),
  meaning,
  forecast: forecaster,
  encode,
  payload,

  async push(load, io, options) {
    if (load.items.length === 0) return []
    const response = await io.send({
      method: 'POST',
      url: assetsUrl(io.baseUrl, options),
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(load.items.map(item => payload(item, options)))),
    })
    return verdicts(load, response).map((verdict, at) => {
      const trims = load.items[at]?.trim ?? []
      return trims.length > 0 && isPass(verdict)
        ? { status: 'pending', meanwhile: verdict, isUnfinished: true }
        : verdict
    })
  },

  /** Only items with ranks to trim are left pending by `push`. */
  async settle(items, io, options) {
    const wanted = items.map(({ item }) => ({ item, ranks: item.trim }))
    const { failed } = await unlink(wanted, io, options)
    return items.map(({ item, meanwhile }) => {
      const ranks = `rank ${item.trim.join(', ')}`
      if (!failed.has(item)) return { ...meanwhile, reason: TAIL_REMOVED, message: `Removed ${ranks}.` }
      return {
        ...meanwhile,
        status: 'failed',
        reason: 'unattributed',
        message: `Catalogix did not remove all of ${ranks}.`,
      }
    })
  },

  async remove(items, io, options) {
    const wanted = items.map(item => ({ item, ranks: [...item.gallery.map((_, at) => at + 1), ...item.trim] }))
    const { failed, last } = await unlink(wanted, io, options)
    const facts = { remoteId: null, http: last?.status ?? null, requestId: null }
    return items.map(item => {
      if (!failed.has(item)) return { ...facts, status: 'deleted', reason: null, message: null }
      return { ...facts, status: 'failed', reason: 'unattributed', message: 'Catalogix did not remove all images.' }
    })
  },

  read,

  async probe(io, options) {
    await io.send({ method: 'GET', url: `${assetsUrl(io.baseUrl, options)}&limit=1`, headers: {}, body: null })
  },
}

function isPass(verdict: Verdict | Suspect): verdict is Verdict {
  return verdict.status === 'created' || verdict.status === 'updated' || verdict.status === 'accepted'
}
