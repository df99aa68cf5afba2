import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { noTotals, type Outcome } from '../../src/model/outcome.ts'
import type { Report } from '../../src/model/report.ts'
import type { Look } from '../../src/reporters/reporter.ts'
import { table } from '../../src/reporters/table.ts'
import { widthOf } from '../../src/reporters/width.ts'
import { aFeed, aLongReport, anOutcome, aReport, aTarget, LOOK, MIXED } from './documents.ts'

function render(report: Report, look: Partial<Look> = {}): string {
  return [...table.render(report, { ...LOOK, ...look })].join('')
}

function refused(at: number, facts: Partial<Outcome> = {}): Outcome {
  return anOutcome({
    code: `LAMP-${at}`,
    status: 'failed',
    reason: 'target-rejected',
    message: 'The attribute does not exist.',
    source: `furniture.csv:${at + 1}`,
    ...facts,
  })
}

function many<T>(length: number, one: (at: number) => T): T[] {
  return Array.from({ length }, (_, at) => one(at + 1))
}

describe('table of a run', () => {
  it('lists a few items, names what needs attention in full, and ends with the totals', () => {
    const feed = aFeed({
      withoutImages: 2,
      warnings: [
        {
          reason: 'duplicate-image',
          count: 3,
          message: 'LAMP-1 has https://img.example/a.jpg twice; its first place counts.',
          places: ['furniture.csv:2', 'furniture.csv:4'],
        },
      ],
    })
    const report = aReport(MIXED, { feed, notices: ['catalogix stopped: the token was refused.'] })
    expect(render(report)).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected  2 without images

      + created    LAMP-1     2 images
      ~ updated    LAMP-2     2 images   stale-tail: Catalogix keeps the images at ra…
      = unchanged  椅子-001   1 image
      ✗ failed     SOFA-3     3 images   target-rejected: invalid_attribute: The attr…
      ! rejected   (no code)             code-missing: The record has no product code…
      ? unknown    DESK-9     1 image    timeout: No answer within 30 s.  furniture.c…

      ✗ failed  SOFA-3  furniture.csv:5
          target-rejected: invalid_attribute: The attribute "Image URL 11" does not exist in this catalog. (HTTP 200, request 8c8b)
      ! rejected  (no code)  furniture.csv:6
          code-missing: The record has no product code.
      ? unknown  DESK-9  furniture.csv:7
          timeout: No answer within 30 s.

      ~ updated  LAMP-2  furniture.csv:3
          stale-tail: Catalogix keeps the images at ranks 3 and 4.

      ! warning  3 × duplicate-image: LAMP-1 has https://img.example/a.jpg twice; its first place counts.
          furniture.csv:2, furniture.csv:4, …

      ! notice  catalogix stopped: the token was refused.

      What to do
        failed    Do what the reason says, then push again: what is done is not sent twice.
        rejected  Correct the feed and push again.
        unknown   The target may hold these or not. Push again: they are looked for before anything is sent.

      catalogix  created 1  updated 1  unchanged 1  failed 1  rejected 1  unknown 1  3 requests  4.1 s
      "
    `)
  })

  it('says it in ASCII where the terminal has no Unicode', () => {
    expect(render(aReport(MIXED.slice(1, 5)), { unicode: false })).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      ~ updated    LAMP-2     2 images   stale-tail: Catalogix keeps the images at ...
      = unchanged  椅子-001   1 image
      x failed     SOFA-3     3 images   target-rejected: invalid_attribute: The at...
      ! rejected   (no code)             code-missing: The record has no product co...

      x failed  SOFA-3  furniture.csv:5
          target-rejected: invalid_attribute: The attribute "Image URL 11" does not exist in this catalog. (HTTP 200, request 8c8b)
      ! rejected  (no code)  furniture.csv:6
          code-missing: The record has no product code.

      ~ updated  LAMP-2  furniture.csv:3
          stale-tail: Catalogix keeps the images at ranks 3 and 4.

      What to do
        failed    Do what the reason says, then push again: what is done is not sent twice.
        rejected  Correct the feed and push again.

      catalogix  updated 1  unchanged 1  failed 1  rejected 1  3 requests  4.1 s
      "
    `)
  })

  it('colours words only when asked to, and changes nothing else', () => {
    const plain = render(aReport())
    const colored = render(aReport(), { color: true })
    expect(plain).not.toContain('\u001b')
    expect(colored).toContain('\u001b[31m✗ failed\u001b[39m')
    expect(stripVTControlCharacters(colored)).toBe(plain)
  })

  it('keeps lists within the terminal, wide characters and emoji included', () => {
    const outcomes = ['椅子'.repeat(30), '🛋️'.repeat(30), 'LAMP-'.repeat(30)].map(code =>
      anOutcome({ code, status: 'updated', reason: 'stale-tail', message: 'Ranks stay. '.repeat(10) }),
    )
    const list = render(aReport(outcomes)).split('\n').slice(2, 5)
    expect(list.map(line => widthOf(line) <= 80)).toEqual([true, true, true])
    expect(new Set(list.map(line => widthOf(line.slice(0, line.indexOf('2 images')))))).toEqual(new Set([41]))
  })

  it('lists up to 50 items, and all of them when verbose', () => {
    const listed = (length: number, verbose: boolean) =>
      render(aReport(many(length, at => anOutcome({ code: `LAMP-${at}` }))), { verbose }).match(/\+ created/g)
        ?.length ?? 0
    expect([listed(50, false), listed(51, false), listed(51, true)]).toEqual([50, 0, 51])
  })

  it('names each of up to 20 failed items', () => {
    const report = aReport([...many(20, refused), ...many(40, at => anOutcome({ code: `SOFA-${at}` }))])
    expect(many(20, at => render(report).includes(`✗ failed  LAMP-${at}  furniture.csv:${at + 1}\n`))).toEqual(
      many(20, () => true),
    )
  })

  it('groups many failed items by cause, the most frequent cause first', () => {
    const outcomes = [
      ...many(3, at => refused(at, { status: 'unknown', reason: 'timeout', message: 'No answer within 30 s.' })),
      ...many(812, at => refused(at)),
      ...many(6, at => refused(at, { status: 'rejected', reason: 'url-invalid', message: `"image ${at}" is no URL.` })),
    ]
    expect(render(aReport(outcomes))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      ✗ failed  812 × target-rejected: The attribute does not exist.
          LAMP-1  furniture.csv:2
          LAMP-2  furniture.csv:3
          LAMP-3  furniture.csv:4
          LAMP-4  furniture.csv:5
          LAMP-5  furniture.csv:6
          and 807 more (see --report file.json)
      ! rejected  6 × url-invalid: "..." is no URL.
          LAMP-1  furniture.csv:2  "image 1" is no URL.
          LAMP-2  furniture.csv:3  "image 2" is no URL.
          LAMP-3  furniture.csv:4  "image 3" is no URL.
          LAMP-4  furniture.csv:5  "image 4" is no URL.
          LAMP-5  furniture.csv:6  "image 5" is no URL.
          and 1 more (see --report file.json)
      ? unknown  3 × timeout: No answer within 30 s.
          LAMP-1  furniture.csv:2
          LAMP-2  furniture.csv:3
          LAMP-3  furniture.csv:4

      What to do
        failed    Do what the reason says, then push again: what is done is not sent twice.
        rejected  Correct the feed and push again.
        unknown   The target may hold these or not. Push again: they are looked for before anything is sent.

      catalogix  failed 812  rejected 6  unknown 3  3 requests  4.1 s
      "
    `)
  })

  it('shows the first twenty of very many causes, and all it knows when verbose', () => {
    const outcomes = many(2500, at => refused(at, { reason: at % 2 ? 'even' : 'odd', message: `Error ${at}.` }))
    const short = render(aReport(outcomes))
    expect(short.match(/^✗ failed {2}\d+ × /gm)).toHaveLength(20)
    expect(short).toContain('and 982 more causes of 982 items (see --report file.json)\n')
    expect(render(aReport(outcomes), { verbose: true }).match(/^✗ failed {2}\d+ × /gm)).toHaveLength(1002)
  })

  it('says which target where there are several', () => {
    const outcomes = [refused(1), refused(2, { target: 'pim' })]
    const targets = [aTarget(outcomes.slice(0, 1)), aTarget(outcomes.slice(1), { name: 'pim', type: 'akeneo' })]
    expect(render(aReport(outcomes, { targets }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      catalogix
      ✗ failed     LAMP-1  2 images   target-rejected: The attribute does not exist. …
      pim
      ✗ failed     LAMP-2  2 images   target-rejected: The attribute does not exist. …

      ✗ failed  LAMP-1  furniture.csv:2  at catalogix
          target-rejected: The attribute does not exist. (HTTP 200, request 8c8b)
      ✗ failed  LAMP-2  furniture.csv:3  at pim
          target-rejected: The attribute does not exist. (HTTP 200, request 8c8b)

      What to do
        failed    Do what the reason says, then push again: what is done is not sent twice.

      catalogix  failed 1  3 requests  4.1 s
      pim        failed 1  3 requests  4.1 s
      "
    `)
  })

  it('advises to correct the feed only, when everything else is done', () => {
    const text = render(aReport(MIXED.filter(({ status }) => status === 'created' || status === 'rejected')))
    expect(text).toContain('\n  rejected  Correct the feed and push again; the other products are done.\n')
  })

  it('leaves out the feed of a run that read none', () => {
    expect(render(aReport([], { feed: aFeed({ files: [] }), targets: [] }))).toBe('')
  })

  it('names many files by their number', () => {
    const files = ['a.csv', 'b.csv', 'c.csv', 'd.csv']
    expect(render(aReport([], { feed: aFeed({ files, rejected: 0 }) }))).toMatch(/^4 files {2}7 records {2}6 products/)
  })

  it('streams a long list', () => {
    const report = aLongReport(100_000, at => anOutcome({ code: `LAMP-${at}` }))
    const readAtLine: number[] = []
    for (const line of table.render(report, { ...LOOK, verbose: true })) {
      if (line.includes('LAMP-')) readAtLine.push(report.made())
    }
    expect(readAtLine).toEqual(Array.from({ length: 100_000 }, (_, at) => 100_001 + at))
  })
})

