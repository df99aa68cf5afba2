import { describe, expect, it } from 'vitest'
import { describeOther, imageType } from '../../src/images/type.ts'
import { bytesOf, LOGIN_PAGE, PICTURES, PNG } from './pictures.ts'

const OTHERS = [
  '',
  LOGIN_PAGE,
  '  <HTML lang="en">',
  '<!-- cached --><html>',
  '{"error":"not found"}',
  'BM is how this text begins, and it goes on for quite a while',
  'RIFF\x1a\0\0\0WAVEfmt ',
  'PK\x03\x04',
  '\x1f\x8b\x08\0',
  '\0\0\0\x18ftypisom\0\0\0\0isommp42',
  '\0\0\0\x18ftyp',
  '<?xml version="1.0"?><rss><svg/></rss>',
  '<svgx>',
  '<!-- a comment without an end <svg>',
  '<?xml',
  '\xff\xd8',
  'GIF88a',
  '%PDF',
]

describe('image type', () => {
  it.each(PICTURES)('recognises $type by $bytes', ({ type, bytes }) => {
    expect(imageType(bytes)).toBe(type)
  })

  it.each(PICTURES.filter(({ type }) => type !== 'image/svg+xml'))('needs the first bytes of $type', ({ bytes }) => {
    expect([imageType(bytes.subarray(1)), imageType(bytes.subarray(0, 2))]).toEqual([null, null])
  })

  it.each(OTHERS)('takes %j for no image', text => {
    expect(imageType(bytesOf(text))).toBeNull()
  })

  it('looks at bytes inside a larger buffer', () => {
    const larger = new Uint8Array(64)
    larger.set(PNG, 10)
    expect(imageType(larger.subarray(10))).toBe('image/png')
  })

  it('ends on text that only looks like the beginning of markup', () => {
    const texts = ['<!--'.repeat(1024), '<!---->'.repeat(585), '<?'.repeat(2048), ' '.repeat(4096)]
    expect(texts.map(text => imageType(bytesOf(text)))).toEqual([null, null, null, null])
  })

  it('says what it is instead', () => {
    expect(['', LOGIN_PAGE, '{"error":"not found"}'].map(text => describeOther(bytesOf(text)))).toEqual([
      'the answer is empty',
      'the answer is an HTML page, perhaps a login or an error page',
      'the answer is none of jpg, png, webp, gif, avif, heic, tif, bmp, svg, pdf',
    ])
  })
})
