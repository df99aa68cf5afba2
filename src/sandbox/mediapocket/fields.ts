import type { JsonObject } from '../../model/json.ts'
import { Refused } from './answers.ts'
import { optionalText, optionalTexts } from './params.ts'

/** What a client writes, under the vendor's names. */
export interface Fields {
  readonly title: string
  readonly description: string | null
  readonly category: string | null
  readonly tags: readonly string[]
  readonly external_id: string | null
}

export const NO_FIELDS: Fields = { title: '', description: null, category: null, tags: [], external_id: null }

/** The fields that the parameters name, the others as before. Unknown parameters are ignored. Throws Refused. */
export function readFields(params: JsonObject, before: Fields): Fields {
  const title = optionalText(params, 'title') ?? before.title
  if (title.trim() === '') throw new Refused(422, 'Missing parameter title')
  return {
    title,
    description: optionalText(params, 'description') ?? before.description,
    // The vendor keeps categories in lower case: "Sample" comes back as "sample" in the examples.
    category: optionalText(params, 'category')?.toLowerCase() ?? before.category,
    tags: optionalTexts(params, 'tags') ?? before.tags,
    external_id: optionalText(params, 'external_id') ?? before.external_id,
  }
}
