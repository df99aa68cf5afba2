import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createGuard, deleteGuard, shrinkGuard } from '../../src/engine/guards.ts'
import { noTotals, type Outcome } from '../../src/model/outcome.ts'
import type { Report } from '../../src/model/report.ts'
import { table } from '../../src/reporters/formats/table.ts'
import type { Look } from '../../src/reporters/reporter.ts'
import { widthOf } from '../../src/reporters/text/width.ts'
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
      ~ updated    LAMP-2     2 images
      = unchanged  椅子-001   1 image
      ✗ failed     SOFA-3     3 images
      ! rejected   (no code)
      ? unknown    DESK-9     1 image

      ✗ failed  target-rejected: invalid_attribute: The attribute "Image URL 11" does
          not exist in this catalog.
          SOFA-3  furniture.csv:5  HTTP 200, request 8c8b
          → Correct what the target's own words name, in the feed or at the target.
      ! rejected  code-missing: The record has no product code.
          (no code)  furniture.csv:6
          → Give the record a product code, or name its column with --code-column.
      ? unknown  timeout: No answer within 30 s.
          DESK-9  furniture.csv:7
          → It may still arrive within 15 minutes; then "assetsync reconcile", or the
            next push, settles it.

      ~ updated  stale-tail: Catalogix keeps the images at ranks 3 and 4.
          LAMP-2  furniture.csv:3
          → Nothing to do, or remove the ranks with push --prune.

      ! warning  3 × duplicate-image: LAMP-1 has https://img.example/a.jpg twice; its
          first place counts.
          furniture.csv:2, furniture.csv:4, …

      ! notice  catalogix stopped: the token was refused.

      catalogix  created 1  updated 1  unchanged 1  failed 1  rejected 1  unknown 1  3 requests  4.1 s
      "
    `)
  })

  it('says it in ASCII where the terminal has no Unicode', () => {
    expect(render(aReport(MIXED.slice(1, 5)), { unicode: false })).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      ~ updated    LAMP-2     2 images
      = unchanged  椅子-001   1 image
      x failed     SOFA-3     3 images
      ! rejected   (no code)

      x failed  target-rejected: invalid_attribute: The attribute "Image URL 11" does
          not exist in this catalog.
          SOFA-3  furniture.csv:5  HTTP 200, request 8c8b
          -> Correct what the target's own words name, in the feed or at the target.
      ! rejected  code-missing: The record has no product code.
          (no code)  furniture.csv:6
          -> Give the record a product code, or name its column with --code-column.

      ~ updated  stale-tail: Catalogix keeps the images at ranks 3 and 4.
          LAMP-2  furniture.csv:3
          -> Nothing to do, or remove the ranks with push --prune.

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
    expect(new Set(list.map(line => widthOf(line.slice(0, line.indexOf('2 images')))))).toEqual(new Set([71]))
  })

  it('lists up to 50 items, and all of them when verbose', () => {
    const listed = (length: number, verbose: boolean) =>
      render(aReport(many(length, at => anOutcome({ code: `LAMP-${at}` }))), { verbose }).match(/\+ created/g)
        ?.length ?? 0
    expect([listed(50, false), listed(51, false), listed(51, true)]).toEqual([50, 0, 51])
  })

  it('names each of up to 20 failed items, under their causes', () => {
    const report = aReport([...many(20, refused), ...many(40, at => anOutcome({ code: `SOFA-${at}` }))])
    const text = render(report)
    expect(many(20, at => text.includes(`\n    LAMP-${at}  furniture.csv:${at + 1}  HTTP 200`))).toEqual(
      many(20, () => true),
    )
    expect(text).toContain('✗ failed  20 × target-rejected: The attribute does not exist.\n')
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
          LAMP-1  furniture.csv:2  HTTP 200, request 8c8b
          LAMP-2  furniture.csv:3  HTTP 200, request 8c8b
          LAMP-3  furniture.csv:4  HTTP 200, request 8c8b
          LAMP-4  furniture.csv:5  HTTP 200, request 8c8b
          LAMP-5  furniture.csv:6  HTTP 200, request 8c8b
          and 807 more
          → Correct what the target's own words name, in the feed or at the target.
      ! rejected  6 × url-invalid: "…" is no URL.
          LAMP-1  furniture.csv:2  HTTP 200, request 8c8b  "image 1"
          LAMP-2  furniture.csv:3  HTTP 200, request 8c8b  "image 2"
          LAMP-3  furniture.csv:4  HTTP 200, request 8c8b  "image 3"
          LAMP-4  furniture.csv:5  HTTP 200, request 8c8b  "image 4"
          LAMP-5  furniture.csv:6  HTTP 200, request 8c8b  "image 5"
          and 1 more
          → Correct the address of the image, or name the base of relative paths with
            --image-base-url.
      ? unknown  3 × timeout: No answer within 30 s.
          LAMP-1  furniture.csv:2  HTTP 200, request 8c8b
          LAMP-2  furniture.csv:3  HTTP 200, request 8c8b
          LAMP-3  furniture.csv:4  HTTP 200, request 8c8b
          → It may still arrive within 15 minutes; then "assetsync reconcile", or the
            next push, settles it.

      catalogix  failed 812  rejected 6  unknown 3  3 requests  4.1 s
      "
    `)
  })

  it('shows the first twenty of very many causes, and all it knows when verbose', () => {
    const outcomes = many(2500, at => refused(at, { reason: at % 2 ? 'even' : 'odd', message: `Error ${at}.` }))
    const short = render(aReport(outcomes))
    expect(short.match(/^✗ failed {2}\S/gm)).toHaveLength(20)
    expect(short).toContain('and 982 more causes of 982 items\n')
    expect(render(aReport(outcomes), { verbose: true }).match(/^✗ failed {2}\S/gm)).toHaveLength(1002)
  })

  it('says which target where there are several', () => {
    const outcomes = [refused(1), refused(2, { target: 'pim' })]
    const targets = [aTarget(outcomes.slice(0, 1)), aTarget(outcomes.slice(1), { name: 'pim', type: 'akeneo' })]
    expect(render(aReport(outcomes, { targets }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      catalogix
      ✗ failed     LAMP-1  2 images
      pim
      ✗ failed     LAMP-2  2 images

      ✗ failed  2 × target-rejected at catalogix, pim: The attribute does not exist.
          LAMP-1  furniture.csv:2  at catalogix  HTTP 200, request 8c8b
          LAMP-2  furniture.csv:3  at pim  HTTP 200, request 8c8b
          → Correct what the target's own words name, in the feed or at the target.

      catalogix  failed 1  3 requests  4.1 s
      pim        failed 1  3 requests  4.1 s
      "
    `)
  })

  it('names the host where the cause lies with it, however many addresses there are', () => {
    const unusable = (host: string, at: number) =>
      refused(at, {
        reason: 'image-refused',
        message: `The image https://${host}/${at}/front.jpg cannot be used: the server answers 403.`,
        http: null,
        requestId: null,
      })
    const outcomes = [
      ...many(812, at => unusable('img.vendor.com', at)),
      ...many(3, at => unusable('cdn.example.com', at)),
      ...many(140, at => refused(at)),
    ]
    const next = ['assetsync retry run-7']
    expect(render(aReport(outcomes, { next, full: ['run.json', 'run.html'] }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      ✗ failed  812 × image-refused from img.vendor.com: The image … cannot be used:
          the server answers 403.
          LAMP-1  furniture.csv:2  https://img.vendor.com/1/front.jpg
          LAMP-2  furniture.csv:3  https://img.vendor.com/2/front.jpg
          LAMP-3  furniture.csv:4  https://img.vendor.com/3/front.jpg
          LAMP-4  furniture.csv:5  https://img.vendor.com/4/front.jpg
          LAMP-5  furniture.csv:6  https://img.vendor.com/5/front.jpg
          and 807 more
          → Open one of the addresses in a browser: the host of the images refuses to
            hand them out.
      ✗ failed  140 × target-rejected: The attribute does not exist.
          LAMP-1  furniture.csv:2  HTTP 200, request 8c8b
          LAMP-2  furniture.csv:3  HTTP 200, request 8c8b
          LAMP-3  furniture.csv:4  HTTP 200, request 8c8b
          LAMP-4  furniture.csv:5  HTTP 200, request 8c8b
          LAMP-5  furniture.csv:6  HTTP 200, request 8c8b
          and 135 more
          → Correct what the target's own words name, in the feed or at the target.
      ✗ failed  3 × image-refused from cdn.example.com: The image … cannot be used:
          the server answers 403.
          LAMP-1  furniture.csv:2  https://cdn.example.com/1/front.jpg
          LAMP-2  furniture.csv:3  https://cdn.example.com/2/front.jpg
          LAMP-3  furniture.csv:4  https://cdn.example.com/3/front.jpg
          → Open one of the addresses in a browser: the host of the images refuses to
            hand them out.

      Next: assetsync retry run-7
      Full report: run.json, run.html

      catalogix  failed 955  3 requests  4.1 s
      "
    `)
  })

  it('says of a run that was throttled to the end when to go on', () => {
    const message = 'Too many requests. (throttled for longer than --max-wait 5 min 0 s)'
    const throttled = (at: number) => refused(at, { status: 'skipped', reason: 'throttled', message, http: 429 })
    const notices = [`catalogix: ${message} Push again later; what is done is not sent twice.`]
    const full = ['assetsync report run-7']
    expect(
      render(aReport(many(9000, throttled), { notices, next: ['assetsync retry run-7'], full })),
    ).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      ○ skipped  9000 × throttled: Too many requests. (throttled for longer than
          --max-wait 5 min 0 s)
          LAMP-1  furniture.csv:2  HTTP 429, request 8c8b
          LAMP-2  furniture.csv:3  HTTP 429, request 8c8b
          LAMP-3  furniture.csv:4  HTTP 429, request 8c8b
          LAMP-4  furniture.csv:5  HTTP 429, request 8c8b
          LAMP-5  furniture.csv:6  HTTP 429, request 8c8b
          and 8995 more
          → Try later, or more slowly with --rate, or wait longer with --max-wait.

      ! notice  catalogix: Push again later; what is done is not sent twice.

      Next: assetsync retry run-7
      Full report: assetsync report run-7

      catalogix  skipped 9000  3 requests  4.1 s
      "
    `)
  })

  it('says once what is to be done where a guard says it itself', () => {
    const held = (reason: string, message: string | null | undefined) =>
      render(aReport([anOutcome({ status: 'skipped', reason, message: message ?? null })], { exitCode: 8 }))
    const limit = { amount: 1, percent: false }
    const [creates, deletes, shrunk] = [
      held('max-create', createGuard(5, 1)?.message),
      held('max-delete', deleteGuard(5, 20, limit)),
      held('feed-shrunk', shrinkGuard({ products: 1, openEnd: null }, { products: 9, openEnd: null })?.message),
    ]
    const said = [creates, deletes, shrunk].map(text => text.replace(/\s+/g, ' ').match(/push again with/g)?.length)
    expect(said).toEqual([1, 1, 1])
  })

  it('says of a run that was interrupted what is left', () => {
    const outcomes = [
      ...many(60, at => anOutcome({ code: `SOFA-${at}` })),
      ...many(40, at => refused(at, { status: 'skipped', reason: 'interrupted', message: 'The run was interrupted.' })),
      refused(50, { status: 'unknown', reason: 'no-answer', message: 'It may still be on its way.', http: null }),
    ]
    const notices = ['catalogix: The run was interrupted.']
    const next = ['assetsync reconcile', 'assetsync retry run-7']
    expect(render(aReport(outcomes, { notices, next }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images  1 rejected

      ○ skipped  40 × interrupted: The run was interrupted.
          LAMP-1  furniture.csv:2  HTTP 200, request 8c8b
          LAMP-2  furniture.csv:3  HTTP 200, request 8c8b
          LAMP-3  furniture.csv:4  HTTP 200, request 8c8b
          LAMP-4  furniture.csv:5  HTTP 200, request 8c8b
          LAMP-5  furniture.csv:6  HTTP 200, request 8c8b
          and 35 more
          → Go on when you like: what is done is not sent twice.
      ? unknown  no-answer: It may still be on its way.
          LAMP-50  furniture.csv:51  request 8c8b
          → It may still arrive within 15 minutes; then "assetsync reconcile", or the
            next push, settles it.

      Next: assetsync reconcile
      Next: assetsync retry run-7

      catalogix  created 60  skipped 40  unknown 1  3 requests  4.1 s
      "
    `)
  })

  it('is short when all is well', () => {
    const outcomes = [
      ...many(40, at => anOutcome({ code: `LAMP-${at}` })),
      ...many(9000, at => anOutcome({ code: `SOFA-${at}`, status: 'unchanged' })),
    ]
    expect(render(aReport(outcomes, { feed: aFeed({ rejected: 0 }) }))).toMatchInlineSnapshot(`
      "furniture.csv  7 records  6 products  13 images

      catalogix  created 40  unchanged 9000  3 requests  4.1 s
      "
    `)
  })

  it('tells images of one product apart, by the end of their addresses', () => {
    const outcomes = many(2, at => {
      const url = `https://cdn.example.com/packshots/2026/spring/collection/of/lamps/LAMP-1_${at}.jpg`
      return anOutcome({ key: `LAMP-1 ${url}`, status: 'updated', images: 1 })
    })
    expect(render(aReport(outcomes)).split('\n').slice(2, 4)).toEqual([
      '~ updated    LAMP-1 https://cdn.example.…ection/of/lamps/LAMP-1_1.jpg  1 image',
      '~ updated    LAMP-1 https://cdn.example.…ection/of/lamps/LAMP-1_2.jpg  1 image',
    ])
  })

  it('says once, with the names of the targets, what holds for several of them', () => {
    const outcomes = ['catalogix', 'pim'].map(target => anOutcome({ target }))
    const targets = outcomes.map(({ target }) => aTarget([], { name: target }))
    const words = 'Another account was used last: what it holds is not known.'
    const notices = [`catalogix: ${words}`, `pim: ${words}`, 'nobody: The ledger is new.']
    expect(render(aReport(outcomes, { targets, notices }))).toContain(
      '\n! notice  catalogix, pim: Another account was used last: what it holds is not\n    known.\n! notice  nobody: The ledger is new.\n',
    )
  })

  it('says only what somebody has to do something about when quiet', () => {
    expect(render(aReport(MIXED), { quiet: true })).toMatchInlineSnapshot(`
      "✗ failed  target-rejected: invalid_attribute: The attribute "Image URL 11" does
          not exist in this catalog.
          SOFA-3  furniture.csv:5  HTTP 200, request 8c8b
          → Correct what the target's own words name, in the feed or at the target.
      ! rejected  code-missing: The record has no product code.
          (no code)  furniture.csv:6
          → Give the record a product code, or name its column with --code-column.
      ? unknown  timeout: No answer within 30 s.
          DESK-9  furniture.csv:7
          → It may still arrive within 15 minutes; then "assetsync reconcile", or the
            next push, settles it.

      catalogix  created 1  updated 1  unchanged 1  failed 1  rejected 1  unknown 1  3 requests  4.1 s
      "
    `)
  })

  it('names a record that is rejected at every target once', () => {
    const outcomes = ['catalogix', 'pim', 'shop', 'studio'].map(target =>
      refused(1, {
        target,
        status: 'rejected',
        reason: 'code-missing',
        message: 'No code.',
        http: null,
        requestId: null,
      }),
    )
    const targets = outcomes.map(({ target }) => aTarget([], { name: target }))
    expect(render(aReport(outcomes, { targets }), { quiet: true })).toContain(
      `! rejected  4 × code-missing at 4 targets: No code.
    LAMP-1  furniture.csv:2
    → Give the record a product code, or name its column with --code-column.
`,
    )
  })

  it('never breaks a command, so that it can be copied', () => {
    const command = `assetsync check ${'feeds/furniture-of-spring.csv '.repeat(4)}--rejects rejects.csv`
    expect(render(aReport(MIXED, { next: [command] }))).toContain(`\nNext: ${command}\n`)
  })

  it('keeps codes that are written from right to left from turning round what stands beside them', () => {
    const outcomes = [anOutcome({ code: 'كرسي-12' }), refused(1, { code: 'كرسي-13' })]
    const text = render(aReport(outcomes))
    expect(text).toContain('+ created    \u2068كرسي-12\u2069  2 images')
    expect(text).toContain('\n    \u2068كرسي-13\u2069  furniture.csv:2')
    expect(render(aReport(outcomes), { width: Number.POSITIVE_INFINITY })).not.toMatch(/[\u2068\u2069]/)
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
      "catalogix  created 812  updated 140  unchanged 9012  failed 3  1 request  850 ms
      店         nothing to do
      pim        unchanged 2  0 requests  3 ms
      "
    `)
  })
})
