import { describe, expect, it } from 'vitest'
import type { CheckReport } from '../../src/model/report.ts'
import { table } from '../../src/reporters/table.ts'
import { aCheck, aFeed, LOOK } from './documents.ts'

function render(check: CheckReport): string {
  return [...table.render(check, LOOK)].join('')
}

const warning = {
  reason: 'url-encoded',
  count: 7,
  message: '"a b.jpg" is sent as a%20b.jpg.',
  places: ['furniture.csv:3'],
}

describe('table of a check', () => {
  it('shows what was detected, the first products, what is rejected, and a verdict', () => {
    const rejection = {
      code: 'SOFA-3',
      reason: 'url-invalid',
      message: '"front.jpg" is not a complete URL. Name its base with --image-base-url.',
      source: 'furniture.csv:4',
    }
    const feed = aFeed({ rejected: 1, warnings: [warning] })
    expect(render(aCheck([rejection], { feed }))).toMatchInlineSnapshot(`
      "furniture.csv: CSV, delimiter ";", 7 columns

      furniture.csv  7 records  6 products  13 images  1 rejected

      The first products as they will be sent
        LAMP-1  furniture.csv:2
          1  https://img.example/lamp-1/front.jpg
          2  https://img.example/lamp-1/side.jpg

      ! rejected  SOFA-3  furniture.csv:4
          url-invalid: "front.jpg" is not a complete URL. Name its base with --image-base-url.

      ! warning  7 × url-encoded: "a b.jpg" is sent as a%20b.jpg.
          furniture.csv:3, …

      ! 6 products can be sent, 1 rejected: correct the feed, or push without them.
      "
    `)
  })

  it('is content with a feed that has nothing wrong', () => {
    expect(render(aCheck()).trimEnd().split('\n').at(-1)).toBe('✓ 6 products can be sent, none is rejected.')
  })

  it('is not content with a feed that has nothing to send', () => {
    const check = aCheck([], { feed: aFeed({ products: 0 }), sample: [] })
    expect(render(check).trimEnd().split('\n').at(-1)).toBe('✗ Nothing in this feed can be sent.')
  })
})
