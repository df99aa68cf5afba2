import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code, tableRow } from '../../src/reporters/formats/markdown/code.ts'
import { markdown } from '../../src/reporters/formats/markdown.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import {
  aCheck,
  aFeed,
  aLongReport,
  anOutcome,
  aPlan,
  aProblem,
  aReport,
  aStep,
  aTarget,
  LOOK,
  MIXED,
  someChanges,
} from './documents.ts'

function render(document: Document): string {
  return [...markdown.render(document, LOOK)].join('')
}

function refusedAt(url: string) {
  return anOutcome({ status: 'rejected', reason: 'url-invalid', message: `"${url}" is refused.` })
}

describe('markdown', () => {
  it('shows totals, trouble by cause, what to do and what changed', () => {
    const feed = aFeed({
      warnings: [
        { reason: 'duplicate-image', count: 7, message: 'LAMP-1 names an image twice.', places: ['furniture.csv:2'] },
      ],
    })
    expect(
      render(
        aReport(MIXED, { feed, notices: ['catalogix: stopped after 3 failures.'], next: ['assetsync retry run-7'] }),
      ),
    ).toMatchSnapshot()
  })

  it('says at which target, where there are several', () => {
    const outcomes = MIXED.map(outcome => ({ ...outcome, target: 'pim', key: outcome.key && `${outcome.key}_1` }))
    const targets = [aTarget(MIXED), aTarget(outcomes, { name: 'pim', type: 'akeneo' })]
    expect(render(aReport([...MIXED, ...outcomes], { targets }))).toMatchSnapshot()
  })

  it('shows what a plan would change', () => {
    const changes = someChanges({ added: [{ rank: 1, url: 'https://img.example/1.jpg' }], other: true })
    const steps = [
      aStep({ changes }),
      aStep({ code: 'SOFA-3', action: 'unchanged' }),
      aStep({ code: 'DESK-9', action: 'reject', reason: 'url-invalid', message: '"x.jpg" is not a complete URL.' }),
    ]
    expect(render(aPlan(steps))).toMatchSnapshot()
  })

  it('shows what a check found', () => {
    expect(
      render(aCheck([aProblem(), aProblem({ code: 'LAMP-2', message: '"side.jpg" is not a complete URL.' })])),
    ).toMatchSnapshot()
  })

  it('shows commands exactly and whole, and pipes in tables as what they are', () => {
    const command = `assetsync check feed.csv --separator "|" ${'--only LAMP-1 '.repeat(40)}--rejects rejects.csv`
    const outcome = refusedAt('https://img.example/a.jpg|https://img.example/b.jpg')
    const text = render(aReport([outcome, anOutcome({ code: 'LAMP|1' })], { next: [command] }))
    expect(text).toContain(`\n- \`${command}\`\n`)
    expect(text).toContain('`"https://img.example/a.jpg|https://img.example/b.jpg" is refused.`')
    expect(text).toContain('| `LAMP\\|1` |')
    expect(text).not.toContain('u{7c}')
  })

  it('is short when all is well', () => {
    expect(render(aReport([anOutcome({ status: 'unchanged' })], { exitCode: 0 }))).toMatchSnapshot()
  })

  it('stays below the 65,536 characters of a comment at GitHub, and counts what does not fit', () => {
    const long = '椅子|`@all '.repeat(60)
    const many = Array.from({ length: 600 }, (_, at) =>
      anOutcome({
        target: `${at % 50} ${long}`,
        code: `${at} ${long}`,
        status: at % 2 ? 'failed' : 'updated',
        reason: `r${at} ${long}`,
        message: `${at}${long}`,
        source: long,
      }),
    )
    const report = aReport(many, {
      feed: aFeed({
        files: [long],
        warnings: many.map(({ reason }) => ({ reason: reason ?? '', count: 1, message: long, places: [long, long] })),
      }),
      targets: Array.from({ length: 50 }, (_, at) => aTarget(many.slice(0, 60), { name: `${at} ${long}` })),
      notices: many.map(({ code }) => code ?? ''),
    })
    const text = render(report)
    expect(Buffer.byteLength(text)).toBeLessThan(65_536)
    expect(text.match(/and [\d,]+ more (?:target|cause|notice|kind)s/g)?.length).toBe(5)
  })

  it('holds no more than it shows of a long report', () => {
    const report = aLongReport(20_000, at => anOutcome({ code: `LAMP-${at}` }))
    expect(render(report).length).toBeLessThan(10_000)
    expect(report.made()).toBeLessThan(20_200)
  })

  it('is read as code whatever a foreign text holds', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '|', '\\', ' ', 'a', '<', '\n', '@') }), text => {
        const span = code(text)
        const fence = /^`*/.exec(span)?.[0] ?? ''
        const inner = span.slice(fence.length, span.length - fence.length)
        expect(span.endsWith(fence)).toBe(true)
        expect(inner.match(/`+/g)?.includes(fence) ?? false).toBe(false)
        expect(/^`|`$|\n/.test(inner)).toBe(false)
        expect(tableRow([span]).replace(/\\\|/g, '').match(/\|/g)).toHaveLength(2)
        expect(tableRow([span])).not.toMatch(/\\\\\|/)
      }),
    ))
})
