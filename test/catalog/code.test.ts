import { describe, expect, it } from 'vitest'
import { codeProblem } from '../../src/catalog/code.ts'

describe('product code', () => {
  it.each(['1.23E+12', '1,23457E+12', '1E+12', '-1.5e+10', '9.78E+123'])(
    'is refused when a spreadsheet has shortened it: %s',
    code => {
      expect(codeProblem(code)).toEqual({
        message: `The code "${code}" is a number that a spreadsheet has shortened; its digits are lost.`,
        fix: 'Format the column as text, not as a number, and export again.',
      })
    },
  )

  it.each(['LAMP\u0000', '\u0000', 'LAMP\ud83d', '\ude00'])('is refused when it is no text: %j', code => {
    expect(codeProblem(code)).toEqual({
      message: 'The code holds a NUL or half a character, which no system can store.',
      fix: 'Correct it in the feed.',
    })
  })

  it.each([
    '1E5',
    '12E3',
    '1.2E5',
    'E+12',
    '12E+12',
    '1E+5',
    '1.23E+12-L',
    'L-1.23E+12',
    '1.E+12',
    '007',
    '0',
    '-1',
    '1.5',
    '12345678901234567890',
    '__proto__',
    'a b',
    '電気😀',
  ])('survives as it is: %s', code => {
    expect(codeProblem(code)).toBeNull()
  })
})
