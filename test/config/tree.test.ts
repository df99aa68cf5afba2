import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPath, isMapping, type Mapping, overlay, valueAt } from '../../src/config/tree.ts'

describe('overlay', () => {
  it('merges mappings key by key and replaces everything else', () => {
    const user = { feed: { code: 'EAN', images: ['a', 'b'] }, targets: { shop: { token: 't' } } }
    const project = { feed: { images: ['c'] }, targets: { shop: { channel: 'SMP' }, pim: {} } }
    expect(overlay(user, project)).toEqual({
      feed: { code: 'EAN', images: ['c'] },
      targets: { shop: { token: 't', channel: 'SMP' }, pim: {} },
    })
  })

  it('lets a null unset a value, but not a section that has nothing in it', () => {
    expect(overlay({ feed: { code: 'SKU' } }, { feed: null })).toEqual({ feed: { code: 'SKU' } })
    expect(overlay({ feed: { code: 'SKU' } }, { feed: { code: null } })).toEqual({ feed: { code: null } })
  })

  it('keeps __proto__ as a key like any other and changes no prototype', () => {
    const evil = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}')
    const merged = overlay({ constructor: { name: 'x' } }, evil)
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
    expect(Object.keys(merged)).toEqual(['constructor', '__proto__'])
    expect(JSON.stringify(merged)).toBe(
      '{"constructor":{"name":"x","prototype":{"polluted":true}},"__proto__":{"polluted":true}}',
    )
    expect(Reflect.get({}, 'polluted')).toBe(undefined)
  })

  it('changes nothing when laid over itself or an empty mapping', () => {
    const mappings = fc.jsonValue().filter((value): value is Mapping & null => isMapping(value))
    fc.assert(
      fc.property(mappings, mapping => {
        expect(overlay(mapping, mapping)).toEqual(mapping)
        expect(overlay({}, mapping)).toEqual(mapping)
        expect(overlay(mapping, {})).toEqual(mapping)
      }),
    )
  })
})

describe('path', () => {
  it('finds own values only', () => {
    const tree = { targets: [{ name: 'shop' }] }
    expect(valueAt(tree, ['targets', 0, 'name'])).toBe('shop')
    expect(valueAt(tree, [])).toBe(tree)
    expect(valueAt(tree, ['targets', 1, 'name'])).toBe(undefined)
    expect(valueAt(tree, ['constructor', 'name'])).toBe(undefined)
    expect(valueAt(tree, ['__proto__'])).toBe(undefined)
    expect(valueAt('shop', ['length'])).toBe(undefined)
  })

  it('is written as people write it', () => {
    expect(formatPath(['feed', 'images', 0])).toBe('feed.images[0]')
    expect(formatPath(['targets', 'my shop', 'x.y'])).toBe('targets["my shop"]["x.y"]')
    expect(formatPath(['my shop'])).toBe('["my shop"]')
  })

  it('tells mappings from dates and lists', () => {
    expect([{}, Object.create(null), [], new Date(0), null, 'x'].map(isMapping)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})
