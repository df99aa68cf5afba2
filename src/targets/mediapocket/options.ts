import { secret, z } from '../../lib/schema.ts'

const PLACES = 'may use {code}, {rank} and {column:Name}'

export const options = z.strictObject({
  apiKey: secret('API key, made in the profile settings of Media Pocket.'),
  title: z
    .string()
    .min(1)
    .default('{code} {rank}')
    .meta({ description: `Title of an asset; ${PLACES}.` }),
  externalId: z
    .string()
    .refine(text => text.includes('{rank}'), 'must contain {rank}')
    .default('{code}#{rank}')
    .meta({ description: `External id, by which Media Pocket tells assets apart; ${PLACES}.` }),
  description: z
    .string()
    .nullable()
    .default('{code}')
    .meta({ description: `Description; ${PLACES}. null: not sent.` }),
  category: z
    .string()
    .nullable()
    .default('products')
    .meta({ description: `Category, which Media Pocket keeps in lower case; ${PLACES}. null: not sent.` }),
  tags: z
    .array(z.string().min(1))
    .default(['catalog'])
    .meta({ description: `Tags; each ${PLACES}. Empty ones are not sent.` }),
  media: z
    .boolean()
    .default(true)
    .meta({ description: 'Attach the image. false: only the asset is made, a placeholder without image.' }),
})

export type MediaPocketOptions = z.infer<typeof options>
