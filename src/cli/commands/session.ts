import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Catalog } from '../../catalog/index.ts'
import type { Config } from '../../config/config.ts'
import { findProjectFile } from '../../config/find.ts'
import { loadConfig } from '../../config/load.ts'
import type { Overrides } from '../../config/overrides.ts'
import { Closers } from '../../lib/closers.ts'
import { type Redact, redactor } from '../../lib/redact.ts'
import { version } from '../../lib/version.ts'
import { UsageError } from '../../model/errors.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Request } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import { endCleanly, startProgress } from '../display.ts'
import type { Io } from '../io.ts'
import { proxiesOf } from '../proxies.ts'
import { isTyped, waitForTyping } from '../typing.ts'
import { numberOf, textOf, textsOf } from '../values.ts'

/** What every command that reads a feed has in common: the configuration, the sandbox, the progress display. */
export interface Session {
  readonly config: Config
  readonly request: Request
  /** Folder of the ledger. */
  readonly state: string
  /** The emulators when --sandbox was given. */
  readonly sandbox: Sandbox | null
  readonly redact: Redact
  /** The feed, once it was read and until the result is closed. */
  catalog(): Catalog | null
  /** Takes the display away before the result is written. */
  stopProgress(): void
  close(): Promise<void>
}

/**
 * @param feeds the feed arguments; null for commands that read no feed
 * @param keeps whether the folder of the ledger may be made, to keep the emulators' contents and downloaded feeds there
 */
export async function openSession(
  command: string,
  feeds: readonly string[] | null,
  options: Options,
  io: Io,
  keeps: boolean,
): Promise<Session> {
  const closers = new Closers()
  let redact: Redact = text => text // nothing is known yet that could be told
  const progress = closers.add(
    startProgress(command, options, io, text => redact(text)),
    each => each.stop(),
  )
  try {
    const state = await stateFolder(options, io)
    const started = options.sandbox === true ? await openSandbox(keeps ? state : null) : null
    const sandbox = closers.add(started, each => each?.close())
    const config = await configure(feeds ?? [], options, io, sandbox)
    redact = redactor(config.targets.flatMap(({ secrets }) => secrets))
    const letGo = closers.add(endCleanly(io, options, progress, keeps), off => off())
    if (feeds !== null && config.feed.files.includes('-') && isTyped(io)) {
      progress.stop() // would get in the way of what is being typed
      waitForTyping('feed', io)
    } else if (feeds !== null) progress.listen({ type: 'reading', records: 0 })
    let catalog: Catalog | null = null
    let isLarge = false
    const request: Request = {
      config,
      sources: feeds === null ? [] : config.feed.files,
      cwd: io.cwd,
      stdin: io.stdin,
      command,
      version: version(),
      clock: io.clock,
      listen(event) {
        if (event.type === 'reading' && event.records >= MANY_RECORDS && !isLarge) {
          isLarge = true
          io.expectMany?.()
        }
        if (event.type === 'read' && !keeps) letGo() // what follows leaves no time for signals, and may take long
        progress.listen(event)
      },
      stop: NEVER,
      selection: { limit: numberOf(options.limit), only: textsOf(options.only) },
      keepOriginals: options.rejects !== undefined,
      proxies: proxiesOf(io),
      timeoutMs: (numberOf(options.timeout) ?? TIMEOUT_S) * 1000,
      downloads: keeps || existsSync(state) ? join(state, 'downloads') : null,
      whenRead: read => {
        catalog = read
      },
    }
    const stopProgress = () => {
      letGo()
      progress.stop()
    }
    const close = () => closers.close()
    return { config, request, state, sandbox, redact, catalog: () => catalog, stopProgress, close }
  } catch (error) {
    await closers.close()
    throw error
  }
}

/** Real runs do without the emulators, and without loading them. */
async function openSandbox(folder: string | null): Promise<Sandbox> {
  const { startSandbox } = await import('../../sandbox/index.ts')
  return startSandbox({ folder })
}

/** Seconds that a download of a feed may stand still. */
const TIMEOUT_S = 30
/** Feeds of so many records and more are worth getting ready for; reading the first of them takes some hundredths of a second. */
const MANY_RECORDS = 5000

/** For commands that end with the signal itself. */
const NEVER = new AbortController().signal

export function requireFeed({ config }: Session): void {
  if (config.feed.files.length > 0) return
  throw new UsageError('No feed is named.', {
    fix: 'Name one or more files, a glob in quotes, an address, or - for standard input; or list them under feed.files in the config.',
  })
}

export function requireTargets({ config }: Session): void {
  if (config.targets.length > 0) return
  throw new UsageError(
    config.file === null ? 'No target is configured.' : `No target is configured in ${config.file}.`,
    {
      fix: 'Write a config with assetsync init (see assetsync help config-files), or try the emulated ones with --sandbox.',
    },
  )
}

/** --state, else `.assetsync` beside the config. The sandbox has its own ledger in there, and never sees the real one. */
export async function stateFolder(options: Options, io: Io): Promise<string> {
  const folder =
    options.state === undefined ? join(await projectFolder(options, io), '.assetsync') : String(options.state)
  const state = resolve(io.cwd, folder)
  return options.sandbox === true ? sandboxFolder(state) : state
}

/** Where the sandbox has its ledger when the real one is there. */
export function sandboxFolder(state: string): string {
  return join(state, 'sandbox')
}

async function projectFolder({ config }: Options, { cwd, home }: Io): Promise<string> {
  if (typeof config === 'string') return dirname(resolve(cwd, config))
  const file = await findProjectFile(cwd, home)
  return file === null ? cwd : dirname(file.path)
}

function configure(feeds: readonly string[], options: Options, io: Io, sandbox: Sandbox | null): Promise<Config> {
  return loadConfig({
    cwd: io.cwd,
    file: textOf(options.config),
    home: io.home,
    env: io.env,
    sandbox: sandbox !== null,
    ...(sandbox === null ? {} : { sandboxOptions: sandbox.targets }),
    only: textsOf(options.target),
    overrides: overridesOf(feeds, options),
  })
}

/** What options say over the config. */
export function overridesOf(feeds: readonly string[], options: Options): Overrides {
  const text = (name: string): string | undefined => textOf(options[name]) ?? undefined
  const number = (name: string): number | undefined => numberOf(options[name]) ?? undefined
  return {
    files: feeds.length === 0 ? undefined : feeds,
    preset: text('preset'),
    code: text('codeColumn'),
    images: Array.isArray(options.imageColumns) ? textsOf(options.imageColumns) : undefined,
    position: text('positionColumn'),
    separator: text('separator'),
    imageBaseUrl: text('imageBaseUrl'),
    records: text('records'),
    delimiter: text('delimiter'),
    encoding: text('encoding'),
    concurrency: number('concurrency'),
    rate: text('rate'),
    batchSize: number('batchSize'),
    timeout: number('timeout'),
    retries: number('retries'),
    maxWait: number('maxWait'),
  }
}
