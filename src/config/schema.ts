import { z } from '../lib/schema.ts'
import type { Target } from '../targets/target.ts'
import { type Checked, check } from './check.ts'
import type { Config } from './config.ts'
import { configureTarget } from './configure-target.ts'
import { feedSchema } from './feed.ts'
import { isMapping, type Mapping } from './tree.ts'

/** The sections of a config file; what an entry of `targets` holds depends on its type. */
export const rootSchema = z.strictObject({
  $schema: z.string().optional().meta({ description: 'For editors; not read.' }),
  feed: feedSchema.prefault({}).meta({ description: 'Where records are and which of their columns matter.' }),
  allowHosts: z
    .array(z.string().regex(/^[^\s/]+$/, 'must be a host name without https:// and path'))
    .default([])
    .meta({ description: 'Hosts whose private addresses may be fetched knowingly.' }),
  targets: z
    .record(z.string(), z.unknown())
    .default({})
    .meta({ description: 'Where products go. The key is a name of your choice, by default also the type.' }),
})

/** Checks the whole config, so that all its problems are told at once. A section without content is not there. */
export function checkConfig(
  tree: Mapping,
  types: readonly Target[],
): Checked<Pick<Config, 'feed' | 'allowHosts' | 'targets'>> {
  const sections = Object.fromEntries(Object.entries(tree).filter(([, section]) => section !== null))
  const root = check(rootSchema, sections, { path: [] })
  // Not from `root`: a record schema leaves out the key __proto__ in silence.
  const entries = isMapping(sections.targets) ? Object.entries(sections.targets) : []
  const targets = entries.map(([name, entry]) => configureTarget(name, entry, types))
  const problems = [root, ...targets].flatMap(part => (part.ok ? [] : part.problems))
  if (!root.ok || problems.length > 0) return { ok: false, problems }
  const { feed, allowHosts } = root.value
  return { ok: true, value: { feed, allowHosts, targets: targets.flatMap(part => (part.ok ? [part.value] : [])) } }
}
