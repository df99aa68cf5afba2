import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/model/outcome.ts'
import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import { leftBehind, needless, violations } from './check.ts'
import { faultNamed } from './fault.ts'
import { furniture, imageOf } from './feed.ts'
import type { Entry } from './journal.ts'
import { type Run, type Witness, World } from './world.ts'

const LONGEST_MS = 60_000
const FEED = furniture(3)
const STRANGER = imageOf('SOFA1', 1)

let world: World
let good: Run
let again: Run

beforeAll(async () => {
  world = await World.open()
  good = await world.push({ feed: FEED })
  again = await world.push({ feed: FEED })
}, LONGEST_MS)

afterAll(() => world.close())

/** The good run, if this gallery were something else. */
function holding(target: EmulatorName, code: string, urls: readonly string[]): Partial<Run> {
  const { galleries, ...rest } = good.state[target]
  return { state: { ...good.state, [target]: { ...rest, galleries: { ...galleries, [code]: urls } } } }
}

function telling(tell: (outcomes: readonly Outcome[]) => readonly Outcome[]): Partial<Run> {
  return { outcomes: tell(good.outcomes) }
}

/** The good run, if the first request of it were another one. */
function requests(change: (entry: Entry) => Entry): Partial<Run> {
  return { entries: good.entries.map((entry, at) => (at === 0 ? change(entry) : entry)) }
}

/** The good run, if this were said of the first item. */
function first(facts: Partial<Outcome>): Partial<Run> {
  return telling(([item, ...rest]) => (item === undefined ? [] : [{ ...item, ...facts }, ...rest]))
}

const urls = (code: string): readonly string[] => FEED[code] ?? []

describe('the checks of the oracle', () => {
  it('find nothing wrong where nothing is', () => {
    expect([...violations(good, world), ...violations(again, world), ...needless(again, good, world)]).toEqual([])
    expect(leftBehind(world)).toEqual([])
  })

  it.each<[string, () => Partial<Run>, readonly string[]]>([
    ['an image is missing', () => holding('productai', 'CHAIR2', urls('CHAIR2').slice(1)), ['I4', 'I1']],
    ['a product is there that nobody named', () => holding('catalogix', 'SOFA1', [STRANGER]), ['I1']],
    ['images are in the wrong order', () => holding('akeneo', 'CHAIR3', urls('CHAIR3').toReversed()), ['I1']],
    [
      'an image is there twice',
      () => holding('emporix', 'CHAIR1', [...urls('CHAIR1'), ...urls('CHAIR1')]),
      ['I2', 'I1'],
    ],
    ['an item is told of twice', () => telling(all => [...all, ...all.slice(0, 1)]), ['I3', 'I3', 'I3']],
    ['an item is not told of', () => telling(all => all.slice(1)), ['I3', 'I3']],
    ['the sums are not those of the lines', () => first({ status: 'updated' }), ['I3']],
    ['fewer requests are counted than arrived', () => ({ entries: good.entries.slice(1) }), ['I3']],
    ['what failed is called a success', () => first({ status: 'failed' }), ['I3', 'I11']],
    ['a batch is too large', () => requests(entry => ({ ...entry, items: 101 })), ['I6']],
    [
      'a request is sent more often than --retries says',
      () => ({ entries: good.entries.map((entry, at) => (at < 3 ? { ...entry, trace: 'lamp' } : entry)) }),
      ['I8'],
    ],
    ['too many requests are open', () => ({ peaks: new Map([['akeneo', 2]]) }), ['I7']],
    ['a request comes before Retry-After is over', () => ({ early: good.entries.slice(0, 1) }), ['I7']],
    ['the exit code is wrong', () => ({ code: 1 }), ['I11']],
    ['a signal ended it that nobody sent', () => ({ code: null }), ['I11']],
    ['it takes too long', () => ({ ms: 90_001 }), ['I12']],
  ])('say when %s', (_, facts, expected) => {
    const found = violations({ ...good, ...facts() }, world)
    expect(found.map(words => /^run 1: (I\d+) /.exec(words)?.[1])).toEqual(expected)
  })

  it('look at everything that a run says and writes', () => {
    expect([...good.files.keys()].toSorted()).toEqual([
      'outputs',
      'report.codequality.json',
      'report.csv',
      'report.html',
      'report.json',
      'report.md',
      'report.ndjson',
      'report.xml',
      'summary.md',
    ])
  })

  it('find a secret in whatever a run says or writes, however it is written', () => {
    const [secret = ''] = world.secrets
    for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]) {
      const text = `a lamp ${form} and more`
      const names = ['stdout', 'stderr', ...good.files.keys()]
      const files = new Map([...good.files.keys()].map(name => [name, text]))
      const found = violations({ ...good, stdout: text, stderr: text, files }, world)
      expect(found).toEqual(names.map(name => `run 1: I9 ${name} of run 1 holds the secret ${secret}`))
    }
  })

  it('find a secret in any file that is left behind', () => {
    const [secret = ''] = world.secrets
    world.terminal.file('deep/inside/lamp.tmp', `\0\u0001${secret}\u00ff`)
    expect(leftBehind(world)).toEqual([`I9 lamp.tmp holds the secret ${secret}`])
    world.terminal.file('deep/inside/lamp.tmp', '')
  })

  it('know the secrets of the config and those that were given out', () => {
    expect(world.secrets.size).toBeGreaterThan(7)
  })

  it('find out when somebody was asked who must not be', () => {
    const { targets, settings, runs, secrets, terminal } = world
    const witness: Witness = { targets, settings, runs, secrets, terminal, strays: ['GET /v1/assets'] }
    expect(violations(good, witness)).toEqual(['run 1: I10 somebody was asked who must not be: GET /v1/assets'])
  })

  it('find out when what was well is sent again', () => {
    const [entry] = good.entries
    const entries = entry === undefined ? [] : [entry]
    expect(needless({ ...again, entries }, good, world)).toEqual([
      `run 2: I5 ${entry?.target} was asked again: ${entry?.kind}`,
    ])
  })

  it('believe no exit code after a fault, either', () => {
    const faulty = requests(entry => ({ ...entry, fault: faultNamed('never:502') }))
    expect(violations({ ...good, ...faulty, code: 3 }, world)).toEqual([
      expect.stringContaining('I11 exit code 3 instead of'),
    ])
  })

  it.each([
    ['retry', 'I5 retry is about'],
    ['reconcile', 'I5 reconcile is about'],
    ['reconcile', 'was sent something by a reconcile'],
  ] as const)('find out when a %s is about what was well: %s', (command, words) => {
    const found = violations({ ...good, no: 2, push: { feed: FEED, command } }, world)
    expect(found.filter(each => each.includes(words)).length).toBeGreaterThan(0)
  })

  it.each([
    ['retry', 'failed'],
    ['retry', 'skipped'],
    ['reconcile', 'unknown'],
  ] as const)('find out when a %s leaves out what is %s', (command, status) => {
    const { targets, settings, secrets, terminal, strays } = world
    const witness: Witness = { targets, settings, secrets, terminal, strays, runs: [{ ...good, ...first({ status }) }] }
    const idle = { ...again, outcomes: [], entries: [], summaries: null, push: { feed: FEED, command } }
    const [item] = good.outcomes
    expect(violations(idle, witness)).toEqual([`run 2: I5 ${command} leaves out ${item?.target} ${item?.key}`])
  })
})
