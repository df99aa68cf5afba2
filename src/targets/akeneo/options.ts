import { secret, z } from '../../lib/schema.ts'

export const options = z.strictObject({
  clientId: z
    .string()
    .regex(/^[\x21-\x39\x3b-\x7e]+$/, 'must be printable ASCII without spaces and colons')
    .meta({ description: 'Client ID of the connection.' }),
  secret: secret('Secret of the connection.'),
  username: z.string().min(1).meta({ description: 'User name of the connection.' }),
  password: secret('Password of the connection.'),
  family: z.string().min(1).meta({ description: 'Code of the asset family, capitals as in the PIM.' }),
  attribute: z
    .string()
    .min(1)
    .meta({ description: 'Attribute of the family that holds the image; its type is media_link or media_file.' }),
  code: z
    .string()
    .refine(text => text.includes('{rank}'), 'must contain {rank}')
    .default('{code}_{rank}')
    .meta({
      description: 'Code of an asset: {code}, {rank} and {column:Name}; what a code may not contain becomes "_".',
    }),
  locale: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .meta({ description: 'Locale of the values, for attributes that have one per locale.' }),
  channel: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .meta({ description: 'Channel of the values, for attributes that have one per channel.' }),
  values: z
    .record(z.string().min(1), z.union([z.string().min(1), z.number(), z.boolean()]))
    .default({})
    .meta({
      description:
        'Further attributes of the asset: the name of a column, or a text with {code}, {rank}, {column:Name}.',
    }),
  link: z
    .strictObject({
      attribute: z.string().min(1).meta({ description: 'Code of the product attribute, an asset collection.' }),
    })
    .nullable()
    .default(null)
    .meta({ description: 'Puts the assets of a product, in rank order, into an asset collection of that product.' }),
})

export type AkeneoOptions = z.infer<typeof options>
