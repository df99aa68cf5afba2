import { describe, expect, it } from 'vitest'
import { template } from '../../src/targets/_template/index.ts'
import { optionFacts } from '../../src/targets/datasheet.ts'
import { TARGETS } from '../../src/targets/index.ts'
import { columnsIn, fill } from '../../src/targets/template.ts'

describe('the template of a new target', () => {
  it('is complete, but not registered', () => {
    expect(optionFacts(template).map(({ name, required, secret }) => ({ name, required, secret }))).toEqual([
      { name: 'shop', required: true, secret: false },
      { name: 'apiKey', required: true, secret: true },
      { name: 'key', required: false, secret: false },
    ])
    expect(TARGETS.map(({ type }) => type)).not.toContain(template.type)
  })
})

describe('templates in options', () => {
  const product = { code: '$& {rank}', fields: { Name: 'Nori "lamp"', constructor: '' } }

  it.each([
    ['{code}_{rank}', '$& {rank}_3'],
    ['{column:Name} {rank}', 'Nori "lamp" 3'],
    ['{column:toString}', ''],
    ['{colour} {}', '{colour} {}'],
  ])('%s is filled once, and what is no place stays', (text, filled) => {
    expect(fill(text, product, 3)).toBe(filled)
  })

  it('names the columns it needs', () => {
    expect(columnsIn('{code} {column:Name} {column:Season 2}')).toEqual(['Name', 'Season 2'])
  })
})
