import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineCounter } from '../../src/feeds/lines.ts'

describe('line counter', () => {
  it('counts CRLF, LF and CR as one line end each, however the bytes are cut', () => {
    const pieces = fc.array(fc.array(fc.constantFrom('\r', '\n', 'a'), { maxLength: 5 }).map(parts => parts.join('')))
    fc.assert(
      fc.property(pieces, texts => {
        const lines = new LineCounter()
        for (const text of texts) lines.pass(Buffer.from(text))
        expect(lines.line).toBe(texts.join('').split(/\r\n|\r|\n/).length)
      }),
    )
  })
})
