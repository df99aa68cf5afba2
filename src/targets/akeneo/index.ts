import type { Target } from '../target.ts'
import { meaning } from './answers.ts'
import { fold } from './code.ts'
import { type Facts, readFamily } from './family.ts'
import { forecaster } from './forecast.ts'
import { settle } from './link.ts'
import { type AkeneoOptions, options } from './options.ts'
import { columnsOf, encode, payload } from './payload.ts'
import { push } from './push.ts'
import { read } from './read.ts'
import { remove } from './remove.ts'
import { login } from './token.ts'
import { valueNames } from './values.ts'

/** Akeneo PIM, Asset Manager: one item is an asset with one image; "Update/create several assets". */
export const akeneo: Target<AkeneoOptions, Facts> = {
  type: 'akeneo',
  title: 'Akeneo PIM (Asset Manager)',
  docs: 'https://api.akeneo.com/api-reference.html#Asset',
  baseUrl: null,
  cannot: [
    'Assets of images that a gallery has lost stay in the asset library, unless that push runs with --prune; with link, the product lets go of them.',
    'It links products, not product models, and never creates one.',
    'An image that changed behind an unchanged address is not uploaded again.',
  ],
  unit: 'image',
  replay: 'upsert',
  tail: 'goes',
  limits: {
    items: 100, // "Too many resources to process, 100 is the maximum allowed." (413 beyond)
    bytes: 1_000_000, // not documented for assets; the limit of one line of products
    concurrency: 4, // calls of one connection; an instance takes 10
    rate: null, // 100/s per instance, which 4 calls at once do not reach
  },
  options,

  account: ({ family, attribute, locale, channel }) => [family, attribute, locale ?? '', channel ?? ''].join('/'),
  login,
  columns: columnsOf,
  optionalColumns: ({ values }) => valueNames(values),
  meaning,
  fold,
  forecast: forecaster,
  encode,
  payload,
  prepare: readFamily,
  push,
  settle,
  remove,
  read,

  async probe(io, options) {
    await readFamily(io, options)
  },
}
