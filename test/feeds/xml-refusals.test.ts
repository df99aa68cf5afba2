import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FeedError } from '../../src/model/errors.ts'
import { cut, openInput, read, readObjects, recordsOf, refusal, Source } from './reading.ts'
import { escaped, xmlTexts } from './xml-writing.ts'

const rss = (items: string) => `<rss><channel>\n${items}\n</channel></rss>`

async function fixOf(reading: Promise<unknown>): Promise<string | null> {
  const error = await reading.catch((error: unknown) => error)
  return error instanceof FeedError ? error.fix : null
}

describe('xml feed that is broken', () => {
  it.each([
    ['a bare &', '<item>\n<id>Nori & friends</id></item>', '3:10: a bare &'],
    ['a bare & in an attribute', '<item><link href="/?a=1&b=2"/></item>', '2:24: a bare &'],
    ['a bare & at the end of a line', '<item><id>&\n</id></item>', '2:11: a bare &'],
    ['an entity of HTML', '<item><id>电💡&nbsp;</id></item>', '2:13: &nbsp; is not defined in XML'],
    ['a number that is no character', '<item><id>&#0;</id></item>', '2:14: not XML: malformed character entity'],
    ['a number that is none', '<item><id>&#xyz;</id></item>', '2:11: a bare &'],
    ['a control character', '<item><id>\u000b</id></item>', '2:11: not XML: disallowed character "\\u{b}"'],
    ['a bare <', '<item><id>1 < 2</id></item>', '2:14: not XML: disallowed character in tag name " "'],
    ['a < in an attribute', '<item a="💡<"/></item>', '2:11: not XML: disallowed character "<"'],
    [
      'an end of CDATA without a start',
      '<item>]]></item>',
      '2:9: not XML: the string "]]>" is disallowed in char data',
    ],
    ['the wrong closing tag', '<item>\r\n<id>1</title></item>', '3:13: not XML: <id> is closed by another tag'],
    ['a tag that is not closed', '<item><id>1</item>', '2:18: not XML: <id> is closed by another tag'],
    ['an attribute without quotes', '<item a=1></item>', '2:9: not XML: unquoted attribute value'],
    ['an attribute that is there twice', '<item a="1" a="2"/>', '2:19: not XML: duplicate attribute: a'],
    ['a name with two colons', '<item><a:b:c/></item>', '2:14: not XML: malformed name: a:b:c'],
    ['a second declaration', '<item/><?xml version="1.0"?>', '2:13: not XML: an XML declaration must be at the start'],
  ])('is refused for %s, with line and column', async (_, items, message) => {
    for (const size of [1, 3, 65_536]) {
      expect(await refusal(read(rss(items), {}, size))).toMatch(new RegExp(`^stdin:${escapeRegExp(message)}`))
    }
  })

  it.each([
    ['text', `${rss('<item/>')}\n\nDone.`, '3:16: more text after the end of the XML document'],
    ['a second document', `${rss('<item/>')}\n${rss('<item/>')}`, '3:16: more text after the end of the XML document'],
    ['a second file', `${rss('<item/>')}<?xml version="1.0"?>`, '3:16: more text after the end of the XML document'],
    ['text in front', `<?xml version="1.0"?>\nHello${rss('<item/>')}`, '1:1: text in front of the root element'],
  ])('is refused for %s outside of the root element', async (_, text, message) => {
    for (const size of [1, 3, 65_536]) expect(await refusal(read(text, {}, size))).toBe(`stdin:${message}`)
  })

  it('says where a fault is, whatever stands before it and however it is cut', async () => {
    const faults = fc.constantFrom('&', '&copy;', '\u0001', '\uffff')
    const between = fc.constantFrom('', '\n', '\r\n', '\r', '<![CDATA[\n& é]]>', '<!-- 💡 -->')
    await fc.assert(
      fc.asyncProperty(xmlTexts, between, faults, fc.integer({ min: 1, max: 50 }), async (text, mark, fault, size) => {
        const start = `<rss>${mark}<item><id>${escaped(text)}`
        const lines = start.split(/\r\n|\r|\n/)
        const place = `stdin:${lines.length}:${[...(lines.at(-1) ?? '')].length + 1}: `
        const message = await refusal(read(`${start}${fault} ${escaped(text)}</id></item></rss>`, {}, size))
        expect(message.slice(0, place.length)).toBe(place)
      }),
      { numRuns: 300 },
    )
  })

  it('is refused at a bare & before anything after it is read', async () => {
    const items = Array.from({ length: 20_000 }, (_, at) => `<item><id>LMP-${at}</id></item>\n`).join('')
    const source = new Source(cut(Buffer.from(`<rss><item><id>A & B</id></item>\n${items}</rss>`), 1000))
    expect(await refusal(openInput(source))).toBe('stdin:1:18: a bare &')
    expect(source.pulled).toBeLessThan(80)
  })

  it('is refused with the fix', async () => {
    expect(await fixOf(read(rss('<item>A & B</item>')))).toBe('Write it as &amp;.')
    expect(await fixOf(read(rss('<item>&nbsp;</item>')))).toBe(
      'Write the character itself or its number, such as &#160; for &nbsp;.',
    )
  })

  it('says how far a document goes that is cut off', async () => {
    const text = '<rss><channel>\n<item><id>1</id></item>\n<item><id>2</id></item><item><id'
    for (const size of [1, 65_536]) {
      expect(await refusal(read(text, {}, size))).toBe('stdin:3:32: the XML document is cut off after 2 records')
    }
  })

  it('is refused wherever it is cut', async () => {
    const text = `<?xml version="1.0"?>
<!DOCTYPE rss SYSTEM "x>y"><!-- <rss/> --><?x y?>
<g:rss xmlns:g="http://base.google.com/ns/1.0"><channel>
<item a='1'><id><![CDATA[<item>]]></id>&amp;&#160;</item><item/></channel></g:rss >`
    expect((await read(text)).records).toHaveLength(2)
    for (let length = 1; length < text.length; length++) {
      expect(await refusal(read(text.slice(0, length)))).toMatch(/: the XML document is cut off after [0-2] record/)
    }
  })
})

