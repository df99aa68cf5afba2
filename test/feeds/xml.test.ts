import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeFeed } from './contract.ts'
import { openInput, read, readObjects, recordsOf, Source } from './reading.ts'
import { escaped, GOOGLE, inCdata, inNumbers, isXmlText, xmlTexts } from './xml-writing.ts'

describeFeed({
  format: 'xml',
  write: ({ columns, rows }, lineEnd) => {
    fc.pre(rows.flat().every(isXmlText))
    const items = rows.map(row => {
      const elements = columns.map((column, at) => `<${column}>${escaped(row[at] ?? '')}</${column}>`)
      return `<item>${elements.join('')}</item>`
    })
    const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<rss><channel>', ...items, '</channel></rss>']
    return lines.map(line => line + lineEnd).join('')
  },
  place: index => `stdin:${index + 3}`,
  withoutRecords: [
    '<rss><channel><title>Lampenladen</title></channel></rss>',
    '<feed/>',
    '<products><product/></products>',
  ],
  noticesCuts: true,
})

const rss = (items: string) => `<rss version="2.0" xmlns:g="${GOOGLE}"><channel>${items}</channel></rss>`

/** What the one record of an RSS feed becomes. */
async function readItem(item: string): Promise<unknown> {
  const { records } = await readObjects(rss(item))
  expect(records).toHaveLength(1)
  return records[0]?.value
}