describe('last lines', () => {
  const totals = { ...noTotals(), created: 812, updated: 140, unchanged: 9012, failed: 3 }

  it('count what became of the items of each target, in the order of the statuses', () => {
    const target = aTarget([], { totals, items: 9967, requests: 12 })
    const last = render(aReport([], { targets: [target] }), { verbose: true })
      .trimEnd()
      .split('\n')
      .at(-1)
    expect(last).toBe('catalogix  created 812  updated 140  unchanged 9012  failed 3  12 requests  4.1 s')
  })

  it('line up, and say when there was nothing to do', () => {
    const targets = [
      aTarget([], { totals, items: 9967, requests: 1, durationMs: 850 }),
      aTarget([], { name: '店', requests: 0 }),
      aTarget([], { name: 'pim', requests: 0, items: 2, totals: { ...noTotals(), unchanged: 2 }, durationMs: 3 }),
    ]
    expect(render(aReport([], { feed: aFeed({ files: [] }), targets }), { verbose: true })).toMatchInlineSnapshot(`
      "What to do
        failed    Do what the reason says, then push again: what is done is not sent twice.

      catalogix  created 812  updated 140  unchanged 9012  failed 3  1 request  850 ms
      店         nothing to do
      pim        unchanged 2  0 requests  3 ms
      "
    `)
  })
})