describe('xml feed with entities of its own', () => {
  const bomb = (between: string) =>
    `<!DOCTYPE lolz [${between}<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><rss><item><id>&lol2;</id></item></rss>`

  it.each([
    ['in front', bomb('')],
    ['after a comment', bomb('\n<!-- > -->\n  <!ELEMENT lolz ANY>')],
    ['from a file', '<!DOCTYPE x [<!ENTITY lol SYSTEM "file:///etc/passwd">]><rss><item>&lol;</item></rss>'],
    ['for the DTD', '<!DOCTYPE x [<!ENTITY % lol SYSTEM "https://evil.example/x.dtd"> %lol;]><rss><item/></rss>'],
  ])('is refused where they are declared: %s', async (_, text) => {
    const lines = text.slice(0, text.indexOf('<!ENTITY')).split('\n')
    for (const size of [1, 65_536]) {
      expect(await refusal(read(text, {}, size))).toBe(
        `stdin:${lines.length}:${(lines.at(-1) ?? '').length + 1}: the DOCTYPE declares entities, which are not expanded`,
      )
    }
  })

  it('is read when its DOCTYPE declares something else', async () => {
    const text = '<!DOCTYPE rss [<!ELEMENT rss ANY> <!ATTLIST rss a CDATA "b">]>\n<rss><item><id>&lt;</id></item></rss>'
    expect((await readObjects(text)).records).toEqual([{ place: 'stdin:2', value: { id: '<' } }])
  })
})

describe('xml feed without records', () => {
  it('names the elements that were found, and the option', async () => {
    const text = '<shop><name>Lampenladen</name><offers><offer><id>1</id></offer><offer/></offers></shop>'
    expect(await refusal(read(text))).toBe(
      'stdin has no records: there is no <item> or <entry>; ' +
        'the document has shop, shop.name, shop.offers, shop.offers.offer, shop.offers.offer.id',
    )
    expect(await fixOf(read(text))).toBe('Say which element is a record, such as --records shop.offers.offer.')
    expect(await refusal(read(text, { records: 'shop.offer' }))).toMatch(
      /^stdin has no records: there is no element "shop.offer"; the document has shop, /,
    )
  })

  it('names the first elements only, and nothing that could drive a terminal', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => `<lamp-${at}/>`).join('')
    expect(await refusal(read(`<lamps>${many}</lamps>`))).toMatch(/lamps\.lamp-10$/)
    expect(await refusal(read(`<lamps><a\u200d/><${'x'.repeat(5000)}/></lamps>`))).toMatch(
      /the document has lamps, lamps\.a\\u\{200d\}, lamps\.x{53}…$/,
    )
  })
})

describe('xml feed that is too much', () => {
  it('is refused for more than 64 levels, inside and outside of records', async () => {
    const nested = (levels: number) => `${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}`
    expect((await read(`<rss><item>${nested(62)}</item></rss>`)).records).toHaveLength(1)
    expect(await refusal(read(`<rss><item>${nested(63)}</item></rss>`))).toBe(
      'stdin:1:200: nested more than 64 levels deep',
    )
    expect(await refusal(read(`<rss>${nested(100_000)}</rss>`))).toBe('stdin:1:197: nested more than 64 levels deep')
  })

  it.each([
    ['a comment', '<rss><!--'],
    ['a text', '<rss><channel><title>'],
    ['a CDATA section', '<rss><![CDATA['],
    ['a tag', '<rss><'],
    ['an attribute', '<rss a="'],
    ['a processing instruction', '<?'],
    ['a DOCTYPE', '<!DOCTYPE '],
  ])('is refused for %s that does not end', async (_, start) => {
    const source = new Source(endless(start))
    expect(await refusal(openInput(source).then(recordsOf))).toBe('stdin: a tag, comment or text of more than 1 MiB')
    expect(source.pulled).toBeLessThan(30)
  })

  it('counts the bytes of a record, however it is cut', async () => {
    const feed = (bytes: number) => `<rss><item>${'é'.repeat(bytes / 2)}</item><item/></rss>`
    for (const size of [1000, 65_536, 2_000_000]) {
      expect((await read(feed(1024 * 1024 - 100), {}, size)).records).toHaveLength(2)
      expect(await refusal(read(feed(1024 * 1024), {}, size))).toBe('stdin:1: a record of more than 1 MiB')
    }
  })

  it('keeps nothing of what is around the records', async () => {
    const around = `<log>${'x'.repeat(50_000)}</log>`
    const text = `<rss>${around.repeat(50)}<item><id>1</id></item>${around.repeat(50)}</rss>`
    expect((await readObjects(text)).records).toEqual([{ place: 'stdin:1', value: { id: '1' } }])
  })
})

function* endless(start: string): Generator<Uint8Array> {
  yield Buffer.from(start)
  for (;;) yield Buffer.alloc(65_536, 'x')
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
