import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { junit } from '../../src/reporters/formats/junit.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import {
  aCheck,
  aLongReport,
  anOutcome,
  aPlan,
  aPlannedTarget,
  aProblem,
  aReport,
  aStep,
  aTarget,
  LOOK,
  MIXED,
  REFUSED,
} from './documents.ts'

function render(document: Document): string {
  return [...junit.render(document, LOOK)].join('')
}

interface Element {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: Element[]
  text: string
}

/** The document as a tree; what is no well-formed XML throws. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', text => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  const [top] = root.children
  if (top === undefined) throw new Error('no element')
  return top
}

function all(element: Element, name: string): Element[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap(child => all(child, name))]
}

function countsOf(suite: Element) {
  const cases = all(suite, 'testcase')
  const having = (name: string) => String(cases.filter(each => each.children.some(child => child.name === name)).length)
  return {
    tests: String(cases.length),
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  }
}

describe('junit', () => {
  it('has a suite per target and a case per item', () => {
    expect(render(aReport(MIXED, { notices: ['catalogix: stopped <early>.'] }))).toMatchSnapshot()
  })

  it('has a case per step of a plan, of which rejects fail', () => {
    const steps = [aStep(), aStep({ code: 'SOFA-3', action: 'reject', reason: 'url-invalid', message: 'No URL.' })]
    expect(render(aPlan(steps))).toMatchSnapshot()
  })

  it('has a case per rejection of a check, and one for the feed as a whole', () => {
    expect(render(aCheck([aProblem(), aProblem({ code: null, source: 'lamps.json#3' })]))).toMatchSnapshot()
  })

  it('fails the feed as a whole where a push would refuse it', () => {
    const refusal = { message: 'Nothing in this feed can be sent.', fix: 'See the reasons.' }
    const [feed] = all(parse(render(aCheck([], { refusal }))), 'testcase')
    expect(feed?.children).toEqual([
      {
        name: 'failure',
        attributes: { type: 'feed-refused', message: 'A push would refuse this feed.' },
        children: [],
        text: 'Nothing in this feed can be sent. See the reasons.',
      },
    ])
  })

  it('counts in every suite what is in it', () => {
    const skipped = anOutcome({ target: 'pim', status: 'skipped' })
    const outcomes = [...MIXED, skipped, anOutcome({ target: 'pim', status: 'failed' })]
    const targets = [aTarget(MIXED), aTarget(outcomes.slice(6), { name: 'pim' }), aTarget([], { name: 'shop' })]
    const suites = all(parse(render(aReport(outcomes, { targets }))), 'testsuite')
    expect(suites.map(({ attributes }) => attributes.name)).toEqual(['catalogix', 'pim', 'shop'])
    expect(suites.map(suite => suite.attributes)).toMatchObject(suites.map(countsOf))
  })

  it('tells items without a code by their place: cases of one name are one case', () => {
    const outcomes = ['furniture.csv:6', 'furniture.csv:9'].map(source => anOutcome({ code: null, source }))
    const names = all(parse(render(aReport(outcomes))), 'testcase').map(({ attributes }) => attributes.name)
    expect(names).toEqual(['(no code) furniture.csv:6', '(no code) furniture.csv:9'])
  })

  it('names file and line where they are known', () => {
    const sources = ['furniture.csv:6', 'lamps.json#3', 'C:\\feeds\\a.csv:2', 'stdin:4', '']
    const cases = all(parse(render(aReport(sources.map(source => anOutcome({ source }))))), 'testcase')
    expect(cases.map(({ attributes: { file = null, line = null } }) => ({ file, line }))).toEqual([
      { file: 'furniture.csv', line: '6' },
      { file: 'lamps.json', line: null },
      { file: 'C:\\feeds\\a.csv', line: '2' },
      { file: 'stdin', line: '4' },
      { file: null, line: null },
    ])
  })

  it('lists only items with trouble when there are more than 10,000, and says so', () => {
    const report = aLongReport(10_001, at => anOutcome({ code: `LAMP-${at}`, ...(at === 7 ? REFUSED : {}) }))
    const suite = parse(render(report))
    expect(all(suite, 'testcase').map(({ attributes }) => attributes.name)).toEqual(['LAMP-7'])
    expect(all(suite, 'system-out').map(({ text }) => text)).toEqual([
      'Of 10,001 items only 1 item with trouble is listed.',
    ])
  })

  it('lists at most 30,000 items with trouble: GitLab takes no file of more than 30 MB', () => {
    const message = 'The attribute "Image URL 11" does not exist in this catalog. '.repeat(4)
    const report = aLongReport(40_000, at => anOutcome({ ...REFUSED, code: `LAMP-${at}`, message }))
    const xml = render(report)
    expect(xml).toContain('<testsuites name="assetsync push" tests="30000" failures="30000"')
    expect(Buffer.byteLength(xml)).toBeLessThan(30_000_000)
  })

  it('has no case for targets without items', () => {
    const targets = [aPlannedTarget([], { name: 'pim' })]
    expect(countsOf(parse(render(aPlan([], { targets }))))).toEqual({
      tests: '0',
      failures: '0',
      errors: '0',
      skipped: '0',
    })
  })
})
