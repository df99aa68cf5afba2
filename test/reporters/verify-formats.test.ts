import { describe, expect, it } from 'vitest'
import { codeQuality } from '../../src/reporters/formats/code-quality.ts'
import { csv } from '../../src/reporters/formats/csv.ts'
import { html } from '../../src/reporters/formats/html.ts'
import { junit } from '../../src/reporters/formats/junit.ts'
import { markdown } from '../../src/reporters/formats/markdown.ts'
import { REPORTERS } from '../../src/reporters/index.ts'
import type { Reporter } from '../../src/reporters/reporter.ts'
import { LOOK } from './documents.ts'
import { aFinding, aVerification, DRIFT } from './verifications.ts'

const UNREADABLE = aFinding({
  status: 'unreadable',
  rank: 6,
  found: null,
  reason: 'timeout',
  message: 'No answer within 30 s.',
})
const VERIFICATION = aVerification([...DRIFT, UNREADABLE], {
  repairs: [{ repair: 'push-full', targets: ['catalogix'], codes: ['LAMP-1'] }],
  next: ['assetsync push furniture.csv --full'],
  everywhere: { compared: 2, different: 1 },
})

function render(reporter: Reporter, verification = VERIFICATION): string {
  return [...reporter.render(verification, LOOK)].join('')
}

describe('a verification', () => {
  it('is shown by every format', () => {
    expect(REPORTERS.filter(({ kinds }) => !kinds.includes('verify'))).toEqual([])
  })

  it('has a line per image in csv', () => {
    const [header, first, second] = render(csv).split('\r\n')
    expect([header, first, second]).toEqual([
      '\ufefftarget,code,key,status,rank,foundRank,expected,found,repair,reason,message,source',
      'catalogix,LAMP-1,LAMP-1,same,1,1,https://cdn.example.com/lamp/1.jpg,https://cdn.example.com/lamp/1.jpg,,,,furniture.csv:2',
      'catalogix,LAMP-1,LAMP-1,missing,2,,https://cdn.example.com/lamp/2.jpg,,push-full,,,furniture.csv:2',
    ])
  })

  it('has a case per image in junit: drift fails, and what nobody could read is an error', () => {
    expect(render(junit)).toMatchSnapshot()
  })

  it('shows totals, drift by cause and what repairs it in markdown', () => {
    expect(render(markdown)).toMatchSnapshot()
  })

  it('shows the same in html, image by image, without asking for any picture', () => {
    const page = render(html)
    expect(page).not.toContain('<img')
    expect(page).not.toContain('img-src')
    expect(page.split('<main>')[1]).toMatchSnapshot()
  })

  it('has an entry for every image that is not as it should be in code-quality, but for those of others', () => {
    const entries: { description: string; check_name: string; fingerprint: string }[] = JSON.parse(render(codeQuality))
    expect(entries.map(({ check_name, description }) => [check_name, description])).toEqual([
      ['missing', 'LAMP-1 rank 2 missing at catalogix: expected "https://cdn.example.com/lamp/2.jpg".'],
      [
        'differs',
        'LAMP-1 rank 3 differs at catalogix: expected "https://cdn.example.com/lamp/3.jpg", found "https://cdn.example.com/sofa.jpg".',
      ],
      ['moved', 'LAMP-1 rank 4 moved at catalogix: expected "https://cdn.example.com/lamp/4.jpg", at rank 1.'],
      [
        'in-trash',
        '椅子-7 (LAMP-1) rank 1 missing at catalogix: in-trash: expected "https://cdn.example.com/lamp/1.jpg". It is in the trash bin.',
      ],
      ['timeout', 'LAMP-1 rank 6 unreadable at catalogix: timeout: No answer within 30 s.'],
    ])
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length)
  })

  it('says in one sentence that all is well', () => {
    const fine = aVerification([aFinding()])
    expect(render(markdown, fine)).toContain('### ✓ assetsync verify: Everything is as the feed says.\n')
    expect(render(codeQuality, fine)).toBe('[]\n')
    expect(render(junit, fine)).toContain('tests="1" failures="0" errors="0"')
  })
})
