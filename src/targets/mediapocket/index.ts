import { each } from '../each.ts'
import type { Target } from '../target.ts'
import { isSurelyMissing, meaning } from './answers.ts'
import { readAsset } from './api.ts'
import { forecaster } from './forecast.ts'
import { type MediaPocketOptions, options } from './options.ts'
import { columnsOf, encode, payload } from './payload.ts'
import { place, trash, unlessMissing } from './push.ts'
import { read } from './read.ts'

/** An id that no asset has. Reading it is answered with 404 by who knows the address and takes the credentials. */
const NO_ASSET = 'assetsync-probe-0000'

/** Media Pocket, API V2: one item is an asset with one image, known by its external id. */
export const mediapocket: Target<MediaPocketOptions> = {
  type: 'mediapocket',
  title: 'Media Pocket',
  docs: 'https://demo.mediapocket.fi/api/docs/V2/assets/create.html',
  baseUrl: null,
  cannot: [
    'It cannot be searched: an asset that is there but not in the ledger is reported as already-exists and left as it is.',
    'It fetches images later and does not say whether it could: created and updated mean that it took their addresses.',
    'It documents no way to replace an image: whenever an item is updated, its image is removed and attached again.',
    'When a gallery gets shorter, the assets of the ranks it lost stay, unless that push removes them with --prune.',
    'Removed assets are in its trash bin for 14 days, where they may keep their external ids: one that comes back is already-exists.',
    'Articles are not made, only assets with an image.',
  ],
  unit: 'image',
  replay: 'keyed',
  tail: 'goes', // an item is one image and has no tail; what a shorter gallery loses are items of their own
  limits: {
    items: 20, // one asset per request, so this is only how much is planned and settled together
    bytes: 1_000_000, // not documented; our own precaution
    requestsPerItem: 2, // the asset and its image
    concurrency: 4, // not documented; our own precaution
    rate: null, // none documented
  },
  options,

  account: () => '', // the assets are the installation's, whoever's key is used
  login: async (_io, { apiKey }) => ({ headers: { 'x-api-key': apiKey }, expiresIn: null }),
  columns: columnsOf,
  meaning,
  fold: key => key, // compared exactly
  forecast: forecaster,
  encode,
  payload,
  push: ({ items }, io, options) => each(items, io, (item, own) => place(item, payload(item, options), own)),
  remove: (items, io) => each(items, io, trash),
  read,

  async probe(io) {
    await unlessMissing(readAsset(NO_ASSET, io), isSurelyMissing)
  },
}
