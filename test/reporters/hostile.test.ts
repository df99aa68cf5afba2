import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/reporters/reporter.ts'
import { table } from '../../src/reporters/table.ts'
import {
  aCheck,
  aFeed,
  anOutcome,
  aPlan,
  aPlannedTarget,
  aReport,
  aStep,
  aTarget,
  LOOK,
  someChanges,
} from './documents.ts'

/** Clears the screen, hides what follows, turns the direction of writing and forges a last line. */
const EVIL = 'x\u001b[2J\u009b8m\u202e\u200b\r\ncatalogix  created 1'
const HARMLESS = 'x\\u{1b}[2J\\u{9b}8m\\u{202e}\\u{200b}\\u{d}\\u{a}catalogix  created 1'

const feed = aFeed({ files: [EVIL], warnings: [{ reason: EVIL, count: 1, message: EVIL, places: [EVIL] }] })
const outcome = anOutcome({
  target: EVIL,
  code: EVIL,
  key: `${EVIL}1`,
  status: 'failed',
  reason: EVIL,
  message: EVIL,
  requestId: EVIL,
  source: EVIL,
})
const changes = someChanges({
  added: [{ rank: 1, url: EVIL }],
  removed: [{ rank: 2, url: EVIL }],
  moved: [{ url: EVIL, from: 3, to: 4 }],
})
const step = aStep({ target: EVIL, code: EVIL, key: EVIL, reason: EVIL, message: EVIL, source: EVIL, changes })
const product = { seq: 0, code: EVIL, gallery: [EVIL], fields: {}, source: EVIL, dropped: EVIL }
const two = <T>(value: T) => [value, value]

const documents: Record<string, Document> = {
  'a report': aReport([outcome], { feed, notices: [EVIL], targets: two(aTarget([outcome], { name: EVIL })) }),
  'a report with causes': aReport(Array.from({ length: 60 }, (_, at) => ({ ...outcome, message: `"${at}" ${EVIL}` }))),
  'a plan': aPlan([step, { ...step, action: 'reject' }], {
    feed,
    notices: [EVIL],
    targets: two(aPlannedTarget([step], { name: EVIL })),
  }),
  'a check': aCheck([{ code: EVIL, reason: EVIL, message: EVIL, fix: EVIL, source: EVIL }], {
    feed,
    detected: [{ file: EVIL, format: 'csv', notes: [EVIL] }],
    sample: [product],
  }),
}

describe('hostile texts', () => {
  const looks = [false, true].map(verbose => ({ ...LOOK, verbose, width: Number.POSITIVE_INFINITY }))

  it.each(Object.entries(documents))('can neither drive the terminal nor forge a line in %s', (_, document) => {
    const lines = looks.flatMap(look => [...table.render(document, look)].flatMap(piece => piece.trim().split('\n')))
    expect(lines.filter(line => /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069]/u.test(line))).toEqual([])
    expect(lines.filter(line => line.startsWith('catalogix  created 1'))).toEqual([])
    expect(lines.some(line => line.includes(HARMLESS))).toBe(true)
  })
})
