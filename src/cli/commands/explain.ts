import { AssetsyncError, UsageError } from '../../model/errors.ts'
import type { Explanation } from '../../model/history.ts'
import { explain as explainCode } from '../../sync/explain.ts'
import type { Now } from '../../sync/explain-sources.ts'
import { readFeed } from '../../sync/feed.ts'
import { sourceName } from '../../sync/header.ts'
import { targetNames } from '../../sync/history.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { commandLine } from '../next-command.ts'
import { ONLY, TARGET } from '../options.ts'
import { printError } from '../print-error.ts'
import { textsOf } from '../values.ts'
import { historyFormat, historyPlace, PLACE, print } from './history.ts'
import { openSession, type Session } from './session.ts'

/** Tells everything about one product; 1 when nothing knows its code. */
export async function explain(words: readonly string[], options: Options, io: Io): Promise<number> {
  const [code = '', ...feeds] = words
  if (code === '') throw new UsageError('The product code is empty.', { fix: 'Name it: assetsync explain LMP-0007' })
  const format = historyFormat('explain', options)
  const { state } = await historyPlace(options, io)
  const { session, trouble } = await sessionOf(feeds, options, io, state)
  try {
    const request = { code, only: textsOf(options.target), now: nowOf(session, trouble, feeds), state, clock: io.clock }
    const document = await explainCode(request)
    session?.stopProgress()
    await print({ ...document, next: nextAfter(document, options) }, format, options, io)
    return document.exitCode
  } catch (error) {
    session?.stopProgress()
    return await printError(error, io, session?.redact)
  } finally {
    await session?.close()
  }
}

interface Opened {
  readonly session: Session | null
  /** Why there is none. */
  readonly trouble: string | null
}

/** The config is needed for payloads and feeds only; without it the ledger tells the rest. */
async function sessionOf(feeds: readonly string[], options: Options, io: Io, state: string): Promise<Opened> {
  const open = (target?: readonly string[]) => openSession('explain', feeds, { ...options, target }, io, false)
  try {
    // Without a config, emulated targets go by the names of their types.
    const session = await (options.sandbox === true ? open(targetNames(state)).catch(() => open()) : open())
    return { session, trouble: null }
  } catch (error) {
    if (feeds.length > 0 || !(error instanceof AssetsyncError)) throw error
    const trouble = `Payloads cannot be shown, because the config cannot be used: ${error.message}`
    return { session: null, trouble }
  }
}

function nowOf(session: Session | null, trouble: string | null, feeds: readonly string[]): Now {
  if (session === null) return { trouble, targets: [], sandbox: false, feed: null, isNamed: false }
  const { config, request, sandbox } = session
  const feed = { source: sourceName(request), read: () => readFeed({ ...request, keepOriginals: true }) }
  return {
    trouble,
    targets: config.targets,
    sandbox: sandbox !== null,
    feed: request.sources.length > 0 ? feed : null,
    isNamed: feeds.length > 0,
  }
}

/** The command that mends what was found, if one does. */
function nextAfter({ code, targets }: Explanation, options: Options): string | null {
  const items = targets.flatMap(target => target.items)
  if (items.some(({ unknown }) => unknown !== null)) return commandLine('reconcile', [], options, [TARGET, ...PLACE])
  const open = items.find(({ history: [newest] }) => ['failed', 'skipped'].includes(newest?.outcome.status ?? ''))
  const run = open?.history[0]?.run
  if (run === undefined) return null
  return commandLine('retry', [run], { ...options, only: [code] }, [ONLY, TARGET, ...PLACE])
}
