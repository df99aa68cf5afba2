import { describe, expect, it } from 'vitest'
import type { Explanation } from '../../src/model/history.ts'
import { explainTable } from '../../src/reporters/formats/table/explain.ts'
import { anOutcome, LOOK } from './documents.ts'
import { AT, anExplainedItem, anExplanation, anItemInRun, aSending, withoutTimes } from './history-documents.ts'

const shown = (explanation: Explanation, look = LOOK) => withoutTimes([...explainTable(explanation, look)].join(''))

const failed = anOutcome({
  ...{ status: 'failed', http: 422, reason: 'target-rejected', attempts: 2 },
  message: 'The attribute "Image URL 11" does not exist.',
})

describe('an explained product in a table', () => {
  it('is followed from its record to the answer', () => {
    expect(shown(anExplanation([anExplainedItem()]))).toBe(`\
LAMP-1
furniture.csv:2 in run 20260301-080000-3f9a: 2 images
  1  https://cdn.example.com/LAMP-1/1.jpg
  2  https://cdn.example.com/LAMP-1/2.jpg

shop  catalogix at https://api.example.com
  + created  by push 20260301-080000-3f9a, DATE TIME, 2 h ago
    batch 1 of 3 items  HTTP 200  request 8c8b
      1.  CLOCK  HTTP 200  request 8c8b
    payload, exactly as it was sent
      {
        "parent_code": "LAMP-1"
      }
    By the ledger, the target holds 2 images.
`)
  })

  it('has every attempt of what failed, what was before, and what comes next', () => {
    const throttled = { n: 1, at: '2026-03-01T08:00:01.000Z', http: 429, requestId: null, reason: 'throttled' }
    const refused = { ...throttled, n: 2, http: 422, requestId: '8c8b', reason: null, message: null }
    const unchanged = { action: 'unchanged', outcome: anOutcome({ status: 'unchanged' }) } as const
    const item = anExplainedItem({
      history: [
        anItemInRun({ outcome: failed, action: 'update' }),
        anItemInRun({ ...unchanged, run: '20260228-080000-bbbb' }),
        anItemInRun({ ...unchanged, run: '20260201-080000-cccc', startedAt: '2026-02-01T08:00:00.000Z' }),
        anItemInRun({ run: '20260101-080000-aaaa' }),
      ],
      sending: aSending({
        ...{ outcome: failed, requests: 2, attempts: [{ ...throttled, message: 'Slow down.' }, refused] },
        isExact: false,
      }),
      held: { gallery: ['https://a.example/1.jpg'], tail: [{ rank: 2, url: 'x' }], remoteId: 'A7', fingerprint: null },
      next: {
        action: 'update',
        changes: { added: [], removed: [], moved: [{ url: 'https://a.example/1.jpg', from: 2, to: 1 }], other: true },
        ...{ payload: { parent_code: 'LAMP-1' }, reason: null, message: null, source: 'furniture.csv:2' },
      },
    })
    expect(shown(anExplanation([item], { next: 'assetsync retry 20260301-080000-3f9a --only LAMP-1' }))).toContain(`\
  ✗ failed  by push 20260301-080000-3f9a, DATE TIME, 2 h ago
    target-rejected: The attribute "Image URL 11" does not exist.
    batch 1 of 3 items  HTTP 422  request 8c8b
      1.  CLOCK  HTTP 429  throttled: Slow down.
      2.  CLOCK  HTTP 422  request 8c8b
    payload, by the config of now; what was sent was another one
      {
        "parent_code": "LAMP-1"
      }
    before  = unchanged  2 ×, DATE TIME to DATE TIME
            + created  by push 20260101-080000-aaaa, DATE TIME
    In doubt: by the ledger, the target held 1 image under the id A7 before a
    request that had no trustworthy answer. Rank 2 of a longer gallery stayed
    behind.
    the next push  ~ update
`)
    expect(shown(anExplanation([item], { next: 'assetsync retry x' }))).toContain('\n\nNext: assetsync retry x\n')
  })

  it('has one line for each of many items that are as they should be, and all of the one that is not', () => {
    const fine = anExplainedItem({
      ...{ key: 'LAMP-1#1', held: { gallery: ['u'], tail: [], remoteId: '17', fingerprint: 'f' } },
    })
    const bad = anExplainedItem({ key: 'LAMP-1#2', history: [anItemInRun({ outcome: failed })], held: null })
    const text = shown(anExplanation([fine, bad]), { ...LOOK, width: 100 })
    expect(text).toContain(`\
  + created  LAMP-1#1  by push 20260301-080000-3f9a, DATE TIME, 2 h ago, id 17
  ✗ failed  LAMP-1#2  by push`)
    expect(text).toContain('(--verbose tells all of each item)')
    expect(text.match(/payload/g)).toHaveLength(1)
    const all = shown(anExplanation([fine, bad]), { ...LOOK, verbose: true })
    expect(all.match(/payload/g)).toHaveLength(2)
  })

  it('says that later pushes left an item out', () => {
    const old = anItemInRun({ startedAt: '2026-02-28T08:00:00.000Z' })
    const text = shown(anExplanation([anExplainedItem({ key: 'a' }), anExplainedItem({ key: 'b', history: [old] })]), {
      ...LOOK,
      width: 100,
    })
    expect(text).toContain('  + created  b  by push 20260301-080000-3f9a, DATE TIME, 26 h ago, not planned since\n')
  })

  it('says why a payload cannot be shown', () => {
    const [target] = anExplanation([anExplainedItem({ sending: aSending({ payload: null, isExact: false }) })]).targets
    const targets =
      target === undefined ? [] : [{ ...target, noPayload: 'The target "shop" is not configured any more.' }]
    expect(shown(anExplanation([], { targets }))).toContain('    The target "shop" is not configured any more.\n')
  })

  it('says that an item was to be sent, and was not', () => {
    const skipped = anOutcome({ status: 'skipped', attempts: 0, http: null, requestId: null, reason: 'interrupted' })
    const sending = aSending({ outcome: skipped, requests: 0, attempts: [] })
    const text = shown(anExplanation([anExplainedItem({ history: [anItemInRun({ outcome: skipped })], sending })]))
    expect(text).toContain('    batch 1 of 3 items: no request for it is noted\n')
    expect(text).toContain('    payload, as it would have been sent\n')
  })

  it('says that a target took nothing of what was turned away at its door', () => {
    const skipped = anOutcome({ status: 'skipped', attempts: 1, http: 401, reason: 'credentials-refused' })
    const told = (isExact: boolean) => {
      const sending = aSending({ outcome: skipped, isExact })
      return shown(anExplanation([anExplainedItem({ history: [anItemInRun({ outcome: skipped })], sending })]))
    }
    expect(told(true)).toContain('    payload, as it was to be sent; the target took nothing of it\n')
    expect(told(false)).toContain('    payload, by the config of now; the target took nothing of what was to be sent\n')
    const later = anItemInRun({
      run: '20260302-080000-cccc',
      action: 'reject',
      outcome: anOutcome({ status: 'rejected' }),
    })
    const item = anExplainedItem({
      history: [later, anItemInRun({ outcome: skipped })],
      sending: aSending({ outcome: skipped }),
    })
    expect(shown(anExplanation([item]))).toMatch(/^ {4}last planned {2}○ skipped {2}by push/m)
  })

  it('cuts addresses in their middle where they are longer than the line, unless everything is asked for', () => {
    const url = `https://cdn.example.com/${'lamps/'.repeat(20)}LAMP-1.jpg`
    const origin = { run: null, records: ['furniture.csv:2'], gallery: Array(10).fill(url) }
    const lines = (look = LOOK) => shown(anExplanation([], { origin }), look).split('\n').slice(2, 12)
    expect(lines().map(line => line.length)).toEqual(Array(10).fill(80))
    expect(lines()[9]).toMatch(/^ {2}10 {2}https:\/\/cdn\.example\.com\/lamps\/.*…\S*LAMP-1\.jpg$/)
    expect(lines({ ...LOOK, verbose: true })[0]).toBe(`   1  ${url}`)
    expect(lines({ ...LOOK, width: Number.POSITIVE_INFINITY })[0]).toBe(`   1  ${url}`)
  })

  it('counts the requests of a batch that tell nothing of the item', () => {
    const text = shown(anExplanation([anExplainedItem({ sending: aSending({ requests: 24 }) })]))
    expect(text).toContain('      and 23 more requests of its batch\n')
  })

  it('lists a few of the requests of a large batch, its own one among them', () => {
    const [attempt] = aSending().attempts
    const attempts = Array.from({ length: 20 }, (_, at) => ({ ...attempt, n: at + 1, requestId: `id-${at + 1}` }))
    const sending = aSending({
      ...{
        requests: 20,
        attempts: attempts.map(each => ({ ...each, at: AT, http: 200, reason: null, message: null })),
      },
      outcome: anOutcome({ requestId: 'id-17' }),
    })
    const requests = (look = LOOK) =>
      shown(anExplanation([anExplainedItem({ sending })]), look).match(/^ {6}\d+\. .*$/gm)
    expect(requests()?.map(line => line.trim().split('.')[0])).toEqual(['1', '2', '3', '4', '17'])
    expect(requests({ ...LOOK, verbose: true })).toHaveLength(20)
    expect(shown(anExplanation([anExplainedItem({ sending })]))).toContain('      and 15 more requests of its batch\n')
  })

  it('names codes that look like one that nothing knows', () => {
    const facts = { origin: null, near: ['LAMP-1'], targets: [], code: 'lamp-1', exitCode: 1 }
    expect(shown(anExplanation([], facts))).toBe(`\
✗ not found  No kept run, no ledger and no feed knows "lamp-1".
    Did you mean "LAMP-1"?
    Codes are compared letter by letter, capitals and leading zeros included.
`)
  })

  it('lets nothing foreign drive the terminal', () => {
    const evil = '\u001b[2J\u202e\n::error::x'
    const outcome = anOutcome({
      status: 'failed',
      reason: 'target-rejected',
      message: evil,
      requestId: evil,
      remoteId: evil,
    })
    const attempts = [{ n: 1, at: '2026-03-01T08:00:01.000Z', http: 200, requestId: evil, reason: evil, message: evil }]
    const item = anExplainedItem({
      ...{ key: evil, history: [anItemInRun({ outcome, run: evil, command: evil })] },
      sending: aSending({ outcome, attempts, payload: { [evil]: evil } }),
      held: { gallery: [evil], tail: [{ rank: 3, url: evil }], remoteId: evil, fingerprint: 'f' },
      unknown: { run: evil, attemptedAt: '2026-03-01T08:00:01.000Z', message: evil },
    })
    const origin = { run: evil, records: [evil], gallery: [evil] }
    const text = shown(anExplanation([item, item], { origin, code: evil, notices: [evil], next: evil }), {
      ...LOOK,
      verbose: true,
    })
    expect(['\u001b', '\u202e'].filter(each => text.includes(each))).toEqual([])
    expect(text).not.toMatch(/^\s*::/m)
  })
})
