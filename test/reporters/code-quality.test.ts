import { describe, expect, it } from 'vitest'
import { codeQuality, codeQualityIn } from '../../src/reporters/formats/code-quality.ts'
import { formatOfFile } from '../../src/reporters/index.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import { aCheck, aLongReport, anOutcome, aPlan, aProblem, aReport, aStep, LOOK, MIXED, REFUSED } from './documents.ts'

interface Entry {
  readonly fingerprint: string
  readonly severity: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}

function entries(document: Document, reporter = codeQuality): Entry[] {
  return JSON.parse([...reporter.render(document, LOOK)].join(''))
}

const fingerprints = (document: Document) => entries(document).map(({ fingerprint }) => fingerprint)

describe('the code quality report', () => {
  it('has an entry for what failed, was rejected or is unknown, in the form that GitLab reads', () => {
    expect(entries(aReport())).toEqual([
      {
        description:
          'SOFA-3 failed at catalogix: target-rejected: invalid_attribute: The attribute "Image URL 11" does not exist in this catalog.',
        check_name: 'target-rejected',
        fingerprint: expect.stringMatching(/^[\w-]{22}$/),
        severity: 'critical',
        location: { path: 'furniture.csv', lines: { begin: 5 } },
      },
      {
        description: '(no code) rejected: code-missing: The record has no product code.',
        check_name: 'code-missing',
        fingerprint: expect.stringMatching(/^[\w-]{22}$/),
        severity: 'major',
        location: { path: 'furniture.csv', lines: { begin: 6 } },
      },
      {
        description: 'DESK-9 unknown at catalogix: timeout: No answer within 30 s.',
        check_name: 'timeout',
        fingerprint: expect.stringMatching(/^[\w-]{22}$/),
        severity: 'critical',
        location: { path: 'furniture.csv', lines: { begin: 7 } },
      },
    ])
  })

  it('is an empty list when all is well', () => {
    expect(entries(aReport([anOutcome(), anOutcome({ status: 'skipped' })]))).toEqual([])
  })

  it('shows what a plan and a check reject', () => {
    const step = aStep({ action: 'reject', reason: 'code-collision', message: 'Two codes.' })
    expect(entries(aPlan([aStep(), step]))).toMatchObject([
      { description: 'LAMP-1 rejected: code-collision: Two codes.', check_name: 'code-collision' },
    ])
    expect(entries(aCheck([aProblem()]))).toMatchObject([
      {
        description:
          'SOFA-3 rejected: url-invalid: "front.jpg" is not a complete URL. Name its base with --image-base-url.',
      },
    ])
  })

  it('gives the same trouble the same fingerprint wherever its line has moved and however it is worded', () => {
    const moved = MIXED.map(each => ({ ...each, source: 'furniture.csv:99', message: 'In other words.' }))
    expect(fingerprints(aReport(moved))).toEqual(fingerprints(aReport()))
  })

  it('gives a rejected record one entry, the same in a check as in a push to several targets', () => {
    const { reason, message, fix, code, source } = aProblem()
    const rejected = anOutcome({ status: 'rejected', key: null, code, reason, message: `${message} ${fix}`, source })
    const push = entries(aReport([rejected, { ...rejected, target: 'dam' }]))
    expect(push).toEqual(entries(aCheck([aProblem()])))
    expect(push).toHaveLength(1)
  })

  it('gives no two entries the same fingerprint, because GitLab would drop one', () => {
    const [, , , failed = anOutcome(), rejected = anOutcome()] = MIXED
    const outcomes = [
      failed,
      { ...failed, target: 'dam' },
      { ...failed, reason: 'timeout' },
      rejected,
      { ...rejected, source: 'furniture.csv:8' },
    ]
    expect(new Set(fingerprints(aReport(outcomes))).size).toBe(5)
  })

  it('names files from the root of the checkout where they are in it', () => {
    const sources = ['furniture.csv:5', '/checkout/root.csv:2', '/elsewhere/f.csv:3', 'products.json#4', 'stdin:6']
    const report = aReport(sources.map((source, at) => anOutcome({ ...REFUSED, code: `${at}`, source })))
    const reporter = codeQualityIn({ cwd: '/checkout/feeds', root: '/checkout' })
    expect(entries(report, reporter).map(({ location }) => [location.path, location.lines.begin])).toEqual([
      ['feeds/furniture.csv', 5],
      ['root.csv', 2],
      ['/elsewhere/f.csv', 3],
      ['feeds/products.json', 1],
      ['stdin', 6],
    ])
  })

  it('counts what is too much for a merge request', () => {
    const report = aLongReport(10_007, at => anOutcome({ ...REFUSED, code: `SOFA-${at}` }))
    const all = entries(report)
    expect(all).toHaveLength(10_001)
    expect(all.at(-1)).toMatchObject({
      description: '7 more need attention: see the report.',
      check_name: 'more',
    })
  })

  it.each([
    ['gl-code-quality-report.json', 'code-quality'],
    ['reports/GL-Code-Quality-Report.json', 'code-quality'],
    ['feed.codequality.json', 'code-quality'],
    ['codequality/run.json', 'json'],
    ['run.json', 'json'],
    ['gl-code-quality-report.xml', 'junit'],
  ])('%s is written as %s', (path, format) => {
    expect(formatOfFile(path)).toBe(format)
  })
})
