import { describe, expect, it } from 'vitest'
import { lineFinder } from '../../src/config/lines.ts'
import type { Path } from '../../src/config/tree.ts'

function linesOf(text: string, ...paths: Path[]): (number | null)[] {
  const find = lineFinder(text)
  return paths.map(path => find(path))
}

const YAML = `# lamps and chairs
feed:
  # code: not this one
  name: |
    code: nor this one
  code: sku
  images:
    - image_1
    - "image: 2"
targets:
  catalogix: {storeUuid: s1,
    token: "a # b ] }", rate: 5/s}
  pim:
    code: other
`

describe('the line of a key', () => {
  it('is where the parser finds it in YAML, in flow style too, and not where it only looks like one', () => {
    const places: Path[] = [['feed'], ['feed', 'code'], ['feed', 'images', 1], ['targets', 'pim', 'code']]
    expect(linesOf(YAML, ...places)).toEqual([2, 6, 9, 14])
    expect(linesOf(YAML, ['targets', 'catalogix', 'storeUuid'], ['targets', 'catalogix', 'rate'])).toEqual([11, 12])
  })

  it('is found in JSON as well', () => {
    const text = JSON.stringify({ feed: { code: "it's", files: ['a.csv', 'b.csv'] }, allowHosts: [] }, null, 2)
    expect(linesOf(text, ['feed', 'code'], ['feed', 'files', 1], ['allowHosts'])).toEqual([3, 6, 9])
  })

  it('counts CRLF as one line end', () => {
    expect(linesOf('feed:\r\n  name: a\r\n  code: b\r\n', ['feed', 'code'])).toEqual([3])
  })

  it('is that of what would hold it, where the key is missing', () => {
    expect(linesOf(YAML, ['targets', 'pim', 'secret'], ['allowHosts'])).toEqual([13, null])
  })

  it('is unknown in a file that is very long', () => {
    expect(linesOf(`${'# chairs\n'.repeat(500)}feed: {code: sku}\n`, ['feed', 'code'])).toEqual([null])
  })
})
