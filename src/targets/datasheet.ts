import { secretNames, z } from '../lib/schema.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { Target } from './target.ts'

/** One option of a target type, as it is documented where it is declared. */
export interface OptionFact {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly secret: boolean
  /** Null: none. */
  readonly default: Json
}

/** The options of a target type, in the order of their declaration. */
export function optionFacts(target: Target): readonly OptionFact[] {
  const schema: unknown = JSON.parse(
    JSON.stringify(z.toJSONSchema(target.options, { io: 'input', unrepresentable: 'any' })),
  )
  if (!isJsonObject(schema) || !isJsonObject(schema.properties)) return []
  const required = Array.isArray(schema.required) ? schema.required : []
  const secrets = secretNames(target.options)
  return Object.entries(schema.properties).map(([name, option]) => ({
    name,
    description: isJsonObject(option) && typeof option.description === 'string' ? option.description : '',
    required: required.includes(name),
    secret: secrets.includes(name),
    default: isJsonObject(option) ? (option.default ?? null) : null,
  }))
}
