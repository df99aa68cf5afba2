import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { json } from '../../src/reporters/formats/json.ts'
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
  LOOK,
  MIXED,
  someChanges,
} from './documents.ts'

const HIDDEN = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

function render(document: Document): string {
  return [...json.render(document, LOOK)].join('')
}

describe('json report', () => {
  it('has the promised keys in the promised order', () => {
    const report = aReport(MIXED.slice(3, 4), {
      feed: aFeed({
        warnings: [{ reason: 'url-encoded', count: 2, message: 'A space.', places: ['furniture.csv:3'] }],
      }),
      notices: ['catalogix stopped.'],
    })
    expect(render(report)).toMatchInlineSnapshot(`
      "{"schema":"assetsync.report/1",
      "run":{"id":"run-7","command":"push","version":"0.1.0","startedAt":"2026-03-01T08:00:00.000Z","finishedAt":"2026-03-01T08:00:04.100Z"},
      "feed":{"files":["furniture.csv"],"records":7,"products":6,"images":13,"rejected":1,"withoutImages":0,"warnings":[{"reason":"url-encoded","count":2,"message":"A space.","places":["furniture.csv:3"]}]},
      "targets":[{"name":"catalogix","type":"catalogix","totals":{"created":0,"updated":0,"accepted":0,"unchanged":0,"deleted":0,"failed":1,"rejected":0,"skipped":0,"unknown":0},"items":1,"requests":3,"retries":1,"throttled":0,"bytesSent":1234,"durationMs":4100,"endpoint":"https://api.catalogix.example"}],
      "items":[
      {"target":"catalogix","code":"SOFA-3","key":"SOFA-3","status":"failed","images":3,"attempts":1,"batch":1,"http":200,"requestId":"8c8b","remoteId":null,"reason":"target-rejected","message":"invalid_attribute: The attribute \\"Image URL 11\\" does not exist in this catalog.","source":"furniture.csv:5"}
      ],
      "exitCode":1,
      "notices":["catalogix stopped."]
      }
      "
    `)
  })

  it('is one valid document with the whole of every item', () => {
    expect(JSON.parse(render(aReport())).items).toEqual(MIXED)
  })

  it('is valid without any items', () => {
    expect(JSON.parse(render(aReport([]))).items).toEqual([])
  })

  it('carries no key that was not promised', () => {
    const outcome = { ...anOutcome(), token: 'secret' }
    expect(render(aReport([outcome]))).not.toContain('secret')
  })

  it('keeps every text exactly, and none can drive a terminal that shows it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const rendered = render(aReport([anOutcome({ code: text, message: text })]))
        expect(JSON.parse(rendered).items[0]).toMatchObject({ code: text, message: text })
        expect(rendered.replaceAll('\n', '')).not.toMatch(HIDDEN)
      }),
    )
  })

  it('streams: each item is given before the next one is read', () => {
    const report = aLongReport(100_000, at => anOutcome({ code: `LAMP-${at}` }))
    const readAtItem: number[] = []
    for (const piece of json.render(report, LOOK)) if (piece.includes('LAMP-')) readAtItem.push(report.made())
    expect(readAtItem).toEqual(Array.from({ length: 100_000 }, (_, at) => at + 1))
  })
})

describe('json plan', () => {
  it('has steps with their changes and a forecast instead of items', () => {
    const changes = someChanges({
      added: [{ rank: 2, url: 'https://img.example/b.jpg' }],
      moved: [{ url: 'https://img.example/a.jpg', from: 2, to: 1 }],
    })
    expect(render(aPlan([aStep({ action: 'update', changes })]))).toMatchInlineSnapshot(`
      "{"schema":"assetsync.plan/1",
      "run":{"id":"run-7","command":"plan","version":"0.1.0","startedAt":"2026-03-01T08:00:00.000Z","finishedAt":"2026-03-01T08:00:04.100Z"},
      "feed":{"files":["furniture.csv"],"records":7,"products":6,"images":13,"rejected":1,"withoutImages":0,"warnings":[]},
      "targets":[{"name":"catalogix","type":"catalogix","totals":{"create":0,"update":1,"unchanged":0,"reject":0,"delete":0},"items":1,"forecast":{"requests":2,"seconds":0,"most":2,"purposes":{},"rate":null,"quota":null,"remarks":[]},"endpoint":"https://api.catalogix.example"}],
      "steps":[
      {"target":"catalogix","code":"LAMP-1","key":"LAMP-1","action":"update","changes":{"added":[{"rank":2,"url":"https://img.example/b.jpg"}],"removed":[],"moved":[{"url":"https://img.example/a.jpg","from":2,"to":1}],"other":false},"reason":null,"message":null,"source":"furniture.csv:2"}
      ],
      "exitCode":0,
      "notices":[]
      }
      "
    `)
  })
})

describe('json check', () => {
  it('has what was detected, the first products, the problems by cause and one by one', () => {
    const rejections = [
      aProblem(),
      aProblem({ code: 'SOFA-4', message: '"side.jpg" is not a complete URL.', source: 'furniture.csv:5' }),
      aProblem({ reason: 'code-missing', message: 'No code.', fix: '', code: null, source: 'furniture.csv:6' }),
    ]
    expect(render(aCheck(rejections))).toMatchInlineSnapshot(`
      "{"schema":"assetsync.check/1",
      "run":{"id":"run-7","command":"check","version":"0.1.0","startedAt":"2026-03-01T08:00:00.000Z","finishedAt":"2026-03-01T08:00:04.100Z"},
      "feed":{"files":["furniture.csv"],"records":7,"products":6,"images":13,"rejected":3,"withoutImages":0,"warnings":[]},
      "detected":[
      {"file":"furniture.csv","format":"csv","notes":["delimiter ;","preset: generic (usual column names)","image columns: image_1, image_2","code column: sku"]}
      ],
      "sample":[
      {"code":"LAMP-1","images":["https://img.example/lamp-1/front.jpg","https://img.example/lamp-1/side.jpg"],"source":"furniture.csv:2"}
      ],
      "problems":[
      {"reason":"url-invalid","message":"\\"…\\" is not a complete URL.","fix":"Name its base with --image-base-url.","count":2,"places":["furniture.csv:4","furniture.csv:5"]},
      {"reason":"code-missing","message":"No code.","fix":"Give the record a product code, or name its column with --code-column.","count":1,"places":["furniture.csv:6"]}
      ],
      "rejections":[
      {"reason":"url-invalid","message":"\\"front.jpg\\" is not a complete URL.","fix":"Name its base with --image-base-url.","code":"SOFA-3","source":"furniture.csv:4"},
      {"reason":"url-invalid","message":"\\"side.jpg\\" is not a complete URL.","fix":"Name its base with --image-base-url.","code":"SOFA-4","source":"furniture.csv:5"},
      {"reason":"code-missing","message":"No code.","fix":"","code":null,"source":"furniture.csv:6"}
      ],
      "exitCode":1,
      "notices":[]
      }
      "
    `)
  })

  it('has no problems when all is well', () => {
    expect(JSON.parse(render(aCheck()))).toMatchObject({ problems: [], rejections: [], exitCode: 0 })
  })
})
