import { createHash } from 'node:crypto'
import { readFile as readText } from 'node:fs/promises'
import { z } from '../../lib/schema.ts'
import { readFile } from '../file.ts'
import { validatorsSchema } from './validators.ts'

const heldSchema = validatorsSchema.extend({
  /** Digest of the URL that gave the copy, which is not the feed's own after a redirect. */
  from: z.string(),
  /** When it was downloaded, ISO 8601. */
  since: z.iso.datetime(),
  bytes: z.number(),
  sha256: z.string(),
})

/** What is known of a copy that is kept from run to run. */
export type Held = z.infer<typeof heldSchema>

/** What is known of a copy, if it is still what it was; null when anything is missing or damaged. */
export async function verified(copy: string, facts: string, signal: AbortSignal): Promise<Held | null> {
  try {
    const held = heldSchema.parse(JSON.parse(await readText(facts, 'utf8')))
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of readFile(copy, copy)) {
      signal.throwIfAborted()
      hash.update(chunk)
      bytes += chunk.length
    }
    return bytes === held.bytes && hash.digest('hex') === held.sha256 ? held : null
  } catch {
    return null
  }
}
