import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/verification.ts'
import { annotationLines, commandLine, outputLines } from '../../src/reporters/github.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import { aCheck, aFeed, anOutcome, aPlan, aProblem, aReport, aStep, aTarget, MIXED } from './documents.ts'

const FOLDERS = { cwd: '/checkout/feeds', root: '/checkout' }

function annotations(document: Document): string[] {
  return [...annotationLines(document, FOLDERS)].map(line => line.trimEnd())
}

function failures(count: number, message: (at: number) => string) {
  return Array.from({ length: count }, (_, at) =>
    anOutcome({
      code: `SOFA-${at}`,
      status: 'failed',
      reason: 'target-rejected',
      message: message(at),
      source: `furniture.csv:${at + 2}`,
    }),
  )
}

describe('annotations for GitHub', () => {
  it('stand at the line of the feed, item by item while they are few', () => {
    expect(annotations(aReport())).toEqual([
      '::error file=feeds/furniture.csv,line=5,title=SOFA-3 failed::target-rejected: invalid_attribute: The attribute "Image URL 11" does not exist in this catalog. (furniture.csv:5)',
      '::error file=feeds/furniture.csv,line=6,title=(no code) rejected::code-missing: The record has no product code. (furniture.csv:6)',
      '::error file=feeds/furniture.csv,line=7,title=DESK-9 unknown::timeout: No answer within 30 s. (furniture.csv:7)',
      '::notice file=feeds/furniture.csv,line=3,title=LAMP-2 updated::stale-tail: Catalogix keeps the images at ranks 3 and 4. (furniture.csv:3)',
    ])
  })

  it('are none when there is nothing to say', () => {
    expect(annotations(aReport([anOutcome()], { exitCode: 0 }))).toEqual([])
  })

  it('tell causes when there are more than ten, the most frequent first', () => {
    const outcomes = [...failures(1, () => 'No such channel.'), ...failures(812, at => `"SOFA-${at}" is locked.`)]
    expect(annotations(aReport(outcomes))).toEqual([
      '::error file=feeds/furniture.csv,line=2,title=812 items failed::target-rejected: "…" is locked.%0ASOFA-0 (furniture.csv:2)%0ASOFA-1 (furniture.csv:3)%0ASOFA-2 (furniture.csv:4)%0ASOFA-3 (furniture.csv:5)%0ASOFA-4 (furniture.csv:6)%0Aand 807 more',
      '::error file=feeds/furniture.csv,line=2,title=SOFA-0 failed::target-rejected: No such channel. (furniture.csv:2)',
    ])
  })

  it('are ten of each kind at most, because GitHub drops the others without a word', () => {
    const words = ['oak', 'ash', 'elm', 'fir', 'yew', 'box', 'bay', 'fig', 'gum', 'nut', 'pear', 'plum']
    const told = annotations(aReport(failures(12, at => `No ${words[at]} here.`)))
    expect(told).toHaveLength(10)
    expect(told.at(-1)).toBe(
      '::error title=assetsync::and 3 more causes: all of it is in the job summary and in the report.',
    )
  })

  it('say what went wrong as a whole before the items', () => {
    const skipped = anOutcome({ status: 'skipped', reason: 'max-create', message: 'The plan creates 1 item.' })
    expect(annotations(aReport([skipped], { exitCode: 8, notices: ['catalogix: The plan creates 1 item.'] }))).toEqual([
      '::error title=assetsync::catalogix: The plan creates 1 item.',
      '::warning file=feeds/furniture.csv,line=2,title=LAMP-1 skipped::max-create: The plan creates 1 item. (furniture.csv:2)',
    ])
  })

  it('say once what every target rejects, and whose a failure is', () => {
    const rejected = anOutcome({ code: null, status: 'rejected', reason: 'code-missing', message: 'No code.' })
    const failed = anOutcome({ target: 'dam', status: 'failed', reason: 'timeout', message: 'No answer.' })
    const report = aReport([rejected, { ...rejected, target: 'dam' }, failed], {
      targets: [aTarget([rejected]), aTarget([rejected, failed], { name: 'dam' })],
    })
    expect(annotations(report)).toEqual([
      '::error file=feeds/furniture.csv,line=2,title=(no code) rejected::code-missing: No code. (furniture.csv:2)',
      '::error file=feeds/furniture.csv,line=2,title=LAMP-1 failed at dam::timeout: No answer. (furniture.csv:2)',
    ])
  })

  it('warn of the feed and of dropped images', () => {
    const feed = aFeed({
      warnings: [
        { reason: 'duplicate-image', count: 3, message: 'LAMP-1 names 1 image twice.', places: ['furniture.csv:2'] },
      ],
    })
    const dropped = anOutcome({ reason: 'image-dropped', message: '1 image was left out.', source: 'furniture.csv:9' })
    expect(annotations(aReport([dropped], { feed }))).toEqual([
      '::warning file=feeds/furniture.csv,line=2,title=3 × duplicate-image::LAMP-1 names 1 image twice.%0AFirst: furniture.csv:2',
      '::warning file=feeds/furniture.csv,line=9,title=LAMP-1 created::image-dropped: 1 image was left out. (furniture.csv:9)',
    ])
  })

  it('tell what a plan and a check reject, and what to do', () => {
    const step = aStep({ action: 'reject', code: null, key: null, reason: 'code-missing', message: 'No code.' })
    expect(annotations(aPlan([aStep(), step]))).toEqual([
      '::error file=feeds/furniture.csv,line=2,title=(no code) rejected::code-missing: No code. (furniture.csv:2)',
    ])
    const refusal = { message: 'Nothing can be sent.', fix: 'Correct the feed.' }
    expect(annotations(aCheck([aProblem()], { refusal, exitCode: 3 }))).toEqual([
      '::error title=assetsync::Nothing can be sent. Correct the feed.',
      '::error file=feeds/furniture.csv,line=4,title=SOFA-3 rejected::url-invalid: "front.jpg" is not a complete URL. Name its base with --image-base-url. (furniture.csv:4)',
    ])
  })

  it('tell where a target differs from the feed', () => {
    const missing: Finding = {
      target: 'dam',
      code: 'LAMP-1',
      key: 'LAMP-1_2',
      status: 'missing',
      rank: 2,
      foundRank: null,
      expected: 'https://img.example/side.jpg',
      found: null,
      repair: 'push-full',
      reason: null,
      message: null,
      source: 'furniture.csv:2',
    }
    const found = 'https://img.example/old.jpg'
    const verify: Document = {
      ...aCheck(),
      kind: 'verify',
      targets: [],
      everywhere: null,
      repairs: [],
      next: [],
      notices: ['dam could not be verified to the end.'],
      exitCode: 1,
      findings: () => [
        { ...missing, status: 'same' },
        missing,
        { ...missing, status: 'moved', foundRank: 3, found },
        { ...missing, status: 'extra', expected: null, rank: null, found, message: 'The same image once more.' },
      ],
      differences: () => [],
    }
    expect(annotations(verify)).toEqual([
      '::error file=feeds/furniture.csv,line=2,title=LAMP-1 (LAMP-1_2) rank 2 missing::expected "https://img.example/side.jpg". (furniture.csv:2)',
      '::error file=feeds/furniture.csv,line=2,title=LAMP-1 (LAMP-1_2) rank 2 moved::expected "https://img.example/side.jpg", found "https://img.example/old.jpg", at rank 3. (furniture.csv:2)',
      '::warning title=assetsync::dam could not be verified to the end.',
      '::warning file=feeds/furniture.csv,line=2,title=LAMP-1 (LAMP-1_2) https%3A//img.example/old.jpg extra::found "https://img.example/old.jpg". The same image once more. (furniture.csv:2)',
    ])
  })

  it.each([
    ['furniture.csv:5', 'file=feeds/furniture.csv,line=5,'],
    ['../a,b:c%/furniture.csv:5', 'file=a%2Cb%3Ac%25/furniture.csv,line=5,'],
    ['products.json#7', 'file=feeds/products.json,'],
    ['/checkout/root.csv:1', 'file=root.csv,line=1,'],
    ['/elsewhere/furniture.csv:5', ''],
    ['../../outside.csv:5', ''],
    ['https://shop.example/feed.csv:5', ''],
    ['stdin:5', ''],
    ['furniture.csv', ''],
  ])('link %s as "%s"', (source, place) => {
    const line = commandLine({ level: 'error', title: 'LAMP-1', message: 'No.', source }, FOLDERS)
    expect(line).toBe(`::error ${place}title=LAMP-1::No.`)
  })

  it('cannot be ended, forged or followed by another command, whatever the texts hold', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '::error::x',
        '\n::set-output name=a::b',
        '\r##[error]',
        '%0A::x::',
        'a,b:c=d',
        '\u2028::warning::',
      ),
    )
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, message, source) => {
        const line = commandLine({ level: 'warning', title, message, source: `${source}:3` }, FOLDERS)
        expect(line).toMatch(/^::warning [^:]*::/)
        expect(line).not.toMatch(/[\r\n\u2028\u2029]/)
        const [, properties = ''] = /^::warning ([^:]*)::/.exec(line) ?? []
        expect(properties.split(',').map(each => each.split('=')[0])).toEqual(
          properties.startsWith('file=') ? ['file', 'line', 'title'] : ['title'],
        )
        const body = line.slice(line.indexOf('::', 2) + 2)
        expect(body.split('%0A').filter(each => each.trimStart().startsWith('::'))).toEqual([])
      }),
    )
  })

  it('are short enough to be shown, however long the texts are', () => {
    const long = 'x'.repeat(100_000)
    const line = commandLine({ level: 'error', title: long, message: long, source: null }, FOLDERS)
    expect(line.length).toBeLessThan(5_000)
  })
})

