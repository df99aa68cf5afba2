import { z } from 'zod'

/** The door to zod: options are described once, for validation, types, defaults and the JSON Schema of the config. */
export { z }

/** A credential: never printed, never stored, and free of characters that could break out of a header. */
export function secret(description: string) {
  return z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .meta({ description, secret: true })
}

/** The names of the options in this object schema that hold secrets. */
export function secretNames(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([, option]) => isSecret(option))
    .map(([name]) => name)
}

/** What is said of an option is not passed on to its optional form. */
function isSecret(option: z.ZodType): boolean {
  if (option.meta()?.secret === true) return true
  const isWrapped = option instanceof z.ZodOptional || option instanceof z.ZodNullable || option instanceof z.ZodDefault
  return isWrapped && isSecret(option.unwrap() as z.ZodType)
}
