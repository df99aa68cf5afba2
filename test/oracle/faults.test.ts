import { describe, expect, it } from 'vitest'
import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import { leftBehind, needless, violations } from './check.ts'
import { AFTER, BEFORE, type Fault, isSilent, LATE } from './fault.ts'
import type { Script } from './oracle.ts'
import { kindsOf, prepare, pushOf, STORIES, type Story } from './stories.ts'
import { World } from './world.ts'

const LONGEST_MS = 120_000
/** Seconds that the client waits for an answer where none comes. */
const IMPATIENT = 1

/**
 * Every pair of a fault and a kind of request is three runs of the program. `npm test` tries every fault and every kind, but
 * only every third pair; `npm run test:oracle` tries all of them.
 */
const EVERY = process.env.ORACLE === 'all' ? 1 : 3

const KINDS = await Promise.all(STORIES.map(kindsOf))

/** Requests of every target meet every fault; nothing is wrong then, nor after the pushes that follow. */
for (const [index, story] of STORIES.entries()) {
  describe(`what goes wrong in ${story.name}`, () => {
    for (const [row, fault] of [...BEFORE, ...AFTER, ...LATE].entries()) {
      for (const [nth, at] of (KINDS[index] ?? []).entries()) {
        if ((row + nth) % EVERY !== 0) continue
        it.concurrent(`${fault.name} at request kind ${nth + 1}`, () => tellFaulty(story, fault, at), LONGEST_MS)
      }
    }
  })
}

async function tellFaulty(story: Story, fault: Fault, at: ReadonlyMap<EmulatorName, number>): Promise<void> {
  const world = await World.open()
  try {
    await prepare(story, world)
    const patience = isSilent(fault) ? { timeout: IMPATIENT } : {}
    const faulty = await world.push({ ...pushOf(story), scripts: scriptsFor(fault, at), ...patience })
    const clean = await world.push(pushOf(story))
    const again = await world.push(pushOf(story))
    expect([faulty, clean, again].flatMap(run => violations(run, world))).toEqual([])
    expect([...needless(again, clean, world), ...leftBehind(world)]).toEqual([])
  } finally {
    await world.close()
  }
}

/** The fault meets the request that is the middle one of its kind, once. */
function scriptsFor(fault: Fault, at: ReadonlyMap<EmulatorName, number>): Partial<Record<EmulatorName, Script>> {
  return Object.fromEntries([...at].map(([target, no]) => [target, asked => (asked.no === no ? fault : null)]))
}
