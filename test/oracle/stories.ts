import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import { furniture, type Galleries, imageOf } from './feed.ts'
import type { Entry } from './journal.ts'
import { type Push, type Run, World } from './world.ts'

/** A push that something happens to, and what has gone well before it. */
export interface Story {
  readonly name: string
  readonly before: readonly Galleries[]
  readonly feed: Galleries
  readonly options: readonly string[]
}

const FEED = furniture(3)

/** Every kind of request that a push makes is in one of them: the second replaces, adds, turns round and removes. */
export const STORIES: readonly Story[] = [
  { name: 'a first push', before: [], feed: FEED, options: [] },
  {
    name: 'a push that changes and removes',
    before: [{ ...FEED, STOOL1: [imageOf('STOOL1', 1)] }],
    feed: {
      CHAIR1: [imageOf('CHAIR1', 9), imageOf('CHAIR1', 1)],
      CHAIR2: [imageOf('CHAIR2', 2), imageOf('CHAIR2', 1)],
      CHAIR3: [imageOf('CHAIR3', 1)],
    },
    options: ['--prune', '--max-delete', '100%', '--allow-shrink'],
  },
]

/** Tells the story in this world up to its push. */
export async function prepare(story: Story, world: World): Promise<void> {
  for (const feed of story.before) await world.push({ feed })
}

export function pushOf({ feed, options }: Story): Push {
  return { feed, options }
}

/** How many requests each target gets in this run. */
export function countRequests({ entries }: Run, targets: readonly EmulatorName[]): Map<EmulatorName, number> {
  return new Map(targets.map(target => [target, entries.filter(entry => entry.target === target).length]))
}

/** One request of each kind that the push makes, the middle one: the first of each target, then the second … by number. */
export async function kindsOf(story: Story): Promise<ReadonlyMap<EmulatorName, number>[]> {
  const world = await World.open()
  try {
    await prepare(story, world)
    const { entries } = await world.push(pushOf(story))
    const numbers = world.targets.map(
      target => [target, middles(entries.filter(entry => entry.target === target))] as const,
    )
    const most = Math.max(...numbers.map(([, each]) => each.length))
    return Array.from({ length: most }, (_, at) => {
      return new Map(numbers.flatMap(([target, { [at]: no }]) => (no === undefined ? [] : [[target, no] as const])))
    })
  } finally {
    await world.close()
  }
}

function middles(entries: readonly Entry[]): number[] {
  const kinds = new Map<string, number[]>()
  for (const { kind, no } of entries) kinds.set(kind, [...(kinds.get(kind) ?? []), no])
  return [...kinds.values()].flatMap(numbers => numbers[Math.floor(numbers.length / 2)] ?? [])
}
