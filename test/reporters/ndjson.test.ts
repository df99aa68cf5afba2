import { describe, expect, it } from 'vitest'
import { ndjson } from '../../src/reporters/formats/ndjson.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import { aCheck, aLongReport, anOutcome, aPlan, aProblem, aReport, aStep, LOOK } from './documents.ts'

function render(document: Document): string {
  return [...ndjson.render(document, LOOK)].join('')
}

describe('ndjson', () => {
  it('has one line per item with all keys in the promised order', () => {
    const shuffled = Object.fromEntries(Object.entries(anOutcome()).reverse())
    expect(render(aReport([{ ...anOutcome(), ...shuffled }, anOutcome({ code: null, status: 'rejected' })]))).toBe(
      [
        '{"target":"catalogix","code":"LAMP-1","key":"LAMP-1","status":"created","images":2,"attempts":1,"batch":1,"http":200,"requestId":"8c8b","remoteId":null,"reason":null,"message":null,"source":"furniture.csv:2"}\n',
        '{"target":"catalogix","code":null,"key":null,"status":"rejected","images":2,"attempts":1,"batch":1,"http":200,"requestId":"8c8b","remoteId":null,"reason":null,"message":null,"source":"furniture.csv:2"}\n',
      ].join(''),
    )
  })

  it('keeps an item on one line whatever its texts hold', () => {
    const outcome = anOutcome({ message: 'two\nlines\r\nand\u2028more' })
    const lines = render(aReport([outcome])).split(/[\n\r\u2028]/)
    expect(lines.map(line => line && JSON.parse(line))).toEqual([outcome, ''])
  })

  it('has one line per step of a plan', () => {
    expect(render(aPlan([aStep()]))).toBe(
      '{"target":"catalogix","code":"LAMP-1","key":"LAMP-1","action":"create","changes":null,"reason":null,"message":null,"source":"furniture.csv:2"}\n',
    )
  })

  it('has one line per rejection of a check, with the keys of an outcome and what to do', () => {
    const rejection = {
      ...aProblem({ code: null, reason: 'code-missing', message: 'No code.', fix: 'Fill it in.' }),
      seq: 4,
    }
    expect(render(aCheck([rejection]))).toBe(
      '{"target":null,"code":null,"key":null,"status":"rejected","images":0,"attempts":0,"batch":null,"http":null,"requestId":null,"remoteId":null,"reason":"code-missing","message":"No code.","source":"furniture.csv:4","fix":"Fill it in."}\n',
    )
  })

  it('is empty when there is nothing to tell', () => {
    expect(render(aReport([]))).toBe('')
  })

  it('streams: each line is given before the next outcome is read', () => {
    const report = aLongReport(100_000, at => anOutcome({ code: `LAMP-${at}` }))
    const readAtLine: number[] = []
    for (const _ of ndjson.render(report, LOOK)) readAtLine.push(report.made())
    expect(readAtLine).toEqual(Array.from({ length: 100_000 }, (_, at) => at + 1))
  })
})
