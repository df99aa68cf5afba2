import { secret, z } from '../../lib/schema.ts'

export const options = z.strictObject({
  storeUuid: z.string().min(1).meta({ description: 'The store, as Catalogix registered it.' }),
  channel: z.string().min(1).default('SMP').meta({ description: 'Channel for all assets of this target.' }),
  token: secret('API token, issued by support@catalogix.ai.'),
  attribute: z
    .string()
    .refine(text => text.includes('{rank}'), 'must contain {rank}')
    .default('Image URL {rank}')
    .meta({ description: 'Name of the image attribute; {rank} is 1 for the first image.' }),
  assetType: z.string().min(1).default('image').meta({ description: 'asset_type of every item.' }),
  productUuid: z.string().nullable().default(null).meta({
    description: 'Column that holds the product UUID. Without it Catalogix looks the product up by its code.',
  }),
})

export type CatalogixOptions = z.infer<typeof options>
