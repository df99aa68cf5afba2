import type { Target } from '../target.ts'
import { columnsIn } from '../template.ts'
import { assetsUrl, productsUrl } from './addresses.ts'
import { meaning } from './answers.ts'
import { type Facts, newFacts } from './facts.ts'
import { forecaster } from './forecast.ts'
import { type EmporixOptions, options } from './options.ts'
import { readEntries } from './pages.ts'
import { encode, payload } from './payload.ts'
import { push } from './push.ts'
import { read } from './read.ts'
import { remove } from './remove.ts'
import { login } from './token.ts'

/** Emporix Media Service: one item is an asset, a LINK or a BLOB, that belongs to a product. */
export const emporix: Target<EmporixOptions, Facts> = {
  type: 'emporix',
  title: 'Emporix Media Service',
  docs: 'https://developer.emporix.io/api-references/api-guides/media/media/api-reference/assets',
  baseUrl: 'https://api.emporix.io',
  cannot: [
    'An asset stays a LINK or a BLOB, and PUBLIC or PRIVATE, for good; such a change fails with the asset that has to be deleted.',
    'Assets of products and other predefined types cannot be PRIVATE.',
  ],
  unit: 'image',
  replay: 'keyed', // a create is looked up before and, without an answer, after it
  searched: true,
  ordered: false,
  tail: 'goes', // there are no ranks
  limits: {
    items: 20, // one request per item; the products of so many are looked up together
    bytes: 1_000_000, // not documented; our own precaution
    requestsPerItem: 2, // looked for, then made
    concurrency: 4,
    rate: null, // not documented
  },
  options,

  account: ({ tenant }) => tenant,
  login,
  columns: ({ upload, filename }) => (upload === 'blob' ? columnsIn(filename) : []),
  meaning,
  forecast: forecaster,
  encode,
  payload,
  prepare: async () => newFacts(),
  push,
  remove,
  read,

  async probe(io, options) {
    const urls = [
      assetsUrl(io.baseUrl, options),
      ...(options.resolve === 'code' ? [productsUrl(io.baseUrl, options)] : []),
    ]
    for (const url of urls) {
      readEntries(await io.send({ method: 'GET', url: `${url}?pageNumber=1&pageSize=1`, headers: {}, body: null }))
    }
  },
}
