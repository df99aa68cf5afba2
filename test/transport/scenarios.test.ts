import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Played, play, type Scenario } from './simulation.ts'

const FOLDER = new URL('./scenarios/', import.meta.url)
const SEEDS = [1, 2, 3]

/** What must come of a scenario, whatever chance does: from and to. */
type Expected = Partial<Record<keyof Played | 'ratio', readonly [number, number]>>

interface ScenarioFile extends Scenario {
  /** How long it takes somebody who knows the target's limits. */
  readonly limitSeconds: number
  readonly expect: Expected
}

const files = readdirSync(FOLDER).toSorted()

describe('the pace of requests, by scenario', () => {
  it.each(files)('%s', async file => {
    const {
      limitSeconds,
      expect: expected,
      ...scenario
    }: ScenarioFile = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))
    for (const seed of SEEDS) {
      const played = await play(scenario, seed)
      const facts = { ...played, ratio: played.seconds / limitSeconds }
      const outside = Object.entries(expected).flatMap(([name, [from, to]]) => {
        const value = facts[name as keyof typeof facts]
        return value >= from && value <= to ? [] : [`${name} is ${value}, not from ${from} to ${to}`]
      })
      expect({ seed, outside }).toEqual({ seed, outside: [] })
    }
  })
})
