import { constants } from 'node:os'
import { describe, expect, it } from 'vitest'
import { leftBehind, needless, violations } from './check.ts'
import { faultNamed } from './fault.ts'
import type { Kill } from './kill.ts'
import type { Script } from './oracle.ts'
import { prepare, pushOf, STORIES, type Story } from './stories.ts'
import { type Run, World } from './world.ts'

const LONGEST_MS = 120_000
/** So long may requests that are under way still take. */
const DRAIN_MS = 10_000
const silent: Script = () => faultNamed('never:silence')
/** `npm run test:oracle` tells both stories. */
const TOLD = process.env.ORACLE === 'all' ? STORIES : STORIES.slice(0, 1)

/** The program as it is shipped gets a signal of the system where every target has its second request in the same phase. */
describe.concurrent.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', signal => {
  describe.each(TOLD)('in $name', story => {
    it.concurrent.each(['arrived', 'committed'] as const)(
      'ends what is under way and nothing else, saves, reports, and says so by the exit code: a request has %s',
      async phase => {
        const { code, stderr, entries, outcomes } = await tell(story, { signal, phase, nth: 2 })
        const late = entries.filter(({ no }) => no > 2).map(({ target, kind }) => `${target} ${kind}`)
        expect({ code, late }).toEqual({ code: 128 + constants.signals[signal], late: [] })
        expect(stderr).toContain('Stopping: no new request starts')
        expect(outcomes.filter(({ status }) => status === 'skipped').length).toBeGreaterThan(0)
      },
      LONGEST_MS,
    )

    it.concurrent(
      'gives up after ten seconds what does not end',
      async () => {
        const { code, ms } = await tell(story, { signal, phase: 'arrived', nth: 1 }, silent)
        expect({ code, isInTime: ms > DRAIN_MS && ms < 2 * DRAIN_MS }).toEqual({
          code: 128 + constants.signals[signal],
          isInTime: true,
        })
      },
      LONGEST_MS,
    )

    it.concurrent(
      'leaves at once the second time, whatever is under way',
      async () => {
        const { code, stderr, ms } = await tell(story, { signal, phase: 'arrived', nth: 1, again: true }, silent)
        expect({ code, isSoon: ms < DRAIN_MS }).toEqual({ code: null, isSoon: true })
        expect(stderr).toContain('Left at once')
      },
      LONGEST_MS,
    )
  })
})

interface Signal extends Omit<Kill, 'at'> {
  /** The request of every target that it meets. */
  readonly nth: number
}

/** The push of the story that got the signal. Nothing is wrong after it, nor after the pushes that follow. */
async function tell(story: Story, { nth, ...kill }: Signal, script: Script = () => null): Promise<Run> {
  const world = await World.open()
  try {
    await prepare(story, world)
    const at = new Map(world.targets.map(target => [target, nth]))
    const scripts = Object.fromEntries(world.targets.map(target => [target, script]))
    const met = await world.push({ ...pushOf(story), kill: { ...kill, at }, scripts })
    const clean = await world.push(pushOf(story))
    const again = await world.push(pushOf(story))
    expect([met, clean, again].flatMap(run => violations(run, world))).toEqual([])
    expect([...needless(again, clean, world), ...leftBehind(world)]).toEqual([])
    return met
  } finally {
    await world.close()
  }
}
