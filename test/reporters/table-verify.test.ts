import { describe, expect, it } from 'vitest'
import type { VerifyReport } from '../../src/model/verification.ts'
import { everywhereWords } from '../../src/reporters/document/everywhere.ts'
import { table } from '../../src/reporters/formats/table.ts'
import type { Look } from '../../src/reporters/reporter.ts'
import { LOOK } from './documents.ts'
import { aFinding, aVerification, DRIFT, noConditions } from './verifications.ts'

const render = (verify: VerifyReport, look: Partial<Look> = {}) =>
  [...table.render(verify, { ...LOOK, ...look })].join('')

describe('a verification as a table', () => {
  it('says in few words that all is well', () => {
    expect(render(aVerification([aFinding()], { everywhere: { compared: 1, different: 0 } }))).toBe(
      `furniture.csv  7 records  6 products  13 images

✓ Each of 1 gallery is the same everywhere.

✓ Everything is as the feed says.

catalogix  same 1  2 requests  1.2 s
`,
    )
  })

  it('says of how many galleries it holds, and which could be compared at some targets only', () => {
    const [catalogix, akeneo, dam] = ['catalogix', 'akeneo', 'dam']
    const { targets } = aVerification([aFinding()])
    const three = [catalogix, akeneo, dam].flatMap(name => targets.map(each => ({ ...each, name })))
    const where = [
      { targets: [catalogix, akeneo, dam], galleries: 44, different: 0 },
      { targets: [catalogix, akeneo], galleries: 16, different: 0 },
      { targets: [catalogix], galleries: 1, different: 0 },
    ]
    const verify = aVerification([aFinding()], { targets: three, everywhere: { compared: 60, different: 0, where } })
    expect(everywhereWords(verify)).toEqual({
      isSame: true,
      text: '44 galleries are the same at catalogix, akeneo and dam; 16 galleries could be compared at catalogix and akeneo only, and are the same there; 1 gallery could be read at catalogix only, and compared with nothing',
    })
  })

  it('tells drift with rank and place, what is where it should not be, and what to do', () => {
    const next = ['assetsync push furniture.csv --full']
    const repairs = [{ repair: 'push-full', targets: ['catalogix'], codes: ['LAMP-1'] }] as const
    expect(render(aVerification(DRIFT, { next, repairs }))).toBe(
      `furniture.csv  7 records  6 products  13 images

LAMP-1  furniture.csv:2
  ✗ missing  rank 2  https://cdn.example.com/lamp/2.jpg
  ~ differs  rank 3  https://cdn.example.com/lamp/3.jpg
      found there: https://cdn.example.com/sofa.jpg
  ~ moved    rank 4 is at rank 1  https://cdn.example.com/lamp/4.jpg
  + extra    rank 5  old.jpg
椅子-7  f.csv:3
  ✗ missing  rank 1  https://cdn.example.com/lamp/1.jpg
      It is in the trash bin.

What to do
  catalogix: The ledger takes them for unchanged, so that a plain push sends
    nothing: push --full sends them again.
  extra: no push removes what the feed does not name. With --prune it removes
    what it put there itself; the rest you have to remove at the target.
  Next: assetsync push furniture.csv --full

✗ 5 images are not as the feed says.

catalogix  same 1  missing 2  differs 1  moved 1  extra 1  2 requests  1.2 s
`,
    )
  })

  it('shows what is the same, and what cannot be told, only with --verbose', () => {
    const text = render(aVerification(DRIFT), { verbose: true })
    expect(text).toContain('  = same     rank 1  https://cdn.example.com/lamp/1.jpg\n')
    expect(text).toContain('What cannot be told\n  catalogix  Videos are not looked at.\n')
    expect(render(aVerification(DRIFT))).not.toContain('Videos')
  })

  it('fits into 80 columns, with the ends of addresses, unless all is asked for', () => {
    const url = `https://cdn.example.com/${'packshots/'.repeat(9)}front.jpg`
    const findings = (['missing', 'differs'] as const).map(status =>
      aFinding({ status, expected: url, found: url, message: 'It is in the trash bin. '.repeat(6).trim() }),
    )
    const lines = render(aVerification(findings)).split('\n')
    expect(lines.filter(line => line.length > 80)).toEqual([])
    expect(lines.filter(line => line.endsWith('/front.jpg'))).toHaveLength(3)
    expect(render(aVerification(findings), { verbose: true })).toContain(url)
    const named = findings.flatMap(each => ['productai', 'emporix', 'mediapocket'].map(target => ({ ...each, target })))
    const same = render(aVerification(named, { everywhere: { compared: 60, different: 0 } }))
    expect(same).toContain('✓ Each of 60 galleries is the same at productai, emporix and mediapocket.\n')
    const narrow = render(aVerification(named, { everywhere: { compared: 60, different: 0 } }), { width: 60 })
    expect(narrow).toContain('✓ Each of 60 galleries is the same at productai, emporix and\n  mediapocket.\n')
  })

  it('names 50 findings, and all with --verbose', () => {
    const many = Array.from({ length: 60 }, (_, at) => aFinding({ code: `LAMP-${at}`, status: 'missing' }))
    expect(render(aVerification(many))).toContain('\nand 10 more (--verbose lists them all)\n')
    expect(render(aVerification(many), { verbose: true })).toContain('LAMP-59')
  })

  it('tells once why nothing can be said of many images', () => {
    const unread = (target: string, at: number) =>
      aFinding({ target, code: `LAMP-${at}`, status: 'unreadable', reason: 'unreachable', message: 'No answer.' })
    const findings = [...Array(30).keys()].flatMap(at => [unread('dam', at), unread('shop', at)])
    const text = render(aVerification(findings))
    expect(text).toContain(
      '? unreadable  60 × unreachable at dam, shop: No answer.\n    LAMP-0 (LAMP-1)  furniture.csv:2  at dam\n',
    )
    expect(text).toContain('    and 55 more\n    → See whether the target is up and reachable')
    expect(text).toContain('! 60 images could not be verified.\n')
  })

  it('tells which galleries are not the same everywhere', () => {
    const findings = [aFinding(), aFinding({ target: 'dam', status: 'missing' })]
    const different = Array.from({ length: 25 }, (_, at) => ({
      code: `LAMP-${at}`,
      source: `furniture.csv:${at + 2}`,
      targets: [
        { name: 'catalogix', totals: noConditions({ same: 3 }) },
        { name: 'dam', totals: noConditions({ same: 2, missing: 1 }) },
      ],
    }))
    const everywhere = { compared: 40, different: 25 }
    const text = render(aVerification(findings, { everywhere, differences: () => different }))
    expect(text).toContain(
      '✗ 25 of 40 galleries are not the same everywhere:\n' +
        '  LAMP-0  furniture.csv:2\n    catalogix  same 3\n    dam  same 2  missing 1\n',
    )
    expect(text).toContain('  and 5 more (--verbose lists them all)\n')
  })

  it('has symbols and words without colours and without Unicode', () => {
    const text = render(aVerification(DRIFT), { unicode: false })
    expect(text.replace(/椅子/g, '')).toMatch(/^[\n -~]*$/)
    expect(text).toContain('  x missing  rank 2')
    expect(render(aVerification(DRIFT), { color: true })).toContain('\u001b[31m')
  })

  it('lets no foreign text forge a line', () => {
    const evil = 'x\n✓ Everything is as the feed says.\u001b[2J'
    const finding = aFinding({
      code: evil,
      status: 'differs',
      expected: evil,
      found: evil,
      message: evil,
      source: evil,
    })
    const unread = aFinding({ code: evil, status: 'unreadable', message: evil, source: evil })
    const text = render(aVerification([finding, unread], { notices: [evil], next: [evil] }))
    expect(text.match(/^✓/m)).toBeNull()
    expect(text).not.toContain('\u001b')
  })
})
