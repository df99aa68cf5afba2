import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Redact } from '../../src/lib/redact.ts'
import { EMULATOR_NAMES, type EmulatorName } from '../../src/sandbox/emulators.ts'
import type { ItemAnswer, Target } from '../../src/targets/target.ts'
import { leftBehind, needless, violations } from './check.ts'
import { faultNamed } from './fault.ts'
import { furniture } from './feed.ts'
import type { Script } from './oracle.ts'
import { World } from './world.ts'

/** The targets as the program finds them, in which a test can put a broken one in the place of a sound one. */
const shelf = vi.hoisted((): { readonly targets: Target[]; sound: readonly Target[] } => ({ targets: [], sound: [] }))
const masks = vi.hoisted(() => ({ areOn: true }))

vi.mock('../../src/lib/redact.ts', async importOriginal => {
  const original = await importOriginal<{ readonly redactor: (secrets: readonly string[]) => Redact }>()
  const redactor = (secrets: readonly string[]) => (masks.areOn ? original.redactor(secrets) : (text: string) => text)
  return { ...original, redactor }
})

vi.mock('../../src/targets/index.ts', async importOriginal => {
  const { TARGETS } = await importOriginal<{ readonly TARGETS: readonly Target[] }>()
  shelf.sound = TARGETS
  shelf.targets.push(...TARGETS)
  const targetOfType = (type: string) => shelf.targets.find(target => target.type === type) ?? null
  return { TARGETS: shelf.targets, targetOfType }
})

function exchange(type: EmulatorName, broken: (sound: Target) => Target): void {
  const targets = shelf.sound.map(each => (each.type === type ? broken(each) : each))
  shelf.targets.splice(0, shelf.targets.length, ...targets)
}

afterEach(() => {
  shelf.targets.splice(0, shelf.targets.length, ...shelf.sound)
  masks.areOn = true
})

/** The invariants that did not hold in a push in which every write met this fault, and in two that follow. */
async function brokenBy(name: string, target: EmulatorName): Promise<string[]> {
  const world = await World.open({ targets: [target] })
  const fault = faultNamed(name)
  const script: Script = ({ isWrite }) => (isWrite ? fault : null)
  const feed = furniture(3)
  try {
    const faulty = await world.push({ feed, scripts: { [target]: script } })
    const clean = await world.push({ feed })
    const again = await world.push({ feed })
    const found = [faulty, clean, again].flatMap(run => violations(run, world))
    const sentences = [...found, ...needless(again, clean, world), ...leftBehind(world)]
    return [...new Set(sentences.map(words => /I\d+/.exec(words)?.[0] ?? words))].toSorted()
  } finally {
    await world.close()
  }
}

describe('the oracle', () => {
  it.each(EMULATOR_NAMES)('finds nothing wrong with %s as it is', async target => {
    expect([await brokenBy('now:reset', target), await brokenBy('never:502', target)]).toEqual([[], []])
  })

  it.each(['productai', 'emporix'] as const)('finds out that %s creates blindly twice', async target => {
    exchange(target, ({ searched: _, ...sound }) => ({ ...sound, replay: 'upsert' }))
    expect(await brokenBy('now:reset', target)).toContain('I2')
  })

  it.each(EMULATOR_NAMES)('finds out that what %s repeats is not masked', async target => {
    masks.areOn = false
    expect(await brokenBy('never:401', target)).toContain('I9')
  })

  it.each(EMULATOR_NAMES)('finds out that %s takes whatever happens for a success', async target => {
    exchange(target, sound => ({
      ...sound,
      async push(load, io, options, facts) {
        const answers = await sound.push(load, io, options, facts).catch(() => [])
        return load.items.map((_, at) => believed(answers[at]))
      },
    }))
    expect(await brokenBy('never:502', target)).toContain('I4')
  })
})

/** What somebody says who never looks at answers. */
function believed(answer: ItemAnswer | undefined): ItemAnswer {
  if (answer !== undefined && ['created', 'updated', 'pending'].includes(answer.status)) return answer
  return { status: 'created', reason: null, message: null, remoteId: 'lamp', http: 200, requestId: null }
}
