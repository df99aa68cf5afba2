import { check as checkFeed } from '../../sync/feed.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { present } from './present.ts'
import { openSession } from './session.ts'

/** Reads and validates only. */
export async function check(feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const session = await openSession('check', feeds, options, io, false)
  return present(session, options, io, () => checkFeed(session.request))
}
