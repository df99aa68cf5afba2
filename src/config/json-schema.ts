import { z } from '../lib/schema.ts'
import type { JsonObject } from '../model/json.ts'
import { TARGETS } from '../targets/index.ts'
import { entrySchema } from './configure-target.ts'
import { rootSchema } from './schema.ts'

/** The JSON Schema of a config file, so that editors complete it and mark mistakes. */
export function configJsonSchema(): JsonObject {
  const { description } = rootSchema.shape.targets.meta() ?? {}
  const targets = z
    .record(z.string(), z.union(TARGETS.map(entrySchema)))
    .optional()
    .meta({ description })
  const schema = z.toJSONSchema(rootSchema.extend({ targets }).meta({ title: 'assetsync configuration' }), {
    io: 'input',
  })
  return JSON.parse(JSON.stringify(schema))
}
