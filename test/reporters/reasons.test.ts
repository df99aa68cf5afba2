import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { SETTLE_WINDOW_MS } from '../../src/engine/settle-window.ts'
import { FAULTS, Fault } from '../../src/model/fault.ts'
import { adviceOn, knownReasons } from '../../src/reporters/reasons.ts'

/** The rooms that say what became of an item. */
const ROOMS = ['model', 'catalog', 'targets', 'transport', 'engine', 'images', 'ledger', 'sync']
/** Files that say other things in such words: what `verify` finds, what `runs` shows, what a plan costs, the template. */
const OTHERS =
  /verify|forecast|history|explain|doctor|plan-file|repairs|\/read\.ts$|\/rejects\.ts$|find-assets|_template/
const WORD = "'([a-z]+(?:-[a-z]+)*)'"
/** The ways in which the code names a reason. */
const WAYS = [
  new RegExp(`\\breason: [^'\\n]*${WORD}`, 'g'),
  new RegExp(`\\b(?:failed|skipped|halted|heldBack|ImageFault|warnings\\.add)\\((?:\\w+, )?\\s*${WORD}`, 'g'),
  new RegExp(`\\b(?:PENDING|TAIL_REMOVED|MAX_FAILURES|NOT_REPLACED) = ${WORD}`, 'g'),
]
/** Written as `failed(reason, message)`, but with a status where the reason stands elsewhere. */
const NO_REASONS = ['failed', 'rejected']

const files = ROOMS.flatMap(room => globSync(`src/${room}/**/*.ts`)).filter(file => !OTHERS.test(file))

function reasonsIn(file: string): string[] {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  return WAYS.flatMap(way => [...code.matchAll(way)].map(([, word = '']) => word))
}

const ofFaults = FAULTS.map(kind => new Fault(kind, 'No answer.').reason)
const given = new Set([...files.flatMap(reasonsIn), ...ofFaults].filter(word => !NO_REASONS.includes(word)))

describe('reasons', () => {
  it.each([...given].toSorted())('%s has advice', reason => {
    expect(adviceOn(reason)).toEqual({ remedy: expect.any(String), words: expect.stringMatching(/^[A-Z].*\.$/) })
  })

  it('has no advice on words that nobody says', () => {
    expect(knownReasons().filter(reason => !given.has(reason))).toEqual([])
  })

  it('says how long what got no answer may still arrive', () => {
    const minutes = SETTLE_WINDOW_MS / 60_000
    expect(adviceOn('no-answer')?.words).toContain(`within ${minutes} minutes; then "assetsync reconcile"`)
  })

  it('gives none on words of another version', () => {
    expect([adviceOn('gone-fishing'), adviceOn('__proto__'), adviceOn(null)]).toEqual([null, null, null])
  })
})
