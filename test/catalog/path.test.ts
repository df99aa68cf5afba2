import { describe, expect, it } from 'vitest'
import { jsonPath } from '../../src/catalog/path.ts'
import type { JsonObject } from '../../src/model/json.ts'

const LAMP = JSON.parse(`{
  "sku": "LAMP-1",
  "variants": [{ "sku": "LAMP-1-S" }, { "sku": "LAMP-1-L" }],
  "images": [{ "src": "a.jpg" }, { "alt": "no source" }, { "src": "b.jpg" }, null],
  "media": { "gallery": { "large": ["l1.jpg", "l2.jpg"] }, "none": null, "empty": [] },
  "grid": [["g1.jpg", "g2.jpg"], ["g3.jpg"]],
  "dotted.key": "dotted",
  "media.none": "also dotted",
  "brackets[]": "bracketed",
  "__proto__": { "src": "own" },
  "nothing": null,
  "no": false,
  "zero": 0
}`) as JsonObject

describe('JSON path', () => {
  it.each([
    ['sku', ['LAMP-1']],
    ['variants[0].sku', ['LAMP-1-S']],
    ['variants[1].sku', ['LAMP-1-L']],
    ['variants[2].sku', []],
    ['variants[].sku', ['LAMP-1-S', 'LAMP-1-L']],
    ['images[].src', ['a.jpg', 'b.jpg']],
    ['images.src', []],
    ['media.gallery.large', ['l1.jpg', 'l2.jpg']],
    ['media.gallery.large[]', ['l1.jpg', 'l2.jpg']],
    ['media.gallery.large[1]', ['l2.jpg']],
    ['grid', ['g1.jpg', 'g2.jpg', 'g3.jpg']],
    ['grid[0]', ['g1.jpg', 'g2.jpg']],
    ['grid[1][0]', ['g3.jpg']],
    ['dotted.key', ['dotted']],
    ['media.none', ['also dotted']],
    ['brackets[]', ['bracketed']],
    ['__proto__.src', ['own']],
    ['nothing', [null]],
    ['nothing.more', []],
    ['no', [false]],
    ['zero', [0]],
    ['sku.length', []],
    ['sku[0]', []],
    ['toString', []],
    ['constructor.name', []],
    ['missing', []],
  ])('%s', (path, expected) => {
    expect(jsonPath(path).valuesIn(LAMP)).toEqual(expected)
  })

  it.each([
    ['missing', 0],
    ['toString', 0],
    ['sku.more', 1],
    ['sku[]', 1],
    ['images.src', 1],
    ['images[].source', 2],
    ['variants[1].sku.more', 3],
    ['media.gallery.small', 2],
  ])('%s breaks off after %i steps', (path, steps) => {
    expect(jsonPath(path).wayIn(LAMP)).toEqual({ steps, isBroken: true })
  })

  it.each([
    ['sku', 1],
    ['images[].src', 3],
    ['variants[7].sku', 1],
    ['media.empty', 2],
    ['media.empty[].src', 2],
    ['nothing.more', 1],
    ['dotted.key', 1],
  ])('nothing speaks against %s after %i steps', (path, steps) => {
    expect(jsonPath(path).wayIn(LAMP)).toEqual({ steps, isBroken: false })
  })
})