describe('xml feed', () => {
  it('reads Google Merchant RSS 2.0', async () => {
    const text = `<?xml version="1.0"?>
<rss version="2.0" xmlns:g="${GOOGLE}">
  <channel>
    <title>Lampenladen</title>
    <item>
      <g:id>007</g:id>
      <title>Nori &amp; friends &#8212; „Été“</title>
      <description><![CDATA[<b>New</b> & bright]]></description>
      <link>https://shop.example.com/007?a=1&amp;b=2</link>
      <g:image_link>https://images.example.com/007/1.jpg</g:image_link>
      <g:additional_image_link>https://images.example.com/007/2.jpg</g:additional_image_link>
      <g:additional_image_link>https://images.example.com/007/3.jpg</g:additional_image_link>
      <g:shipping>
        <g:country>DE</g:country>
        <g:price>4.90 EUR</g:price>
      </g:shipping>
      <g:sale_price/>
    </item>
    <item><g:id>LMP-2</g:id></item>
  </channel>
</rss>
`
    expect(await readObjects(text)).toEqual({
      format: 'xml',
      notes: ['records at "rss.channel.item"', 'namespace http://base.google.com/ns/1.0 as "g:"'],
      records: [
        {
          place: 'stdin:5',
          value: {
            'g:id': '007',
            title: 'Nori & friends — „Été“',
            description: '<b>New</b> & bright',
            link: 'https://shop.example.com/007?a=1&b=2',
            'g:image_link': 'https://images.example.com/007/1.jpg',
            'g:additional_image_link': ['https://images.example.com/007/2.jpg', 'https://images.example.com/007/3.jpg'],
            'g:shipping': { 'g:country': 'DE', 'g:price': '4.90 EUR' },
            'g:sale_price': '',
          },
        },
        { place: 'stdin:19', value: { 'g:id': 'LMP-2' } },
      ],
    })
  })

  it('reads Atom, whose links are attributes', async () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:goo="${GOOGLE}">
<entry>
<id>tag:shop.example.com,2026:1</id><goo:id>LMP-1</goo:id>
<link rel="alternate" href="https://shop.example.com/1"/><link rel="enclosure" href="https://images.example.com/1.jpg"> </link>
</entry></feed>`
    expect(await readObjects(text)).toEqual({
      format: 'xml',
      notes: ['records at "feed.entry"', 'namespace http://base.google.com/ns/1.0 as "g:"'],
      records: [
        {
          place: 'stdin:2',
          value: {
            id: 'tag:shop.example.com,2026:1',
            'g:id': 'LMP-1',
            link: [
              { rel: 'alternate', href: 'https://shop.example.com/1' },
              { rel: 'enclosure', href: 'https://images.example.com/1.jpg' },
            ],
          },
        },
      ],
    })
  })

  it('reads RSS 1.0', async () => {
    const text = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:g="${GOOGLE}">
<channel rdf:about="https://shop.example.com/"><items><rdf:Seq><rdf:li rdf:resource="https://shop.example.com/1"/></rdf:Seq></items></channel>
<item rdf:about="https://shop.example.com/1"><title>Nori</title><g:id>LMP-1</g:id></item>
</rdf:RDF>`
    const { notes, records } = await readObjects(text)
    expect(notes[0]).toBe('records at "RDF.item"')
    expect(records).toEqual([
      { place: 'stdin:3', value: { title: 'Nori', 'g:id': 'LMP-1', '@about': 'https://shop.example.com/1' } },
    ])
  })

  it('reads plain elements without any namespace', async () => {
    const text =
      '<rss><channel><item><id>LMP-1</id><image_link>https://a.example/1.jpg</image_link></item></channel></rss>'
    expect(await readObjects(text)).toEqual({
      format: 'xml',
      notes: ['records at "rss.channel.item"'],
      records: [{ place: 'stdin:1', value: { id: 'LMP-1', image_link: 'https://a.example/1.jpg' } }],
    })
  })

  it.each([
    ['products.item', '<products><item><id>1</id></item></products>'],
    ['products.entry', '<products><entry><id>1</id></entry></products>'],
    ['channel.item', '<channel><item><id>1</id></item></channel>'],
    ['rss.item', '<rss><channel/><item><id>1</id></item></rss>'],
    ['x.rss.channel.item', '<x><rss><channel><item><id>1</id></item></channel></rss></x>'],
  ])('takes the items of %s, but none that are deeper', async (path, text) => {
    const { notes, records } = await readObjects(text.replace('<id>', '<item><item/></item><id>'))
    expect({ notes, records }).toEqual({
      notes: [`records at "${path}"`],
      records: [{ place: 'stdin:1', value: { item: { item: '' }, id: '1' } }],
    })
  })

  it.each(['shop.offers.offer', 'y:shop.offers.y:offer'])(
    'takes the elements at the configured path %s',
    async path => {
      const text = `<y:shop xmlns:y="https://shop.example.com/offers">
<item>no</item><y:offer>no</y:offer><y:offers>
<y:offer id="1" available="true"><y:picture>https://a.example/1.jpg</y:picture><y:picture>https://a.example/2.jpg</y:picture></y:offer>
<y:offer id="2" picture="https://a.example/3.jpg"/>
<y:offer><y:offer>a part</y:offer></y:offer>
<y:offer>text only</y:offer><y:offer></y:offer></y:offers></y:shop>`
      const { notes, records } = await readObjects(text, { records: path })
      expect({ notes, records }).toEqual({
        notes: ['records at "shop.offers.offer"'],
        records: [
          {
            place: 'stdin:3',
            value: {
              picture: ['https://a.example/1.jpg', 'https://a.example/2.jpg'],
              '@id': '1',
              '@available': 'true',
            },
          },
          { place: 'stdin:4', value: { id: '2', picture: 'https://a.example/3.jpg' } },
          { place: 'stdin:5', value: { offer: 'a part' } },
          { place: 'stdin:6', value: {} },
          { place: 'stdin:6', value: {} },
        ],
      })
    },
  )

  it("calls Google's elements g: by any prefix, none included", async () => {
    const { records } = await readObjects(
      `<x:rss xmlns:x="${GOOGLE}"><channel>
<item><x:id>1</x:id></item>
<item xmlns:x="https://base.google.com/ns/1.0/"><x:id>2</x:id></item>
<item><id xmlns="${GOOGLE}">3</id></item>
<item xmlns:g="https://glamour.example/"><g:id>4</g:id></item>
</channel></x:rss>`,
    )
    expect(records.map(({ value }) => value)).toEqual([{ 'g:id': '1' }, { 'g:id': '2' }, { 'g:id': '3' }, { id: '4' }])
  })

  it('takes an undeclared g: for Google, keeps other undeclared prefixes, and says so', async () => {
    const text =
      '<rss><channel><item><g:id>LMP-1</g:id><media:content url="https://a.example/1.jpg" x:y="z"/></item></channel></rss>'
    expect(await readObjects(text)).toEqual({
      format: 'xml',
      notes: [
        'records at "rss.channel.item"',
        'namespace http://base.google.com/ns/1.0 as "g:"',
        'prefix "g" is not declared, taken for Google\'s',
        'prefix "media" is not declared',
        'prefix "x" is not declared',
      ],
      records: [
        {
          place: 'stdin:1',
          value: { 'g:id': 'LMP-1', 'media:content': { url: 'https://a.example/1.jpg', 'x:y': 'z' } },
        },
      ],
    })
  })

  it('says of a prefix that it is not declared even when it turns up only later', async () => {
    const feed = await openInput(new Source([Buffer.from(rss(`${'<item/>'.repeat(1000)}<item><x:a/></item>`))]))
    expect(feed.notes).toEqual(['records at "rss.channel.item"'])
    await recordsOf(feed)
    expect(feed.notes).toEqual(['records at "rss.channel.item"', 'prefix "x" is not declared'])
  })

  it.each([
    ['<a>one</a><b/><a>two</a><a></a>', { a: ['one', 'two', ''], b: '' }],
    ['<a>one<![CDATA[ & <two>]]> three<!-- no -->&#x21;</a>', { a: 'one & <two> three!' }],
    ['<a> \n </a>', { a: ' \n ' }],
    ['<a b="1">text</a>', { a: 'text' }],
    ['<a b="1">\n</a>', { a: { b: '1' } }],
    ['<a b="1"><c>2</c></a>', { a: { c: '2', '@b': '1' } }],
    ['<a>https://a.example/1.jpg<alt>Front</alt></a>', { a: { alt: 'Front', '#text': 'https://a.example/1.jpg' } }],
    ['<a xmlns="https://a.example/" xmlns:b="https://b.example/"/>', { a: '' }],
    ['<a b="x &amp; &lt;y&gt; &quot;z&quot;"/>', { a: { b: 'x & <y> "z"' } }],
  ])('makes values of %j', async (item, value) => {
    expect(await readItem(`<item>${item}</item>`)).toEqual(value)
  })

  it('takes names such as __proto__ and constructor for what they are', async () => {
    const value = await readItem(
      '<item><__proto__>1</__proto__><constructor><__proto__ __proto__="2"/></constructor><toString/><hasOwnProperty/></item>',
    )
    expect(JSON.stringify(value)).toBe(
      '{"__proto__":"1","constructor":{"__proto__":{"__proto__":"2"}},"toString":"","hasOwnProperty":""}',
    )
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  it('knows the line a record starts on, whatever its tag looks like', async () => {
    const text =
      '<rss>\r\n<channel>\r\n\r<item\r\n>\r\n</item><item\nid="1"/>\n<item>\n\n</item>\n<item\n/></channel></rss>'
    for (const size of [1, 2, 65_536]) {
      const { records } = await read(text, {}, size)
      expect(records.map(({ place }) => place)).toEqual(['stdin:4', 'stdin:6', 'stdin:8', 'stdin:11'])
    }
  })

  it('takes blank lines in front of the XML declaration, and counts them', async () => {
    expect((await readObjects('\r\n\n  <?xml version="1.0"?>\n<rss><item><id>1</id></item></rss>')).records).toEqual([
      { place: 'stdin:4', value: { id: '1' } },
    ])
  })

  it('takes comments, processing instructions and a bare DOCTYPE', async () => {
    const text = `<?xml version="1.1" standalone="yes"?>
<!-- & < &nbsp; <!ENTITY ]]> -->
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<?xml-stylesheet href="feed.xsl?a=1&b" <item> ?>
${rss('<?php echo "&" ?><item><!-- -> ?> --><id>1<![CDATA[ & &nbsp; <!-- ]] > ?>]]></id></item>')}
<!-- & the end -->`
    for (const size of [1, 5, 65_536]) {
      expect((await read(text, {}, size)).records).toEqual([
        { place: 'stdin:5', value: { id: '1 & &nbsp; <!-- ]] > ?>' } },
      ])
    }
  })

  it('says what was found out about the bytes too', async () => {
    const { notes } = await readObjects(Buffer.from(`\ufeff${rss('<item><g:id>1</g:id></item>')}`, 'utf16le'))
    expect(notes).toEqual([
      'encoding utf-16le',
      'records at "rss.channel.item"',
      'namespace http://base.google.com/ns/1.0 as "g:"',
    ])
  })

  it('reads any records back that are written as Google RSS, whatever the prefix, the style and the chunks', async () => {
    const lamp = fc.record({
      id: xmlTexts,
      title: xmlTexts,
      images: fc.array(xmlTexts, { maxLength: 4 }),
      shipping: fc.option(fc.record({ country: xmlTexts, price: xmlTexts })),
    })
    const style = fc.record({
      prefix: fc.constantFrom('g', 'goo', '_1', 'é', ''),
      write: fc.constantFrom(escaped, inCdata, inNumbers),
      between: fc.constantFrom('', '\n', '\r\n', '\r', ' <!-- & --> ', '\n<?x &?>'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(lamp, { minLength: 1, maxLength: 5 }),
        style,
        fc.integer({ min: 1, max: 60 }),
        async (lamps, { prefix, write, between }, size) => {
          const google = (name: string, content: string) =>
            prefix === ''
              ? `<${name} xmlns="${GOOGLE}">${content}</${name}>`
              : `<${prefix}:${name}>${content}</${prefix}:${name}>`
          let text = `<rss${prefix === '' ? '' : ` xmlns:${prefix}="${GOOGLE}"`}><channel>${between}`
          const expected = lamps.map(({ id, title, images, shipping }) => {
            const line = text.split(/\r\n|\r|\n/).length
            const elements = [
              google('id', write(id)),
              `<title>${write(title)}</title>`,
              ...images.map(image => google('additional_image_link', write(image))),
              ...(shipping === null
                ? []
                : [
                    google(
                      'shipping',
                      google('country', write(shipping.country)) + google('price', write(shipping.price)),
                    ),
                  ]),
            ]
            text += `<item>${between}${elements.join(between)}${between}</item>${between}`
            return {
              place: `stdin:${line}`,
              value: {
                'g:id': id,
                title,
                ...(images.length > 0 && { 'g:additional_image_link': images.length === 1 ? images[0] : images }),
                ...(shipping !== null && {
                  'g:shipping': { 'g:country': shipping.country, 'g:price': shipping.price },
                }),
              },
            }
          })
          text += `</channel></rss>${between}`
          const { records } = await read(text, {}, size)
          expect(records).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  })
})
