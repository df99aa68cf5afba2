import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filenameOf } from '../../src/images/filename.ts'

describe('file name', () => {
  it.each([
    ['https://images.example/sofa-7_front.jpg', 'sofa-7_front.jpg'],
    ['https://images.example/a/b/sofa.jpeg?w=800#top', 'sofa.jpg'],
    ['https://images.example/sofa.png', 'sofa.jpg'],
    ['https://images.example/sofa', 'sofa.jpg'],
    ['https://images.example/sofa-v1.2', 'sofa-v1-2.jpg'],
    ['https://images.example/shell.php.png', 'shell-php.jpg'],
    ['https://images.example/Lampe%20Été%20(2).jpg', 'Lampe-Ete-2.jpg'],
    ['https://images.example/電気.jpg', 'image.jpg'],
    ['https://images.example/', 'image.jpg'],
    ['https://images.example', 'image.jpg'],
    ['https://images.example/image?id=5', 'image.jpg'],
    ['https://images.example/..%2F..%2Fetc%2Fpasswd', 'etc-passwd.jpg'],
    ['https://images.example/a%00b%0d%0a.png', 'a-b.jpg'],
    ['https://images.example/.htaccess', 'htaccess.jpg'],
    ['https://images.example/-rf', 'rf.jpg'],
    ['https://images.example/100%.png', '100.jpg'],
    ['https://images.example/sofa"; filename="x.png', 'sofa-filename-x.jpg'],
    [`https://images.example/${'a'.repeat(500)}.jpg`, `${'a'.repeat(80)}.jpg`],
    ['not a URL', 'image.jpg'],
  ])('of %s is %s for a JPEG', (url, name) => {
    expect(filenameOf(url, 'image/jpeg')).toBe(name)
  })

  it('has the extension of the real type', () => {
    const types = ['image/png', 'image/svg+xml', 'image/tiff', 'application/pdf'] as const
    expect(types.map(type => filenameOf('https://images.example/lamp.jpg', type))).toEqual([
      'lamp.png',
      'lamp.svg',
      'lamp.tif',
      'lamp.pdf',
    ])
  })

  it('is safe whatever the URL is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' })), text => {
        const safe = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.webp$/
        expect(filenameOf(text, 'image/webp')).toMatch(safe)
        expect(filenameOf(`https://images.example/${text}`, 'image/webp')).toMatch(safe)
      }),
    )
  })
})
