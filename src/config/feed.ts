import { PRESETS } from '../catalog/presets/index.ts'
import { z } from '../lib/schema.ts'

/** The names that `feed.preset` takes. */
export const PRESET_NAMES = ['auto', 'none', 'generic', ...PRESETS.map(({ name }) => name)] as const

const text = z.string().min(1)
const optional = text.nullable().default(null)

/** The `feed` section: where records are and which of their columns matter. */
export const feedSchema = z.strictObject({
  name: optional.meta({ description: 'Name of the source, for guards and prune. Default: the feed arguments.' }),
  files: z.array(text).default([]).meta({ description: 'Files or globs, relative to this file.' }),
  preset: z
    .enum(PRESET_NAMES)
    .default('auto')
    .meta({ description: 'The platform that the feed comes from; auto finds out, none guesses nothing.' }),
  code: optional.meta({ description: 'Column of the product code, or its path in JSON.' }),
  images: z
    .array(text)
    .default([])
    .meta({ description: 'Image columns in rank order; * stands for digits: image_* is image_1, image_2 …' }),
  position: optional.meta({ description: 'Column that ranks the images where each record has one image.' }),
  separator: optional.meta({ description: 'Text between several images in one cell.' }),
  imageBaseUrl: z
    .string()
    .refine(isHttpUrl, 'must be a complete http or https address')
    .nullable()
    .default(null)
    .meta({ description: 'Base of relative image paths.' }),
  records: optional.meta({ description: 'JSON: path of the array of records.' }),
  delimiter: z
    .string()
    .regex(/^([^"\r\n]|tab|\\t|auto)$/u, 'must be one character, "tab" or "auto"')
    .default('auto')
    .meta({ description: 'Character between the columns of a CSV feed, "tab" or "auto".' }),
  encoding: z
    .string()
    .refine(isEncoding, 'must be the name of a text encoding, such as utf-8 or windows-1252, or "auto"')
    .default('auto')
    .meta({ description: 'Text encoding of the feed, such as windows-1252, or "auto".' }),
  onBadImage: z
    .enum(['reject-product', 'drop-image', 'send-anyway'])
    .default('reject-product')
    .meta({ description: 'What happens to a product with an image that is no usable URL.' }),
})

function isHttpUrl(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

function isEncoding(name: string): boolean {
  if (name === 'auto') return true
  try {
    return new TextDecoder(name) instanceof TextDecoder
  } catch {
    return false
  }
}
