import { type Clock, systemClock } from '../lib/clock.ts'
import type { Sqlite } from '../lib/sqlite.ts'
import type { Rate } from '../model/rate.ts'
import { Api } from './api.ts'
import { openContents } from './contents.ts'
import type { EmulatorKind, Tools } from './emulator.ts'
import { type Behaviours, EMULATOR_NAMES, EMULATORS, type EmulatorName, type SandboxTargets } from './emulators.ts'
import type { FaultRule } from './faults.ts'
import { CONTROL, router } from './router.ts'
import { listen } from './server.ts'

export interface SandboxOptions extends Behaviours {
  /** @default 0, any free port */
  readonly port?: number
  /** Where the emulators' contents are kept from one start to the next. @default null, in memory */
  readonly folder?: string | null
  readonly faults?: readonly FaultRule[]
  /** Requests of one token beyond this are answered with 429. @default null, unlimited */
  readonly rate?: Rate | null
  /** @default the system's */
  readonly clock?: Clock
}

/** What one emulator holds, and the requests to its API since the start or the last reset. */
export type EmulatorState = {
  /** Image URLs in rank order by code; every code is an own property, `__proto__` too. */
  readonly galleries: Readonly<Record<string, readonly string[]>>
  readonly requests: number
}
export type SandboxState = Readonly<Record<EmulatorName, EmulatorState>>

/** Where the sandbox is reached: the line that `assetsync sandbox` prints. */
export interface SandboxAddresses {
  readonly state: string
  readonly targets: SandboxTargets
}

export interface Sandbox {
  /** Without a trailing slash. */
  readonly url: string
  readonly targets: SandboxTargets
  describe(): SandboxAddresses
  state(): SandboxState
  /** As after a first start: empties the emulators, counts from 0, begins faults and rate windows again. */
  reset(): void
  /** Ends every connection at once and closes the contents. May be called again. */
  close(): Promise<void>
}

/**
 * Starts the emulators of the vendors' APIs on loopback. Throws a UsageError when the port cannot be had and a
 * LedgerError when the folder's contents cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const database = openContents(options.folder ?? null)
  try {
    return await start(database, options)
  } catch (error) {
    database.close()
    throw error
  }
}

async function start(database: Sqlite, options: SandboxOptions): Promise<Sandbox> {
  const clock = options.clock ?? systemClock
  const apis = new Map(EMULATOR_NAMES.map(name => [name, openApi(name, { database, clock }, options)]))
  const controls = { state: () => stateOf(apis), reset: () => apis.forEach(api => void api.reset()) }
  const closing = new AbortController()
  const pause = (ms: number) => clock.sleep(ms, closing.signal)
  const server = await listen(options.port ?? 0, router({ apis, controls, pause }))
  const targets = addresses(server.url)
  const close = async () => {
    closing.abort()
    await server.close()
    database.close()
  }
  let closed: Promise<void> | null = null
  return {
    url: server.url,
    targets,
    describe: () => ({ state: `${server.url}/${CONTROL}/state`, targets }),
    ...controls,
    close: () => {
      closed ??= close()
      return closed
    },
  }
}

function openApi(name: EmulatorName, tools: Tools, options: SandboxOptions): Api {
  const kind: EmulatorKind = EMULATORS[name]
  const faults = (options.faults ?? []).filter(rule => rule.target === name)
  return new Api(kind.open(tools, options[name]), { faults, rate: options.rate ?? null, clock: tools.clock })
}

// In the two functions below every name of the registry becomes a key, which Object.fromEntries cannot tell the compiler.

function stateOf(apis: ReadonlyMap<EmulatorName, Api>): SandboxState {
  const states = [...apis].map(([name, api]) => [name, { galleries: api.galleries(), requests: api.requests }])
  return Object.fromEntries(states) as SandboxState
}

function addresses(url: string): SandboxTargets {
  const targets = EMULATOR_NAMES.map(name => {
    const { base, credentials } = EMULATORS[name]
    return [name, { baseUrl: `${url}/${name}${base}`, ...credentials }]
  })
  return Object.fromEntries(targets) as SandboxTargets
}
