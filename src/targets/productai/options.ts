import { secret, z } from '../../lib/schema.ts'

const PLACES = /\{[^{}]*\}/g

const tag = z
  .string()
  .min(1)
  .refine(text => !text.replace(PLACES, '').includes(','), 'must not hold a comma: write two tags')

export const options = z.strictObject({
  apiKey: secret('API key, from "API Access" in the ProductAI dashboard.'),
  auth: z.enum(['bearer', 'x-api-key']).default('bearer').meta({
    description:
      'Header that carries the key: bearer, as the document says, or x-api-key, as the vendor’s own clients do.',
  }),
  upload: z.enum(['url', 'file']).default('url').meta({
    description: 'url: ProductAI fetches the image itself; file: the bytes are downloaded and uploaded.',
  }),
  name: z.string().default('{code}').meta({
    description: 'Display name of an asset; may use {code}, {rank} and {column:Name}.',
  }),
  tags: z.array(tag).default(['sku:{code}']).meta({
    description: 'Tags of an asset, besides the one it is found by; may use {code}, {rank} and {column:Name}.',
  }),
  wait: z.boolean().default(true).meta({
    description:
      'Follow processing until an image is ready or failed. One that replaces another is followed in any case.',
  }),
})

export type ProductAiOptions = z.infer<typeof options>
