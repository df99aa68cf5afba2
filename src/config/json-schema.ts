import { z } from '../lib/schema.ts'
import type { JsonObject } from '../model/json.ts'
import { TARGETS } from '../targets/index.ts'
import { entrySchema } from './configure-target.ts'
import { rootSchema } from './schema.ts'
import { isMapping } from './tree.ts'
import { ONE_VARIABLE } from './variables.ts'

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
  return JSON.parse(JSON.stringify(schema, (_, node) => withVariable(node)))
}

const SOME_VARIABLE = `\${NAME}`

/** Where a number or a text of a certain form is wanted, a variable may stand for it. */
function withVariable(node: unknown): unknown {
  if (!isMapping(node)) return node
  const { type, pattern } = node
  if (type === 'integer' || type === 'number') return { ...node, type: [type, 'string'], pattern: ONE_VARIABLE.source }
  if (typeof pattern !== 'string' || new RegExp(pattern).test(SOME_VARIABLE)) return node
  return { ...node, pattern: `${ONE_VARIABLE.source}|${pattern}` }
}
