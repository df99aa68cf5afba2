import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageUrl } from '../../src/catalog/image-url.ts'

const BASE = 'https://media.example/catalog/'

describe('image URL', () => {
  it.each([
    'https://cdn.example.com/lamp.jpg',
    'http://cdn.example.com/lamp.jpg',
    'HTTPS://CDN.Example.com/Lamp.JPG',
    'https://cdn.example.com/a%20b%C3%A4.jpg',
    'https://cdn.example.com/100%.jpg',
    'https://cdn.example.com:8443/a,b;c|d.jpg?w=1&h=2#top',
    'https://cdn.example.com/fetch/https://other.example.com/lamp.jpg',
    'https://cdn.example.com/?url=https%3A%2F%2Fother.example.com',
    'https://user:pass@cdn.example.com/lamp.jpg',
    'https://xn--mbel-5qa.example/lamp.jpg',
    'https://192.0.2.1/lamp.jpg',
    'https://[2001:db8::1]/lamp.jpg',
    'https://cdn.example.com',
  ])('stays as it was written: %s', text => {
    expect(imageUrl(text, null)).toEqual({ ok: true, url: text, encoded: false })
    expect(imageUrl(text, BASE)).toEqual({ ok: true, url: text, encoded: false })
  })

  it.each([
    ['https://cdn.example.com/red lamp.jpg', 'https://cdn.example.com/red%20lamp.jpg'],
    ['https://cdn.example.com/Stühle%20neu.jpg', 'https://cdn.example.com/St%C3%BChle%20neu.jpg'],
    ['https://cdn.example.com/電気.jpg?q=ü', 'https://cdn.example.com/%E9%9B%BB%E6%B0%97.jpg?q=%C3%BC'],
    ['https://cdn.example.com/a\tb\u0000c.jpg', 'https://cdn.example.com/a%09b%00c.jpg'],
    ['https://cdn.example.com/half\ud83d.jpg', 'https://cdn.example.com/half%EF%BF%BD.jpg'],
    ['https://möbel.example/lamp.jpg', 'https://xn--mbel-5qa.example/lamp.jpg'],
    ['https://ann@möbel.example:8443/Stühle.jpg', 'https://ann@xn--mbel-5qa.example:8443/St%C3%BChle.jpg'],
  ])('percent-encodes, once, what no URL may hold: %s', (text, url) => {
    expect(imageUrl(text, null)).toEqual({ ok: true, url, encoded: true })
  })

  it.each([
    ['lamp.jpg', 'https://media.example/catalog/lamp.jpg'],
    ['l/a/lamp.jpg', 'https://media.example/catalog/l/a/lamp.jpg'],
    ['./lamp.jpg', 'https://media.example/catalog/lamp.jpg'],
    ['/lamp.jpg', 'https://media.example/catalog/lamp.jpg'],
    ['/l/a/lamp.jpg', 'https://media.example/catalog/l/a/lamp.jpg'],
    ['../lamp.jpg', 'https://media.example/lamp.jpg'],
    ['//cdn.example.com/lamp.jpg', 'https://cdn.example.com/lamp.jpg'],
    ['red lamp.jpg', 'https://media.example/catalog/red%20lamp.jpg'],
    ['red%20lamp.jpg', 'https://media.example/catalog/red%20lamp.jpg'],
    ['Stühle.jpg?v=1', 'https://media.example/catalog/St%C3%BChle.jpg?v=1'],
  ])('is resolved against the base: %s', (text, url) => {
    expect(imageUrl(text, BASE)).toEqual({ ok: true, url, encoded: false })
  })

  it.each(['https://media.example/catalog', 'https://media.example/catalog/', 'https://media.example/catalog//'])(
    'is counted from the base as from a folder, however that ends: %s',
    base => {
      const urls = ['lamp.jpg', '/lamp.jpg'].map(text => imageUrl(text, base))
      const lamp = { ok: true, url: 'https://media.example/catalog/lamp.jpg', encoded: false }
      expect(urls).toEqual([lamp, lamp])
    },
  )

  it.each(['lamp.jpg', '/img/lamp.jpg', '//cdn.example.com/a.jpg', 'www.example.com/a.jpg'])(
    'is refused without a base: %s',
    text => {
      const message = `"${text}" is not a complete URL.`
      expect(imageUrl(text, null)).toEqual({ ok: false, message, fix: 'Name its base with --image-base-url.' })
    },
  )

  it('may be a part of a longer one, when it was found in a list', () => {
    expect(imageUrl('h_300', null, true)).toEqual({
      ok: false,
      message: '"h_300" is not a complete URL.',
      fix: 'Name its base with --image-base-url. If it is a part of a longer URL, name the text between the URLs with --separator.',
    })
  })

  it.each([
    ['ftp://cdn.example.com/lamp.jpg', 'is not an http or https URL'],
    ['data:image/png;base64,iVBORw0KGgo=', 'is not an http or https URL'],
    ['javascript:alert(1)', 'is not an http or https URL'],
    ['file:///etc/passwd', 'is not an http or https URL'],
    ['C:\\pictures\\lamp.jpg', 'is not an http or https URL'],
    ['https:/cdn.example.com/lamp.jpg', 'is not an http or https URL'],
  ])('is refused, with a base too: %s', (text, why) => {
    const refused = { ok: false, message: `"${text}" ${why}.`, fix: 'Put the address of the image there.' }
    expect(imageUrl(text, null)).toEqual(refused)
    expect(imageUrl(text, BASE)).toEqual(refused)
  })

  it.each([
    ['https://', 'is not a valid URL'],
    ['https:///media/lamp.jpg', 'is not a valid URL'],
    ['https://?x', 'is not a valid URL'],
    ['https://cdn example.com/lamp.jpg', 'is not a valid URL'],
    ['https://cdn.example.com:99999/lamp.jpg', 'is not a valid URL'],
    ['https://[::1/lamp.jpg', 'is not a valid URL'],
  ])('is refused, with a base too: %s', (text, why) => {
    const refused = { ok: false, message: `"${text}" ${why}.`, fix: 'Correct it in the feed.' }
    expect(imageUrl(text, null)).toEqual(refused)
    expect(imageUrl(text, BASE)).toEqual(refused)
  })

  it.each([
    ['|', '|'],
    [',', ','],
    [';', ';'],
    [' ', ' '],
    ['\n', ' '],
    [' | ', '|'],
    [', ', ','],
    [';  \n', ';'],
  ])('is refused when a cell holds several, divided by %j', (between, separator) => {
    const text = `https://cdn.example.com/a.jpg${between}https://cdn.example.com/b.jpg`
    expect(imageUrl(text, BASE)).toEqual({
      ok: false,
      message: `"${text}" looks like several images in one cell.`,
      fix: `Say what separates them: --separator "${separator}".`,
    })
  })

  it.each([
    ['a.jpg,b.jpg', ','],
    ['l/a.jpg | l/b.PNG', '|'],
    ['https://cdn.example.com/a.webp;b.webp', ';'],
    ['a.jpg, b.jpg, c.jpg', ','],
  ])('is refused when it names several files: %s', (text, separator) => {
    expect(imageUrl(text, BASE)).toEqual({
      ok: false,
      message: `"${text}" looks like several images in one cell.`,
      fix: `Say what separates them: --separator "${separator}".`,
    })
  })

  it.each([
    'https://res.example/w_400,h_300/lamp.jpg',
    'https://res.example/lamp,large.jpg',
    'https://res.example/lamp.jpg?sizes=a,b',
    'https://res.example/lamp.jpg,w_400',
  ])('may hold what separates images elsewhere: %s', text => {
    expect(imageUrl(text, null)).toEqual({ ok: true, url: text, encoded: false })
  })

  it('shows only the beginning of a long text when it is refused', () => {
    const answer = imageUrl(`ftp://cdn.example.com/${'x'.repeat(1000)}`, null)
    expect(answer).toMatchObject({ ok: false, message: expect.stringMatching(/^"ftp:.{100,150}…" is not an http/) })
  })

  it.each([
    ['blanks', `https://cdn.example.com/${' '.repeat(1_000_000)}x`],
    ['blanks before another', `https://cdn.example.com/${' '.repeat(1_000_000)}https://cdn.example.com/`],
    ['commas', `https://cdn.example.com/${','.repeat(1_000_000)}`],
    ['letters', 'a'.repeat(1_000_000)],
    ['umlauts', `https://cdn.example.com/${'ü'.repeat(300_000)}`],
    ['colons', `https${':'.repeat(1_000_000)}`],
    ['file names', 'a.jpg,'.repeat(170_000)],
    ['slashes', `https://cdn.example.com${'/'.repeat(1_000_000)}`],
  ])('is judged quickly, even a megabyte of %s', (_, text) => {
    const start = performance.now()
    imageUrl(text, null)
    imageUrl(text, BASE)
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('takes no host that is none, however usual it looks', () => {
    const hosts = fc.string({ unit: fc.constantFrom(...'ax0.n-1:9'), minLength: 1, maxLength: 14 })
    fc.assert(
      fc.property(hosts, host => {
        const url = `https://${host}.com/lamp.jpg`
        expect(imageUrl(url, null).ok).toBe(URL.canParse(url))
        expect(imageUrl(`https://${host}/lamp.jpg`, null).ok).toBe(URL.canParse(`https://${host}/lamp.jpg`))
      }),
      { numRuns: 500 },
    )
  })

  it('is a plain http or https URL or a refusal, whatever the text is', () => {
    const texts = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map(text => `https://cdn.example.com/${text}`),
      fc.string({ unit: 'binary' }).map(text => `https://${text}`),
    )
    fc.assert(
      fc.property(texts, fc.constantFrom(null, BASE), (text, base) => {
        const answer = imageUrl(text, base)
        if (!answer.ok) return
        expect(answer.url).toMatch(/^https?:\/\/[\x21-\x7e]+$/i)
        expect(URL.canParse(answer.url)).toBe(true)
        expect(imageUrl(answer.url, base)).toEqual({ ok: true, url: answer.url, encoded: false })
      }),
    )
  })
})
