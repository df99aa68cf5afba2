import type { Target } from '../target.ts'
import { meaning } from './answers.ts'
import { remove } from './delete.ts'
import { type Facts, prepare } from './facts.ts'
import { forecaster } from './forecast.ts'
import { probe } from './list.ts'
import { options, type ProductAiOptions } from './options.ts'
import { columns, encode, payload } from './payload.ts'
import { push } from './push.ts'
import { read } from './read.ts'
import { settle } from './settle.ts'

/** ProductAI: one item is one image of a product, "available for generation" once it has been processed. */
export const productai: Target<ProductAiOptions, Facts> = {
  type: 'productai',
  title: 'ProductAI',
  docs: 'https://create.productai.photo/docs/api/assets',
  baseUrl: 'https://api.productai.photo/v1',
  cannot: [
    'It cannot change an asset: a new name or tag makes a new asset with a new id, and the old one is deleted when that is ready.',
    'It does not say why processing failed.',
  ],
  unit: 'image',
  replay: 'create', // every POST makes another asset
  searched: true,
  ordered: false,
  tail: 'goes', // an image that is not named any more is an item of its own
  limits: {
    items: 20, // our own: one request takes one image
    bytes: 1_000_000, // of one load's parameters; our own
    requestsPerItem: 1, // a replaced one takes a second
    concurrency: 2, // not documented; our own
    rate: { count: 10, perMs: 60_000 }, // of the Free plan: https://create.productai.photo/docs/api
  },
  options,

  account: () => 'owner of the key', // the key is all there is, and no part of who a target is
  login: async (_io, { auth, apiKey }) => ({
    headers: auth === 'bearer' ? { authorization: `Bearer ${apiKey}` } : { 'x-api-key': apiKey },
    expiresIn: null,
  }),
  columns,
  meaning,
  forecast: forecaster,
  encode,
  payload,
  prepare,
  push,
  settle,
  remove,
  read,
  probe,
}
