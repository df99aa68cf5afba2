import type { Item } from '../../model/item.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Attribute, Facts } from './family.ts'
import type { AkeneoOptions } from './options.ts'
import { attributesOf } from './payload.ts'

const YES = ['true', 'yes', '1']
const NO = ['false', 'no', '0']

/**
 * An asset as the PIM takes it. Every value needs its three keys, also where they are null; `created`, `updated` and what
 * else a read shows must not be sent. Values that are not mentioned stay as they are.
 */
export function assetOf(item: Item, media: string, facts: Facts, options: AkeneoOptions): JsonObject {
  const further = Object.entries(attributesOf(item)).map(([code, text]) => {
    const attribute = facts.attributes.get(code)
    return [code, scoped(attribute, dataOf(attribute, text), options)]
  })
  const values = Object.fromEntries([...further, [facts.media.code, scoped(facts.media, media, options)]])
  return { code: item.key, values }
}

function scoped(attribute: Attribute | undefined, data: Json, { locale, channel }: AkeneoOptions): Json {
  return [{ locale: attribute?.perLocale ? locale : null, channel: attribute?.perChannel ? channel : null, data }]
}

/** Numbers, dates and single options are texts too. */
function dataOf(attribute: Attribute | undefined, text: string): Json {
  const word = text.toLowerCase()
  if (attribute?.type === 'boolean' && [...YES, ...NO].includes(word)) return YES.includes(word)
  if (attribute?.type !== 'multiple_options') return text
  return text
    .split(',')
    .map(option => option.trim())
    .filter(option => option !== '')
}
