import { secret, z } from '../../lib/schema.ts'

export const options = z.strictObject({
  shop: z.string().min(1).meta({ description: 'The shop, as the vendor calls it.' }),
  apiKey: secret('API key, from the page where users get it.'),
  key: z
    .string()
    .refine(text => text.includes('{code}') && text.includes('{rank}'), 'must contain {code} and {rank}')
    .default('{code}_{rank}')
    .meta({ description: 'Key of an image; {code}, {rank} and {column:Name} are filled in.' }),
})

export type TemplateOptions = z.infer<typeof options>
