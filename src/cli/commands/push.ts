import type { Call, Options } from '../command.ts'
import type { Io } from '../io.ts'
import { greet } from '../look.ts'

/** Reads, plans, sends what changed and reports; or applies a saved plan. */
export async function push(feeds: readonly string[], options: Options, io: Io, call: Call): Promise<number> {
  if (typeof options.plan === 'string') {
    const { apply } = await import('./apply.ts')
    return apply(options.plan, feeds, options, io, call)
  }
  greet(io, options)
  const { pushFeed } = await import('./push-feed.ts')
  return pushFeed(feeds, options, io)
}
