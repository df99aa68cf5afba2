import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filenameOf } from '../../../src/targets/mediapocket/filename.ts'

describe('file name of an image', () => {
  it.each([
    ['https://cdn.example.com/sofas/sofa-7_front.jpg', 'sofa-7_front.jpg'],
    ['https://cdn.example.com/SOFA.JPG', 'SOFA.jpg'],
    ['https://cdn.example.com/sofa.front.webp?size=1024#left', 'sofa.front.webp'],
    ['https://cdn.example.com/gr%C3%B6%C3%9Fe%20XL.png', 'größe-XL.png'],
    ['https://cdn.example.com/世界.png', '世界.png'],
  ])('is the last part of the path of %s', (url, name) => {
    expect(filenameOf(url)).toBe(name)
  })

  it.each([
    ['https://cdn.example.com/images/4711', '4711.jpg'],
    ['https://cdn.example.com/image.ashx?id=7', 'image.ashx.jpg'],
    ['https://cdn.example.com/sofa.2024', 'sofa.2024.jpg'],
    ['https://cdn.example.com/', 'image.jpg'],
    ['https://cdn.example.com', 'image.jpg'],
    ['https://cdn.example.com/.jpg', 'image.jpg'],
    ['no URL at all', 'image.jpg'],
  ])('always has an extension: %s', (url, name) => {
    expect(filenameOf(url)).toBe(name)
  })

  it.each([
    ['https://cdn.example.com/..%2F..%2Fetc%2Fpasswd', 'etc-passwd.jpg'],
    ['https://cdn.example.com/-rf.png', 'rf.png'],
    ['https://cdn.example.com/sofa%0D%0AX-Injected:%20yes.jpg', 'sofa-X-Injected-yes.jpg'],
    ['https://cdn.example.com/%E2%80%AEgpj.exe', 'gpj.exe.jpg'],
    ['https://cdn.example.com/100%.jpg', '100.jpg'],
  ])('holds nothing that means something elsewhere: %s', (url, name) => {
    expect(filenameOf(url)).toBe(name)
  })

  it('is short and plain for any URL', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' }), (url, tail) => {
        const name = filenameOf(`${url}/${tail}`)
        expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*\.[a-z0-9]{2,4}$/u)
        expect(name.length).toBeLessThan(170)
      }),
    )
  })

  it.each(['.', '-', '%', 'a', '.a', 'a.'])('copes with a very long address of %s', part => {
    expect(filenameOf(`https://cdn.example.com/${part.repeat(500_000)}`).length).toBeLessThan(90)
  })
})
