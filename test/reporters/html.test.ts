import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { html } from '../../src/reporters/formats/html.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import {
  aCheck,
  aFeed,
  aLongReport,
  anOutcome,
  aPlan,
  aPlannedTarget,
  aProblem,
  aProduct,
  aReport,
  aStep,
  aTarget,
  LOOK,
  MIXED,
  REFUSED,
  someChanges,
} from './documents.ts'

function render(document: Document): string {
  return [...html.render(document, LOOK)].join('')
}

/** The page without its style and its script, which are the same in all. */
function contentOf(page: string): string {
  return page.replace(/<style>.*<\/style>/s, '').replace(/<script>.*<\/script>/s, '')
}

function rowsOf(page: string): string[] {
  const [, items = ''] = page.split('<table id="items">')
  return items.split('\n').filter(line => line.startsWith('<tr class='))
}

const feed = aFeed({
  warnings: [
    { reason: 'duplicate-image', count: 7, message: 'LAMP-1 names an image twice.', places: ['furniture.csv:2'] },
  ],
})

const URLS = ['https://img.example/lamp-1/front.jpg', 'javascript:alert(1)']
const changes = someChanges({
  added: [{ rank: 2, url: URLS[0] ?? '' }],
  removed: [{ rank: 3, url: 'https://img.example/old.jpg' }],
  moved: [{ url: 'https://img.example/side.jpg', from: 2, to: 1 }],
})

const documents: Record<string, Document> = {
  report: aReport(MIXED, { feed, notices: ['catalogix: stopped after 3 failures.'], next: ['assetsync retry run-7'] }),
  plan: aPlan([
    aStep({ action: 'update', changes }),
    aStep({ code: 'SOFA-3', action: 'reject', reason: 'url-invalid' }),
  ]),
  check: aCheck([aProblem(), aProblem({ code: null })], { feed, sample: [aProduct({ gallery: URLS })] }),
}

describe('html', () => {
  it.each(Object.entries(documents))('shows a %s', (_, document) => {
    expect(contentOf(render(document))).toMatchSnapshot()
  })

  it('shows where the feed is refused', () => {
    const refusal = { message: 'Nothing in this feed can be sent.', fix: 'See the reasons.' }
    expect(render(aCheck([], { refusal }))).toContain('<bdi>Nothing in this feed can be sent. See the reasons.</bdi>')
  })

  it('says that there was nothing to do', () => {
    expect(render(aReport([], { exitCode: 0 }))).toContain('There was nothing to do.')
  })

  it('asks for nothing: no address is loaded by the page itself', () => {
    expect(render(documents.report ?? aReport())).not.toMatch(
      /<(?:link|img|iframe|base|object|embed)|\bsrc=|\bhref=|url\(|@import/,
    )
  })

  it('asks for pictures only when they are unfolded, and only for web addresses', () => {
    const pages = ['plan', 'check'].map(kind => render(documents[kind] ?? aReport()))
    const images = pages.flatMap(page => page.match(/<img [^>]*>/g) ?? [])
    expect(images).toHaveLength(4)
    expect(images.every(image => image.includes('loading="lazy"') && image.includes('src="https://'))).toBe(true)
    expect(pages.map(page => page.replace(/<details>.*?<\/details>/gs, '')).join('')).not.toContain('<img')
    expect(pages.join('')).not.toMatch(/(?:src|href)="(?!https:)/)
  })

  it('lets no script run but its own', () => {
    const page = render(documents.report ?? aReport())
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(policy).toBe(
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    expect(page.match(/<script/g)).toHaveLength(1)
  })

  it('filters by status and by target without script', () => {
    const targets = [aTarget(MIXED), aTarget(MIXED, { name: 'pim' })]
    const page = render(aReport([...MIXED, ...MIXED.map(outcome => ({ ...outcome, target: 'pim' }))], { targets }))
    for (const rows of ['created', 'updated', 'unchanged', 'failed', 'rejected', 'unknown', 't0', 't1']) {
      expect(page).toContain(`<input type="checkbox" id="f-${rows}" checked>`)
      expect(page).toContain(`body:has(#f-${rows}:not(:checked)) #items .${rows} { display: none }`)
    }
    expect(rowsOf(page).map(row => /class="([^"]*)"/.exec(row)?.[1])).toContain('failed t1')
  })

  it('lists trouble first, then changes, then the rest', () => {
    const words = rowsOf(render(aReport([...MIXED, ...MIXED]))).map(row => /class="(\w+)/.exec(row)?.[1])
    const [trouble, changed] = [
      ['failed', 'rejected', 'unknown'],
      ['created', 'updated'],
    ]
    expect(words).toEqual([
      ...(trouble ?? []),
      ...(trouble ?? []),
      ...(changed ?? []),
      ...(changed ?? []),
      'unchanged',
      'unchanged',
    ])
  })

  it('lists 5,000 of very many items, and says where all of them are', () => {
    const page = render(aLongReport(6000, at => anOutcome(at === 5999 ? REFUSED : {})))
    expect(rowsOf(page)).toHaveLength(5000)
    expect(rowsOf(page)[0]).toContain('class="failed')
    expect(page).toContain('All of them: <code>assetsync report run-7 --report items.csv</code>')
  })

  it('lists twice as many items with trouble', () => {
    expect(rowsOf(render(aLongReport(11_000, () => anOutcome(REFUSED))))).toHaveLength(10_000)
  })

  it('has a bar, numbers and heads for every target', () => {
    const steps = [aStep(), aStep({ action: 'unchanged' })]
    const page = render(
      aPlan(steps, { targets: [aPlannedTarget(steps), aPlannedTarget([], { name: 'pim', type: 'akeneo' })] }),
    )
    expect(page.split('<table id="totals">')[1]?.split('</table>')[0]).toMatchSnapshot()
  })

  it('streams: pieces come before the last outcome is read', () => {
    const report = aLongReport(2000, () => anOutcome({ ...REFUSED, message: 'x'.repeat(500) }))
    const pieces = [...html.render(report, LOOK)]
    expect(Math.max(...pieces.map(piece => piece.length))).toBeLessThan(12_000)
  })
})
