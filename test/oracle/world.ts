import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from '../../src/model/outcome.ts'
import type { TargetSummary } from '../../src/model/report.ts'
import { EMULATOR_NAMES, type EmulatorName } from '../../src/sandbox/emulators.ts'
import { type Sandbox, type SandboxState, startSandbox } from '../../src/sandbox/index.ts'
import { Terminal } from '../cli/terminal.ts'
import { type Child, callInside, type Ended, startChild } from './client.ts'
import { type Configuration, configure, type Settings } from './config.ts'
import { csvOf, type Galleries } from './feed.ts'
import { type Entry, Journal } from './journal.ts'
import { type Kill, Rendezvous } from './kill.ts'
import { Oracle, type Script } from './oracle.ts'
import { openTrap, type Trap } from './trap.ts'

export interface WorldOptions extends Partial<Settings> {
  readonly targets?: readonly EmulatorName[]
}

export type Command = 'push' | 'retry' | 'reconcile'

export interface Push {
  /** @default 'push' */
  readonly command?: Command
  /** What it names; a retry and a reconcile know it from the ledger. */
  readonly feed: Galleries
  /** What goes wrong, by target. */
  readonly scripts?: Partial<Readonly<Record<EmulatorName, Script>>>
  readonly options?: readonly string[]
  /** Seconds that the client waits for one answer. */
  readonly timeout?: number
  readonly kill?: Kill | null
  /** A kill after so many milliseconds, wherever the client is. */
  readonly killAfter?: number | null
  /** In a process of its own, even if nobody kills it. Not between runs in this one, which keep the ledger's files open. */
  readonly child?: boolean
  /** The client's date is so many milliseconds ahead. */
  readonly ahead?: number
}

/** One run of the client, and the world after it. */
export interface Run extends Ended {
  readonly no: number
  readonly push: Push
  readonly outcomes: readonly Outcome[]
  /** Texts of all files that it was told to write, by name: a report in every format, and what CI systems get. */
  readonly files: ReadonlyMap<string, string>
  /** Null when there is no report. */
  readonly summaries: readonly TargetSummary[] | null
  readonly entries: readonly Entry[]
  readonly state: SandboxState
  readonly peaks: ReadonlyMap<EmulatorName, number>
  readonly early: readonly Entry[]
  readonly ms: number
}

const SETTINGS: Settings = { concurrency: 1, batchSize: 2, retries: 1, maxWait: 10 }
const TIMEOUT = 30
/** The folder of everything that a run is told to write. */
const OUT = 'out'
const REPORTS = ['json', 'ndjson', 'csv', 'xml', 'html', 'md', 'codequality.json']
const OUTPUTS = [
  ...['--format', 'ndjson', '-v', '--no-progress'],
  ...REPORTS.flatMap(extension => ['--report', `${OUT}/report.${extension}`]),
]

/** What a world is made of. */
interface Parts {
  readonly sandbox: Sandbox
  readonly trap: Trap
  readonly journal: Journal
  readonly oracles: ReadonlyMap<EmulatorName, Oracle>
}

/** What of a world is looked at. */
export type Witness = Pick<World, 'targets' | 'settings' | 'runs' | 'strays' | 'secrets' | 'terminal'>

/** A folder with a ledger, a config and a feed; emulators; an oracle in front of each; and the client that meets them. */
export class World {
  readonly terminal = new Terminal()
  readonly runs: Run[] = []
  readonly settings: Settings
  readonly #parts: Parts
  readonly #config: Configuration

