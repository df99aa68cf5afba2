import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { csv } from '../../src/reporters/formats/csv.ts'
import { html } from '../../src/reporters/formats/html.ts'
import { junit } from '../../src/reporters/formats/junit.ts'
import { markdown } from '../../src/reporters/formats/markdown.ts'
import { table } from '../../src/reporters/formats/table.ts'
import type { Document, Reporter } from '../../src/reporters/reporter.ts'
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

/** What has a meaning in HTML, XML, Markdown, spreadsheets or the log of a CI job. */
const MARKUP = [
  '</script><script>alert(1)</script>',
  '"\'><img src=x onerror=alert(1)>',
  ']]><!-- &lt;',
  "=cmd|'/C calc'!A0;=1",
  '::error::x',
  '##[error]x',
  '@octocat ![x](https://evil.example) `|` ``| # <b>',
  '\ud800 \udfff \ufffe \0 \u001b]8;;https://evil.example\u0007',
]

/** Every text of every document, replaced. */
function withText<T>(value: T, text: string): T
function withText(value: unknown, text: string): unknown {
  if (value === EVIL || value === `${EVIL}1`) return text
  if (Array.isArray(value)) return value.map(each => withText(each, text))
  if (typeof value === 'function') return () => withText(value(), text)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withText(each, text)]))
}

const hostile = Object.entries(documents).flatMap(([name, document]) =>
  [EVIL, ...MARKUP].map(text => ({ name, text, document: withText(document, text) })),
)

describe.each([csv, junit, html, markdown])('hostile texts in $format', ({ render }) => {
  const texts = hostile.map(({ document }) => [...render(document, LOOK)].join(''))
  const lines = texts.flatMap(text => text.split('\n').map(line => line.trim()))

  it('leave nothing in the file that drives a terminal, turns the direction of writing or is no Unicode', () => {
    expect(lines.filter(line => /(?!^\ufeff)[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/u.test(line))).toEqual([])
  })

  it('begin no line, by which a log could be given commands or results be forged', () => {
    expect(lines.filter(line => /^(?:::|catalogix {2}created 1)|##\[/.test(line))).toEqual([])
  })

  it('are all still there', () => {
    expect(texts.filter(text => !/x\\u\{1b\}|alert|lt;|calc|error|octocat|d800/.test(text))).toEqual([])
  })
})

describe('hostile texts', () => {
  const all = (render: Reporter['render']) => hostile.map(({ document }) => [...render(document, LOOK)].join(''))

  it('stay text in XML', () => {
    for (const xml of all(junit.render)) expect(() => new SaxesParser().write(xml).close()).not.toThrow()
  })

  it('make no element and no attribute of their own in HTML', () => {
    const known =
      /^<(?:!doctype html|\/?(?:html|head|meta|title|style|body|main|footer|header|section|article|h1|h2|h3|p|dl|div|dt|dd|time|span|bdi|b|i|small|ul|li|a|table|thead|tbody|tr|th|td|form|label|input|code|details|summary|script|img)\b[^<>]*)>$/
    for (const page of all(html.render)) {
      const tags = page.replace(/<(style|script)>.*?<\/\1>/gs, '').match(/<[^>]*>?/g) ?? []
      expect(tags.filter(tag => !known.test(tag) || /\son\w+=|alert|evil/.test(tag))).toEqual([])
      expect(page.match(/<script/g)).toHaveLength(1)
    }
  })

  it('are code in Markdown, and nothing else', () => {
    for (const text of all(markdown.render)) {
      const outside = text.replace(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, '')
      expect(outside).not.toMatch(/alert|evil|octocat|calc|&lt;|error|\\u/)
    }
  })

  const looks = [false, true].map(verbose => ({ ...LOOK, verbose, width: Number.POSITIVE_INFINITY }))

  it.each(Object.entries(documents))('can neither drive the terminal nor forge a line in %s', (_, document) => {
    const lines = looks.flatMap(look => [...table.render(document, look)].flatMap(piece => piece.trim().split('\n')))
    expect(lines.filter(line => /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069]/u.test(line))).toEqual([])
    expect(lines.filter(line => line.startsWith('catalogix  created 1'))).toEqual([])
    expect(lines.some(line => line.includes(HARMLESS))).toBe(true)
  })
})
