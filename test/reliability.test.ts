import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AFTER, BEFORE, LATE } from './oracle/fault.ts'

const PAGE = 'docs/reliability.md'
const LINK = /\[([^\]]+)\]\((\.\.\/test\/[^)]+)\)/g

const lines = readFileSync(PAGE, 'utf8').split('\n')
/** The rows of the tables about faults, without their heads. */
const rows = lines.slice(0, lines.indexOf('## How it was tried')).filter(line => /^\| (?!fault |threat )/.test(line))
const proofs = lines.flatMap(line =>
  [...line.matchAll(LINK)].map(([, sentence = '', path = '']) => ({ sentence, file: resolve('docs', path) })),
)

describe(PAGE, () => {
  it('names a test in every row', () => {
    expect(rows.length).toBeGreaterThan(150)
    expect(rows.filter(row => [...row.matchAll(LINK)].length !== 1)).toEqual([])
  })

  it('names tests that exist, in their words', () => {
    const missing = proofs.filter(({ sentence, file }) => !existsSync(file) || !hasTest(file, sentence))
    expect(missing).toEqual([])
  })

  it('knows when a test is none', () => {
    expect(hasTest(PAGE, 'test/reliability.test.ts')).toBe(false)
    expect(hasTest('test/reliability.test.ts', './oracle/fault.ts')).toBe(false)
    expect(hasTest('test/reliability.test.ts', 'names a test in every row')).toBe(true)
  })

  it('names scenarios that exist', () => {
    const names = lines.flatMap(line => [...line.matchAll(/`([\w-]+\.json)`/g)].map(([, name = '']) => name))
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter(name => !existsSync(`test/transport/scenarios/${name}`))).toEqual([])
  })

  it('counts the faults of the oracle', () => {
    const [before, after, late] = [BEFORE.length, AFTER.length, LATE.length]
    const words = `${before + after + late} (${before} before the commit, ${after} after it, ${late} late)`
    expect(lines.filter(line => line.includes(words))).toHaveLength(1)
  })
})

/** A sentence is the whole first argument of a call, which is how tests and groups of them get their names. */
function hasTest(file: string, sentence: string): boolean {
  const text = readFileSync(file, 'utf8')
  return ["'", '"', '`'].some(quote => {
    const [before = '', ...after] = text.split(`${quote}${sentence}${quote},`)
    return after.length > 0 && /\(\s*$/.test(before)
  })
}
