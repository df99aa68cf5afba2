import { describe, expect, it } from 'vitest'
import type { RunsReport } from '../../src/model/history.ts'
import { runsTable } from '../../src/reporters/formats/table/runs.ts'
import { ago } from '../../src/reporters/formats/table/when.ts'
import { widthOf } from '../../src/reporters/text/width.ts'
import { LOOK } from './documents.ts'
import { AT, aListedRun, aRunsReport, withoutTimes } from './history-documents.ts'

const shown = (report: RunsReport, look = LOOK) => withoutTimes([...runsTable(report, look)].join(''))

const RUNS = [
  aListedRun({
    ...{ id: '20260301-095500-aaaa', state: 'under-way', startedAt: '2026-03-01T09:55:00.000Z', items: 1000 },
    ...{ exitCode: null, finishedAt: null, durationMs: null },
  }),
  aListedRun({ totals: { failed: 3, unchanged: 9012 }, exitCode: 1, durationMs: 62_000 }),
  aListedRun({
    command: 'reconcile',
    totals: { created: 0 },
    items: 0,
    source: '椅子/very-long-name-of-a-feed-from-somewhere.csv',
  }),
  aListedRun({
    ...{ state: 'killed', exitCode: null, finishedAt: null, durationMs: null },
    ...{ startedAt: '2026-02-01T08:00:00.000Z', totals: { created: 1, unknown: 2, skipped: 40 } },
  }),
]

describe('the runs in a table', () => {
  it('have when, what, what came of it, and how it ended', () => {
    const next = 'assetsync report 20260301-080000-3f9a'
    expect(shown(aRunsReport(RUNS, { next }))).toBe(`\
… 20260301-095500-aaaa  push       DATE TIME  5 min ago
    furniture.csv  created 812  under way, 188 items to go
✗ 20260301-080000-3f9a  push       DATE TIME  2 h ago     1 min 2 s
    furniture.csv  created 812  unchanged 9012  failed 3
    exit 1: some items failed
✓ 20260301-080000-3f9a  reconcile  DATE TIME  2 h ago     4.1 s
    椅子/very-long…m-somewhere.csv  nothing to do
✗ 20260301-080000-3f9a  push       DATE TIME  28 days ago
    furniture.csv  created 1  skipped 40  unknown 2  killed before its end

Next: assetsync report 20260301-080000-3f9a
`)
  })

  it('fit into 80 columns', () => {
    const lines = shown(aRunsReport(RUNS)).split('\n')
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80)
  })

  it('are told apart without colours and without Unicode', () => {
    const text = shown(aRunsReport(RUNS), { ...LOOK, unicode: false })
    expect(text.split('\n').map(line => line[0])).toEqual(expect.arrayContaining(['.', 'x', '*']))
  })

  it('may be none', () => {
    expect(shown(aRunsReport([], { notices: ['The ledger is not the one that was used last here.'] }))).toBe(`\
! notice  The ledger is not the one that was used last here.

No run is kept in /shop/.assetsync: nothing was pushed from here yet.
`)
  })

  it.each([
    ['some items were rejected', 1],
    ['a safety limit held something back', 8],
    ['a target refused the credentials', 4],
    ['ended by signal 9', 137],
    ['told to stop (SIGTERM)', 143],
  ])('say how a run ended: %s', (words, exitCode) => {
    expect(shown(aRunsReport([aListedRun({ exitCode, totals: { rejected: 1 } })]))).toContain(
      `exit ${exitCode}: ${words}`,
    )
  })

  it('say of several words which ones hold', () => {
    const text = shown(aRunsReport([aListedRun({ exitCode: 1, totals: { failed: 1, rejected: 2, unknown: 3 } })]))
    expect(text).toContain('exit 1: some items failed, were rejected or are unknown\n')
    expect(shown(aRunsReport([aListedRun({ exitCode: 1 })]))).toContain('exit 1: something needs attention\n')
  })

  it('have times in UTC, as ids and messages have, whatever the zone of the machine', () => {
    const text = [...runsTable(aRunsReport([aListedRun()]), LOOK)].join('')
    expect(text).toContain('✓ 20260301-080000-3f9a  push  2026-03-01 08:00 UTC  2 h ago     4.1 s\n')
  })

  it('have a dash in the place of a feed where they belong to none', () => {
    const run = aListedRun({ command: 'reconcile', source: 'reconcile' })
    expect(shown(aRunsReport([run]))).toContain('\n    —  created 812\n')
    expect(shown(aRunsReport([run]), { ...LOOK, unicode: false })).toContain('\n    -  created 812\n')
  })

  it('let nothing foreign drive the terminal', () => {
    const hostile = aListedRun({ source: '\u001b[2Jfeed\u202e.csv', id: 'a\nb' })
    const text = shown(aRunsReport([hostile]), { ...LOOK, width: 200 })
    expect(text).toContain('\\u{1b}[2J')
    expect(text.split('\n')).toHaveLength(3)
  })
})

describe('how long ago', () => {
  it.each([
    [0, 'just now'],
    [59, 'just now'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [3600, '1 h ago'],
    [47 * 3600, '47 h ago'],
    [48 * 3600, '2 days ago'],
    [-5, 'just now'],
  ])('%i seconds', (seconds, words) => {
    expect(ago(new Date(Date.parse(AT) - seconds * 1000).toISOString(), AT)).toBe(words)
  })
})
