import { each } from '../each.ts'
import type { Target } from '../target.ts'
import { meaning, verdict } from './answers.ts'
import { options, type TemplateOptions } from './options.ts'
import { columns, encode, payload } from './payload.ts'

/**
 * To be copied for a new target: an imaginary API that stores one image per request under a key, and gives the same state
 * when it is sent the same again. Not registered.
 */
export const template: Target<TemplateOptions> = {
  type: 'template',
  title: 'The name that its users know',
  docs: 'https://vendor.example/docs/api',
  cannot: ['What users should know that this API cannot do.'],
  baseUrl: 'https://api.vendor.example/v1',
  unit: 'image',
  replay: 'upsert',
  tail: 'goes',
  limits: { items: 20, bytes: 1_000_000, requestsPerItem: 1, concurrency: 4, rate: null },
  options,

  account: ({ shop }) => shop,
  login: async (_io, { apiKey }) => ({ headers: { 'x-api-key': apiKey }, expiresIn: null }),
  columns,
  meaning,
  fold: key => key, // keys are made by a template, so two codes may end in the same one
  encode,
  payload,

  push: (load, io, options) =>
    each(load.items, io, async (item, { send, baseUrl }) => {
      const response = await send({
        method: 'PUT',
        url: `${baseUrl}/shops/${encodeURIComponent(options.shop)}/images/${encodeURIComponent(item.key)}`,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(payload(item))),
      })
      return verdict(response)
    }),

  async probe({ send, baseUrl }, { shop }) {
    await send({ method: 'GET', url: `${baseUrl}/shops/${encodeURIComponent(shop)}`, headers: {}, body: null })
  },
}