describe('outputs of a step', () => {
  it('are the totals of all targets, the run, the exit code and the reports', () => {
    const report = aReport(MIXED, { targets: [aTarget(MIXED), aTarget(MIXED, { name: 'dam' })] })
    expect(outputLines(report, { exitCode: 1, reports: ['/checkout/run.json'] })).toBe(
      `${[
        'run=run-7',
        'exit-code=1',
        'created=2',
        'updated=2',
        'accepted=0',
        'unchanged=2',
        'deleted=0',
        'failed=2',
        'rejected=2',
        'skipped=0',
        'unknown=2',
        'report=/checkout/run.json',
        'reports=/checkout/run.json',
      ].join('\n')}\n`,
    )
  })

  it('of a plan and a check are their own counts', () => {
    expect(outputLines(aPlan([aStep()]), { exitCode: 10, reports: [] })).toContain('\ncreate=1\nupdate=0\n')
    expect(outputLines(aCheck([aProblem()]), { exitCode: 1, reports: [] })).toContain('\nproducts=6\nrejected=1\n')
  })

  it('with several lines stand between delimiters that nobody can guess', () => {
    const reports = ['/checkout/a.json', '/checkout/b.xml\nexit-code=0']
    const text = outputLines(aReport(), { exitCode: 1, reports })
    const [, delimiter = ''] = /^reports<<(end-[0-9a-f]{32})$/m.exec(text) ?? []
    expect(text.endsWith(`reports<<${delimiter}\n${reports.join('\n')}\n${delimiter}\n`)).toBe(true)
    expect(outputLines(aReport(), { exitCode: 1, reports })).not.toContain(delimiter)
  })
})
