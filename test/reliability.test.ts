import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

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
    expect(rows.length).toBeGreaterThan(80)
    expect(rows.filter(row => [...row.matchAll(LINK)].length !== 1)).toEqual([])
  })

  it('names tests that exist, in their words', () => {
    const missing = proofs.filter(({ sentence, file }) => !existsSync(file) || !hasTest(file, sentence))
    expect(missing).toEqual([])
  })
})

/** A sentence is a whole text of its file, whatever its quotes are. */
function hasTest(file: string, sentence: string): boolean {
  const text = readFileSync(file, 'utf8')
  return ["'", '"', '`'].some(quote => text.includes(`${quote}${sentence}${quote}`))
}
