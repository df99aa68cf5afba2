import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { EMULATOR_NAMES } from '../../src/sandbox/emulators.ts'
import { chanceOf } from './chance.ts'
import { type Played, play } from './play.ts'
import { protocolOf } from './protocol.ts'
import { type RandomStory, randomStory } from './random-story.ts'
import type { Command } from './world.ts'

const OPTIONS = {
  runs: { type: 'string', default: '20' },
  seed: { type: 'string' },
  from: { type: 'string', default: '1' },
  minutes: { type: 'string', default: 'Infinity' },
  targets: { type: 'string', default: EMULATOR_NAMES.join(',') },
  next: { type: 'boolean', default: false },
  story: { type: 'string' },
} as const

type Write = (line: string) => void

/**
 * Plays random stories and prints what was wrong in each, with what it takes to play it again; or the one story of a file, with
 * everything that happened in it. No story begins when so many minutes are over. Gives the exit code: 0 when all went well.
 */
export async function soak(words: readonly string[], write: Write): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: OPTIONS })
  if (values.story !== undefined) return retell(JSON.parse(readFileSync(values.story, 'utf8')), write)
  const seed = values.seed ?? String(Date.now() % 1_000_000)
  const targets = EMULATOR_NAMES.filter(name => values.targets.split(',').includes(name))
  const [first, runs] = [Number(values.from), Number(values.runs)]
  const until = performance.now() + Number(values.minutes) * 60_000
  const sums: Sums = { stories: 0, push: 0, retry: 0, reconcile: 0, kills: 0, requests: 0, faults: 0 }
  let failures = 0
  write(`seed ${seed}`)
  for (let no = first; no < first + runs && performance.now() < until; no++) {
    const story = randomStory(chanceOf(`${seed}/${no}`), { targets, next: values.next })
    const played = await play(story)
    add(played, sums)
    if (played.violations.length === 0) continue
    failures++
    const same = `--seed ${seed} --from ${no} --runs 1 --targets ${targets.join(',')}${values.next ? ' --next' : ''}`
    write([`run ${no} failed`, ...played.violations, JSON.stringify(story), `npm run soak -- ${same}`].join('\n  '))
  }
  const { stories, push, retry, reconcile, requests, faults, kills } = sums
  write(`${push} pushes, ${retry} retries, ${reconcile} reconciles, ${kills} of them killed`)
  write(`${requests} requests, ${faults} of them with a fault`)
  write(`${stories} stories, ${failures} failures`)
  return failures === 0 ? 0 : 1
}

async function retell(story: RandomStory, write: Write): Promise<number> {
  const { violations } = await play(story, run => write(protocolOf(run)))
  for (const words of violations) write(words)
  return violations.length === 0 ? 0 : 1
}

interface Sums extends Record<Command, number> {
  stories: number
  kills: number
  requests: number
  faults: number
}

function add({ runs }: Played, sums: Sums): void {
  const entries = runs.flatMap(run => run.entries)
  sums.stories++
  for (const { push } of runs) sums[push.command ?? 'push']++
  sums.kills += runs.filter(({ code }) => code === null).length
  sums.requests += entries.length
  sums.faults += entries.filter(({ fault }) => fault !== null).length
}
