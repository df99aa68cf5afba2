import { describe, expect, it } from 'vitest'
import { leftBehind, needless, violations } from './check.ts'
import { type Kill, PHASES } from './kill.ts'
import { countRequests, prepare, pushOf, STORIES, type Story } from './stories.ts'
import { type Run, World } from './world.ts'

const LONGEST_MS = 120_000

/** What each target may leave open when a run was killed and another one has gone well. */
const LEFT_OPEN: Readonly<Record<string, readonly string[]>> = {
  catalogix: [],
  akeneo: [],
  mediapocket: ['failed already-exists'],
  productai: ['unknown'],
  emporix: ['unknown'],
}

const POSITIONS = await Promise.all(STORIES.map(countPositions))

/** The program as it is shipped, killed where every target has its nth request in the same phase. */
for (const [index, story] of STORIES.entries()) {
  describe(`kill -9 in ${story.name}`, () => {
    for (const [no, at] of (POSITIONS[index] ?? []).entries()) {
      for (const phase of PHASES) {
        it.concurrent(`when request ${no + 1} has ${phase}`, () => tellKilled(story, phase, at), LONGEST_MS)
      }
    }
  })
}

async function tellKilled(story: Story, phase: Kill['phase'], at: Kill['at']): Promise<void> {
  const world = await World.open()
  try {
    await prepare(story, world)
    const killed = await world.push({ ...pushOf(story), kill: { phase, at, signal: 'SIGKILL' } })
    expect(killed.code).toBe(null)
    const clean = await world.push(pushOf(story))
    const again = await world.push(pushOf(story))
    expect([killed, clean, again].flatMap(run => violations(run, world))).toEqual([])
    expect([...needless(again, clean, world), ...leftBehind(world)]).toEqual([])
    expect(tooOpen(clean)).toEqual([])
  } finally {
    await world.close()
  }
}

function tooOpen({ outcomes }: Run): string[] {
  return outcomes
    .filter(({ status }) => status === 'failed' || status === 'unknown' || status === 'skipped')
    .map(({ target, key, status, reason }) => ({
      target,
      key,
      is: status === 'unknown' ? status : `${status} ${reason}`,
    }))
    .filter(({ target, is }) => !LEFT_OPEN[target]?.includes(is))
    .map(({ target, key, is }) => `${target} ${key} ${is}`)
}

/** The targets that have an nth request, for every n. */
async function countPositions(story: Story) {
  const world = await World.open()
  try {
    await prepare(story, world)
    const counts = [...countRequests(await world.push(pushOf(story)), world.targets)]
    const most = Math.max(...counts.map(([, count]) => count))
    return Array.from({ length: most }, (_, at) => {
      return new Map(counts.flatMap(([target, count]) => (count > at ? [[target, at + 1] as const] : [])))
    })
  } finally {
    await world.close()
  }
}
