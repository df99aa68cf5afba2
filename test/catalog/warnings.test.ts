import { describe, expect, it } from 'vitest'
import { Warnings } from '../../src/catalog/warnings.ts'

describe('warnings', () => {
  it('are said once per reason, with the number of cases, the first in words and the first five places', () => {
    const warnings = new Warnings()
    for (let line = 2; line <= 9; line++) warnings.add('duplicate-image', `case on line ${line}`, `lamps.csv:${line}`)
    warnings.add('without-images', 'LAMP-1 has none', 'lamps.csv:20')
    expect(warnings.list()).toEqual([
      {
        reason: 'duplicate-image',
        count: 8,
        message: 'case on line 2',
        places: ['lamps.csv:2', 'lamps.csv:3', 'lamps.csv:4', 'lamps.csv:5', 'lamps.csv:6'],
      },
      { reason: 'without-images', count: 1, message: 'LAMP-1 has none', places: ['lamps.csv:20'] },
    ])
  })

  it('quote no more of a hostile feed than a screen can hold', () => {
    const warnings = new Warnings()
    warnings.add('without-images', `${'ü'.repeat(500_000)} has no image`, 'lamps.csv:2')
    expect(warnings.list().map(({ message }) => message.length)).toEqual([1000])
  })

  it('are none when nothing was said', () => {
    expect(new Warnings().list()).toEqual([])
  })
})
