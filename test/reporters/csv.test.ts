import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csv } from '../../src/reporters/formats/csv.ts'
import { ndjson } from '../../src/reporters/formats/ndjson.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import { readTable } from '../feeds/reading.ts'
import {
  aCheck,
  aLongReport,
  anOutcome,
  aPlan,
  aProblem,
  aReport,
  aStep,
  LOOK,
  MIXED,
  someChanges,
} from './documents.ts'

function render(document: Document): string {
  return [...csv.render(document, LOOK)].join('')
}

/** The rule of docs/reports.md, from a cell back to the value. */
function toldBack(cell: string): string | null {
  if (cell === '') return null
  return cell
    .replace(/(?<=^|;)'(?='*\s*[=+\-@＝＋－＠﹦﹢﹣﹫])|^'(?='*$)/g, '')
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
}

async function readBack(document: Document): Promise<Record<string, string | null>[]> {
  const { columns, records } = await readTable(render(document), { delimiter: ',', encoding: 'utf-8' })
  return records.map(({ cells }) =>
    Object.fromEntries((columns ?? []).map((column, at) => [column, toldBack(cells[at] ?? '')])),
  )
}

function ndjsonOf(document: Document): Record<string, unknown>[] {
  const lines = [...ndjson.render(document, LOOK)].join('').split('\n').slice(0, -1)
  return lines.map(line => JSON.parse(line))
}

describe('csv', () => {
  it('has a header and one line per item, with a byte order mark, commas and CRLF', () => {
    expect(render(aReport([anOutcome()]))).toBe(
      '\ufefftarget,code,key,status,images,attempts,batch,http,requestId,remoteId,reason,message,source\r\n' +
        'catalogix,LAMP-1,LAMP-1,created,2,1,1,200,8c8b,,,,furniture.csv:2\r\n',
    )
  })

  it('has one line per step of a plan, its changes as JSON', () => {
    const changes = someChanges({ added: [{ rank: 2, url: 'https://img.example/side.jpg' }] })
    expect(render(aPlan([aStep({ action: 'update', changes })]))).toBe(
      '\ufefftarget,code,key,action,changes,reason,message,source\r\n' +
        'catalogix,LAMP-1,LAMP-1,update,"{""added"":[{""rank"":2,""url"":""https://img.example/side.jpg""}],""removed"":[],""moved"":[],""other"":false}",,,furniture.csv:2\r\n',
    )
  })

  it.each<[string, Document]>([
    ['report', aReport(MIXED)],
    ['plan', aPlan([aStep(), aStep({ changes: someChanges({ other: true }) })])],
    ['check', aCheck([aProblem(), aProblem({ code: null })])],
  ])('says of a %s what ndjson says, under the same keys in the same order', async (_, document) => {
    const lines = ndjsonOf(document)
    const back = await readBack(document)
    expect(back.map(line => Object.keys(line))).toEqual(lines.map(line => Object.keys(line)))
    expect(back).toEqual(
      lines.map(line => Object.fromEntries(Object.entries(line).map(([key, value]) => [key, textOf(value)]))),
    )
  })

  it.each<[string, Document]>([
    ['report', aReport([])],
    ['plan', aPlan([])],
    ['check', aCheck()],
  ])('has the header alone for a %s without lines', (_, document) => {
    expect(render(document)).toMatch(/^\ufefftarget,code,key,[A-Za-z,]+\r\n$/)
  })

  it('keeps codes that spreadsheets would take for numbers or dates', () => {
    const codes = ['007', '1E5', '0', '12345678901234567890', '3-1', 'MARCH1', '__proto__', 'constructor']
    const lines = render(aReport(codes.map(code => anOutcome({ code })))).split('\r\n')
    expect(lines.slice(1, -1).map(line => line.split(',')[1])).toEqual(codes)
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['-5', "'-5"],
    ['+49 30', "'+49 30"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['\t=1', '\\u{9}=1'],
    ['\r=1', '\\u{d}=1'],
    ["'=1", "''=1"],
    ["'tis a lamp", "'tis a lamp"],
    ['LAMP;=1', "LAMP;'=1"],
    ['LAMP=1', 'LAMP=1'],
    ['', "'"],
    ["'", "''"],
    ['\\u{1b}', '\\u{5c}u{1b}'],
    ['\u001b[2J', '\\u{1b}[2J'],
    ['::error::x', '\\u{3a}:error::x'],
    ['\ud800', '\\u{d800}'],
  ])('writes %j as %j', (code, cell) => {
    const line = render(aReport([anOutcome({ code, key: null })])).split('\r\n')[1]
    expect(line).toBe(`catalogix,${cell},,created,2,1,1,200,8c8b,,,,furniture.csv:2`)
  })

  it('gives every text back exactly', () =>
    fc.assert(
      fc.asyncProperty(fc.array(aText, { minLength: 1, maxLength: 6 }), async texts => {
        const outcomes = texts.map(text => anOutcome({ target: text, code: text, message: text, source: text }))
        const back = await readBack(aReport(outcomes))
        expect(back).toEqual(
          outcomes.map(outcome =>
            Object.fromEntries(Object.entries(outcome).map(([key, value]) => [key, textOf(value)])),
          ),
        )
      }),
      { numRuns: 200 },
    ))

  it('has no cell that begins a formula, whether it is read by commas, semicolons or tabs', () =>
    fc.assert(
      fc.asyncProperty(aText, async text => {
        const file = render(aReport([anOutcome({ code: text, message: text })]))
        const { records } = await readTable(file, { delimiter: ',', encoding: 'utf-8' })
        const cells = [...records.flatMap(record => record.cells), ...file.slice(1).split(/[;\t\r\n]/)]
        expect(cells.filter(cell => /^\s*[=+\-@＝＋－＠﹦﹢﹣﹫\t\r]/.test(cell))).toEqual([])
      }),
    ))

  it('streams: each line is given before the next outcome is read', () => {
    const report = aLongReport(1000, at => anOutcome({ code: `LAMP-${at}` }))
    const readAtLine: number[] = []
    for (const _ of csv.render(report, LOOK)) readAtLine.push(report.made())
    expect(readAtLine).toEqual([0, ...Array.from({ length: 1000 }, (_, at) => at + 1)])
  })
})

const aText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom("'", ';', '=', '-', '＋', ' ', '"', ',', '\t', '\n', '\r', '\\', 'u', '{', '}', 'a'),
  }),
  fc.string({
    unit: fc.constantFrom('\\u{', '1b', '}', ':', '#', '[', '\ud800', '\udc00', '\ufeff', '\u202e', '\0', 'ä'),
  }),
)

function textOf(value: unknown): string | null {
  if (value === null) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
