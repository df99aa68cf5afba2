import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import { leftBehind, needless, violations } from './check.ts'
import { faultNamed, isSilent } from './fault.ts'
import { EDITS, furniture, type Galleries } from './feed.ts'
import type { Kill } from './kill.ts'
import type { Script } from './oracle.ts'
import type { RandomStory, Step } from './random-story.ts'
import { type Push, type Run, World } from './world.ts'

const PRUNE = ['--prune', '--max-delete', '100%']
/** Seconds that the client waits for an answer when there may be none. */
const IMPATIENT = 1

/** What a story came to. */
export interface Played {
  readonly runs: readonly Run[]
  readonly violations: readonly string[]
}

/** Plays a story to its end, then pushes twice without anything going wrong; what is wrong after any run ends it. */
export async function play(story: RandomStory, watch: (run: Run) => void = () => undefined): Promise<Played> {
  const world = await World.open({ targets: story.targets, ...story.settings })
  try {
    const violations = await tell(story, world)
    for (const run of world.runs) watch(run)
    return { runs: world.runs, violations }
  } finally {
    await world.close()
  }
}

async function tell({ apart, products, steps }: RandomStory, world: World): Promise<readonly string[]> {
  let feed = furniture(products)
  let leftovers = false
  let last: Run | null = null
  const quiet: Step = {
    command: 'push',
    edits: [],
    prune: false,
    faults: {},
    kill: null,
    killAfter: null,
    signal: 'SIGKILL',
  }
  const wasPruned = steps.some(({ prune }) => prune)
  for (const step of [...steps, { ...quiet, prune: wasPruned }]) {
    const isFollowed = last !== null && last.code === 0
    if (step.edits.length > 0) leftovers ||= !isFollowed || world.runs.slice((last?.no ?? 1) - 1).some(hasPostponed)
    feed = edited(feed, step.edits)
    leftovers ||= world.runs.some(run => run.push.feed !== feed) && !step.prune
    const run = await world.push({ ...pushOf(step, feed), child: apart })
    const found = violations(run, world, { leftovers })
    if (found.length > 0) return found
    if (step.command === 'push') last = run
  }
  if (last === null) return []
  const again = await world.push({ feed, options: wasPruned ? [...OPTIONS, ...PRUNE] : OPTIONS, child: apart })
  return [...violations(again, world, { leftovers }), ...needless(again, last, world), ...leftBehind(world)]
}

const OPTIONS = ['--allow-shrink']

function hasPostponed({ entries }: Run): boolean {
  return entries.some(({ fault }) => fault?.commit === 'next')
}

function edited(feed: Galleries, edits: Step['edits']): Galleries {
  return edits.reduce((galleries, [name, code]) => {
    const next = EDITS[name]?.(code)(galleries) ?? galleries
    return Object.keys(next).length === 0 ? galleries : next // an empty feed is refused
  }, feed)
}

function pushOf(step: Step, feed: Galleries): Push {
  const faults = Object.values(step.faults).flatMap(each => Object.values(each ?? {}))
  const isImpatient = faults.some(name => isSilent(faultNamed(name)))
  return {
    command: step.command,
    feed,
    options: step.command === 'push' ? [...OPTIONS, ...(step.prune ? PRUNE : [])] : [],
    scripts: Object.fromEntries(Object.entries(step.faults).map(([target, each]) => [target, scriptOf(each ?? {})])),
    kill: killOf(step),
    killAfter: step.kill === null ? step.killAfter : null,
    ...(isImpatient ? { timeout: IMPATIENT } : {}),
  }
}

function killOf({ kill, signal }: Step): Kill | null {
  if (kill === null) return null
  const at = new Map<EmulatorName, number>([[kill.target, kill.no]])
  return { phase: kill.phase, at, signal }
}

function scriptOf(faults: Readonly<Record<number, string>>): Script {
  const byNumber = new Map(Object.entries(faults).map(([no, name]) => [Number(no), faultNamed(name)]))
  return ({ no }) => byNumber.get(no) ?? null
}
