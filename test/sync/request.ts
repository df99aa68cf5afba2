import { loadConfig } from '../../src/config/load.ts'
import type { Overrides } from '../../src/config/overrides.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import type { PushRequest } from '../../src/sync/request.ts'

export interface Facts {
  readonly command?: string
  /** Names of targets. */
  readonly only?: readonly string[]
  readonly overrides?: Overrides
  readonly events?: RunEvent[]
}

/** What a program asks of a sandbox, for the feed lamps.csv in the folder. */
export async function aRequest(folder: string, sandbox: Sandbox, facts: Facts = {}): Promise<PushRequest> {
  const { command = 'push', only = ['catalogix'], overrides = {}, events = [] } = facts
  const files = ['lamps.csv']
  const never = new AbortController().signal
  return {
    config: await loadConfig({
      cwd: folder,
      file: null,
      home: null,
      env: {},
      sandbox: true,
      sandboxOptions: sandbox.targets,
      only,
      overrides: { files, ...overrides },
    }),
    sources: files,
    cwd: folder,
    stdin: (async function* () {})(),
    command,
    version: '1.2.3',
    clock: systemClock,
    listen: event => void events.push(event),
    selection: { limit: null, only: [] },
    keepOriginals: false,
    stop: never,
    abort: never,
    proxies: { http: undefined, https: undefined, no: undefined },
    timeoutMs: 30_000,
    downloads: null,
    state: folder,
    sandbox: true,
    maxDelete: { amount: 10, percent: true },
    full: false,
    allowShrink: false,
    prune: false,
    maxCreate: null,
    maxFailures: null,
    lockWait: 0,
    pid: 4711,
    rewriteImage: url => `${sandbox.url}/__sandbox/image/${encodeURIComponent(url)}`,
  }
}