  private constructor(parts: Parts, settings: Settings) {
    this.#parts = parts
    this.settings = settings
    const urls = new Map([...parts.oracles].map(([name, { url }]) => [name, url]))
    this.#config = configure(parts.sandbox.targets, urls, settings)
    this.terminal.file('.assetsyncrc', this.#config.text)
  }

  static async open({ targets = EMULATOR_NAMES, ...settings }: WorldOptions = {}): Promise<World> {
    const [sandbox, trap] = await Promise.all([startSandbox(), openTrap()])
    const journal = new Journal()
    const about = { upstream: sandbox.url, elsewhere: trap.url, journal }
    const oracles = new Map(targets.map(target => [target, new Oracle({ ...about, target })]))
    await Promise.all([...oracles.values()].map(oracle => oracle.listen()))
    return new World({ sandbox, trap, journal, oracles }, { ...SETTINGS, ...settings })
  }

  get targets(): readonly EmulatorName[] {
    return [...this.#parts.oracles.keys()]
  }

  /** Requests to where nobody may ask anything. */
  get strays(): readonly string[] {
    return this.#parts.trap.caught
  }

  /** Every secret of the config, and those that were given out. */
  get secrets(): ReadonlySet<string> {
    const seen = [...this.#parts.oracles.values()].flatMap(({ secrets }) => [...secrets])
    return new Set([...Object.values(this.#config.env), ...seen])
  }

  /** One run of the client. Resolves when it has gone and the targets are done with what it sent. */
  async push(push: Push): Promise<Run> {
    const { journal, oracles, sandbox } = this.#parts
    const no = this.runs.length + 1
    const timeout = push.timeout ?? TIMEOUT
    this.terminal.file('feed.csv', csvOf(push.feed))
    rmSync(join(this.terminal.folder, OUT), { recursive: true, force: true })
    mkdirSync(join(this.terminal.folder, OUT))
    for (const [name, oracle] of oracles) oracle.begin(no, push.scripts?.[name] ?? NOTHING, timeout * 1000)
    const startedAt = performance.now()
    const ended = await this.#start(push, timeout)
    const ms = performance.now() - startedAt
    const files = this.#written()
    const report = files.get('report.json')
    for (const oracle of oracles.values()) await oracle.end()
    const run: Run = {
      ...ended,
      no,
      push,
      outcomes: outcomesIn(ended.stdout),
      files,
      summaries: report === undefined ? null : JSON.parse(report).targets,
      entries: journal.ofRun(no),
      state: sandbox.state(),
      peaks: new Map([...oracles].map(([name, { peak }]) => [name, peak])),
      early: [...oracles.values()].flatMap(({ early }) => early),
      ms,
    }
    this.runs.push(run)
    return run
  }

  /** Another command, in this process. What goes wrong with its requests is what went wrong in the last run. */
  call(line: string): Promise<Ended> {
    return callInside({ words: [...line.split(' '), ...STATE], env: this.#env(), ahead: 0 }, this.terminal)
  }

  async close(): Promise<void> {
    const { oracles, sandbox, trap } = this.#parts
    await Promise.all([...oracles.values(), sandbox, trap].map(each => each.close()))
    this.terminal.close()
    const failures = [...oracles.values()].flatMap(oracle => oracle.failures)
    if (failures.length > 0) throw new AggregateError(failures, 'The oracle itself failed.')
  }

  async #start(
    { command = 'push', options = [], kill = null, killAfter = null, ahead = 0, child }: Push,
    timeout: number,
  ): Promise<Ended> {
    const { oracles } = this.#parts
    const words = [command, ...(command === 'push' ? ['feed.csv'] : []), ...OUTPUTS, ...STATE]
    const start = { words: [...words, '--timeout', String(timeout), ...options], env: this.#env(), ahead }
    if (!child && kill === null && killAfter === null) return callInside(start, this.terminal)
    const started = startChild(start, this.terminal)
    const rendezvous = kill === null ? null : new Rendezvous(kill, () => interrupt(started, kill))
    if (rendezvous !== null) for (const oracle of oracles.values()) oracle.watch = entry => rendezvous.meet(entry)
    const timer = killAfter === null ? undefined : setTimeout(() => started.kill('SIGKILL'), killAfter)
    const ended = await started.ended
    clearTimeout(timer)
    rendezvous?.release()
    return ended
  }

  #env(): Readonly<Record<string, string>> {
    const { url } = this.#parts.trap
    const out = join(this.terminal.folder, OUT)
    const ci = {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(out, 'summary.md'),
      GITHUB_OUTPUT: join(out, 'outputs'),
    }
    return { ...this.#config.env, ...ci, HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: '127.0.0.1' }
  }

  #written(): ReadonlyMap<string, string> {
    const names = readdirSync(join(this.terminal.folder, OUT))
    return new Map(names.map(name => [name, this.terminal.read(join(OUT, name))]))
  }
}

/** Resolves when the client has taken notice, or has gone. */
async function interrupt(child: Child, { signal, again }: Kill): Promise<void> {
  const noticed = signal === 'SIGKILL' ? child.ended : Promise.race([child.heard('Stopping'), child.ended])
  await child.kill(signal)
  await noticed
  if (again) await child.kill(signal)
}

const STATE = ['--state', 'state']
const NOTHING: Script = () => null

/** The last line may be cut, when the client was killed while it wrote it. */
function outcomesIn(stdout: string): Outcome[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
}
