import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import type { Chance } from './chance.ts'
import type { Settings } from './config.ts'
import { AFTER, BEFORE, type Fault, isSilent, LATE, LIES, NEXT } from './fault.ts'
import { EDITS, furniture } from './feed.ts'
import { PHASES } from './kill.ts'
import type { Command } from './world.ts'

/** What happens in one run of the client: plain data, so that it can be printed and played again. */
export interface Step {
  readonly command: Command
  /** What has become of the feed since the last run: names and codes of edits. */
  readonly edits: readonly (readonly [edit: string, code: string])[]
  readonly prune: boolean
  /** By target: what goes wrong with its request of this number. */
  readonly faults: Readonly<Partial<Record<EmulatorName, Readonly<Record<number, string>>>>>
  readonly kill: { readonly phase: (typeof PHASES)[number]; readonly target: EmulatorName; readonly no: number } | null
  readonly killAfter: number | null
  /** What it is killed with there. */
  readonly signal: NodeJS.Signals
}

export interface RandomStory {
  /** Every run in a process of its own; otherwise none is killed. */
  readonly apart: boolean
  readonly targets: readonly EmulatorName[]
  readonly settings: Settings
  readonly products: number
  readonly steps: readonly Step[]
}

export interface Wishes {
  readonly targets: readonly EmulatorName[]
  /** Requests of one run may take effect in the middle of the next. */
  readonly next: boolean
}

interface About extends Wishes, Pick<RandomStory, 'apart' | 'products'> {}

/** Targets where a request that was carried out and answered with 429 is no reason for doubles. */
const FORGIVING: readonly EmulatorName[] = ['catalogix', 'akeneo', 'mediapocket']
const MOST_REQUESTS = 24
/** What ends a run that may still say so. */
const GENTLE: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** Feeds change when they are pushed; what is done about what went wrong comes in between. */
const COMMANDS: readonly Command[] = ['push', 'push', 'push', 'retry', 'retry', 'reconcile']

export function randomStory(chance: Chance, { targets, next }: Wishes): RandomStory {
  const chosen = chance.some(targets, 0.7)
  const names = chosen.length === 0 ? [chance.pick(targets)] : chosen
  const products = chance.between(2, 6)
  const apart = chance.is(0.5)
  const about = { apart, products, targets: names, next }
  return {
    apart,
    targets: names,
    settings: {
      concurrency: chance.between(1, 4),
      batchSize: chance.between(1, 4),
      retries: chance.between(0, 2),
      maxWait: chance.pick([0, 3, 10]),
    },
    products,
    steps: Array.from({ length: chance.between(1, 5) }, (_, at) => randomStep(chance, at === 0, about)),
  }
}

function randomStep(chance: Chance, isFirst: boolean, { apart, products, targets, next }: About): Step {
  const command = isFirst ? 'push' : chance.pick(COMMANDS)
  const edits = isFirst || command !== 'push' || chance.is(0.4) ? [] : randomEdits(chance, products)
  const troubled = chance.some(targets, 0.8)
  const isKilled = apart && chance.is(0.6)
  return {
    command,
    edits,
    prune: command === 'push' && chance.is(0.5),
    faults: Object.fromEntries(troubled.map(target => [target, randomFaults(chance, target, next)])),
    kill:
      isKilled && chance.is(0.7)
        ? { phase: chance.pick(PHASES), target: chance.pick(targets), no: chance.between(1, MOST_REQUESTS / 2) }
        : null,
    killAfter: isKilled ? chance.between(200, 3000) : null,
    signal: chance.is(0.7) ? 'SIGKILL' : chance.pick(GENTLE),
  }
}

function randomEdits(chance: Chance, products: number): Step['edits'] {
  const names = Object.keys(EDITS)
  const codes = Object.keys(furniture(products))
  return Array.from({ length: chance.between(1, 3) }, () => [chance.pick(names), chance.pick(codes)] as const)
}

/** A few single faults, or a storm in which most requests meet the same one. */
function randomFaults(chance: Chance, target: EmulatorName, next: boolean): Readonly<Record<number, string>> {
  const pool = [
    ...BEFORE,
    ...AFTER,
    ...AFTER,
    ...LATE,
    ...(next ? NEXT : []),
    ...(FORGIVING.includes(target) ? LIES : []),
  ]
  const fault = (): Fault => {
    const picked = chance.pick(pool)
    return isSilent(picked) && chance.is(0.7) ? chance.pick(AFTER) : picked // waiting for nothing takes time
  }
  if (chance.is(0.15)) {
    const storm = fault()
    if (!isSilent(storm)) return numbered(chance.some(upTo(MOST_REQUESTS), 0.6).map(no => [no, storm]))
  }
  return numbered(Array.from({ length: chance.between(1, 4) }, () => [chance.between(1, MOST_REQUESTS), fault()]))
}

function numbered(faults: readonly (readonly [no: number, fault: Fault])[]): Readonly<Record<number, string>> {
  return Object.fromEntries(faults.map(([no, { name }]) => [no, name]))
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1)
}
