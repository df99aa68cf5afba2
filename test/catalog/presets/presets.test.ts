import { describe, expect, it } from 'vitest'
import { plainName } from '../../../src/catalog/names.ts'
import { PRESETS } from '../../../src/catalog/presets/index.ts'

const tables = PRESETS.flatMap(preset => preset.tables.map(form => ({ name: preset.name, form })))

describe('presets', () => {
  it('have names that can be written in a configuration, each once', () => {
    const names = PRESETS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter(name => !/^[a-z]+$/.test(name))).toEqual([])
    expect(names.filter(name => ['auto', 'none', 'generic'].includes(name))).toEqual([])
  })

  it('say what they are and which page of the vendor describes it', () => {
    for (const { title, docs } of PRESETS) {
      expect(title).toMatch(/^[A-Z].+[^.]$|^eBay /)
      expect(docs).toMatch(/^https:\/\//)
    }
  })

  it('have at least one form each', () => {
    expect(PRESETS.filter(({ tables, objects }) => tables.length + objects.length === 0)).toEqual([])
  })
})

describe.each(tables)('table of $name', ({ form }) => {
  const lists = [...form.signature, ...form.code, ...form.images, form.position ?? [], form.group?.column ?? []]

  it('names no column twice in one list', () => {
    for (const names of lists) expect(names.map(plainName)).toEqual([...new Set(names.map(plainName))])
  })

  it('takes no column for an image and a code', () => {
    const images = new Set(form.images.flat().map(plainName))
    expect(form.code.flat().filter(name => images.has(plainName(name)))).toEqual([])
  })

  it('has a base that paths can be added to', () => {
    if (form.imageBaseUrl !== undefined) expect(form.imageBaseUrl).toMatch(/^https:\/\/.+\/$/)
  })
})
