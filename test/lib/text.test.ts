import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alone, duration, nearest, plural, printable, truncate } from '../../src/lib/text.ts'

describe('nearest word', () => {
  it.each([
    ['imge_1', ['image_1', 'image_2', 'sku'], 'image_1'],
    ['SKU', ['sku', 'id'], 'sku'],
    ['Produkt Code', ['product code', 'barcode'], 'product code'],
    ['catlogix', ['akeneo', 'catalogix'], 'catalogix'],
    ['img', ['image', 'sku'], 'image'],
    ['sku', ['skus', 'skuu'], 'skus'],
    ['table', ['chair', 'sofa'], null],
    ['id', ['qr', 'no'], null],
    ['x', ['y', 'sku'], null],
    ['', ['a', 'ab'], null],
    ['sku', [], null],
  ])('for %j among %j is %j', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected)
  })
})

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [850.4, '850 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1000, '1.0 s'],
    [4123, '4.1 s'],
    [59_949, '59.9 s'],
    [59_951, '1 min 0 s'],
    [60_000, '1 min 0 s'],
    [200_000, '3 min 20 s'],
    [3_599_499, '59 min 59 s'],
    [3_599_500, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '25 h 0 min'],
  ])('of %d ms is "%s"', (ms, expected) => {
    expect(duration(ms)).toBe(expected)
  })
})

describe('plural', () => {
  it('agrees with the number', () => {
    expect([0, 1, 2].map(count => plural(count, 'image'))).toEqual(['0 images', '1 image', '2 images'])
    expect([1, 2].map(count => plural(count, 'batch', 'batches'))).toEqual(['1 batch', '2 batches'])
  })
})

describe('truncated text', () => {
  it('keeps what fits and shows where something was cut', () => {
    expect(['lamp', 'lamps', 'lampshade'].map(text => truncate(text, 5))).toEqual(['lamp', 'lamps', 'lamp…'])
  })

  it('cuts no character in half', () => {
    expect(truncate('abc💡💡', 5)).toBe('abc…')
  })

  it('is never longer than allowed and always well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const short = truncate(text, length)
        expect(short.length).toBeLessThanOrEqual(length)
        expect(short.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('printable text', () => {
  it.each([
    ['a line break', 'ok\nfailed 0', 'ok\\u{a}failed 0'],
    ['a carriage return', 'done\rfake', 'done\\u{d}fake'],
    ['a tab', 'a\tb', 'a\\u{9}b'],
    ['NUL and DEL', '\u0000\u007f', '\\u{0}\\u{7f}'],
    ['a terminal escape', '\u001b[2J', '\\u{1b}[2J'],
    ['the C1 form of the same', '\u009b2J', '\\u{9b}2J'],
    ['a C1 string end', '\u009c', '\\u{9c}'],
    ['right-to-left override', 'gpj\u202eexe', 'gpj\\u{202e}exe'],
    ['isolates', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['the Arabic letter mark', '\u061c', '\\u{61c}'],
    ['zero width space, joiner and mark', '\u200b\u200d\u200f', '\\u{200b}\\u{200d}\\u{200f}'],
    ['a word joiner and a byte order mark', '\u2060\ufeff', '\\u{2060}\\u{feff}'],
    ['a soft hyphen', 'SKU\u00ad1', 'SKU\\u{ad}1'],
    ['line and paragraph separators', '\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['tag characters, which smuggle text', '\u{e0041}', '\\u{e0041}'],
    ['a command to GitHub', '::error::x', '\\u{3a}:error::x'],
    ['the same after blanks', '  ::add-mask::x', '  \\u{3a}:add-mask::x'],
    ['a command to Azure', 'a ##vso[task.complete]', 'a #\\u{23}vso[task.complete]'],
    ['the old form of both', '##[error]x', '#\\u{23}[error]x'],
  ])('shows %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  it('leaves everything else alone', () => {
    const text = 'std::vector # ## [x] Leuchte „Été“ 40 × 20 cm, 電気スタンド 💡 שלום مرحبا %20 \\u{a}'
    expect(printable(text)).toBe(text)
  })

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})

describe('a text for itself', () => {
  it.each(['', 'CHR-00000001', '電気スタンド', '💡', '\ud800 alone'])('is the same text: %j', text => {
    expect(alone(text)).toBe(text)
  })
})
