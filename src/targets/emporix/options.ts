import { secret, z } from '../../lib/schema.ts'

export const options = z
  .strictObject({
    tenant: z
      .string()
      .regex(/^[a-z][a-z0-9]{2,15}$/, 'must be 3 to 16 lower-case letters and digits that start with a letter')
      .meta({ description: 'The tenant, in lower case.' }),
    clientId: z.string().min(1).meta({ description: 'Client ID of the credentials, from the Developer Portal.' }),
    clientSecret: secret('Client secret of the same credentials.'),
    upload: z.enum(['link', 'blob']).default('link').meta({
      description: 'link: Emporix keeps the address of the image; blob: the bytes are downloaded and uploaded.',
    }),
    access: z.enum(['PUBLIC', 'PRIVATE']).default('PUBLIC').meta({
      description: 'Access of every asset. Assets of products and other predefined types must be PUBLIC.',
    }),
    refType: z.string().min(1).default('PRODUCT').meta({ description: 'Type of what the images belong to.' }),
    filename: z
      .string()
      .refine(text => text.includes('{rank}'), 'must contain {rank}')
      .default('{code}_{rank}')
      .meta({ description: 'details.filename of a blob; may use {code}, {rank} and {column:Name}.' }),
    resolve: z.enum(['code', 'none']).default('code').meta({
      description: 'code: the product id is looked up by the product code; none: ids equal codes.',
    }),
  })
  .refine(({ refType, resolve }) => refType === 'PRODUCT' || resolve === 'none', {
    path: ['resolve'],
    message: 'must be "none" unless refType is PRODUCT: only products are looked up by their code',
  })

export type EmporixOptions = z.infer<typeof options>
