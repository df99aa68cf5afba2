import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { CheckReport } from '../../src/model/report.ts'
import { table } from '../../src/reporters/formats/table.ts'
import type { Look } from '../../src/reporters/reporter.ts'
import { widthOf } from '../../src/reporters/text/width.ts'
import { aCheck, aFeed, aFile, aProblem, aProduct, LOOK } from './documents.ts'

function render(check: CheckReport, look: Partial<Look> = {}): string {
  return [...table.render(check, { ...LOOK, ...look })].join('')
}

const encoded = {
  reason: 'url-encoded',
  count: 7,
  message: '"https://img.example/a b.jpg" is sent as https://img.example/a%20b.jpg',
  places: ['furniture.csv:3', 'furniture.csv:5', 'furniture.csv:8', 'furniture.csv:9', 'furniture.csv:12'],
}

const twice = {
  reason: 'duplicate-image',
  count: 1,
  message: 'LAMP-1 names 1 image more than once; each keeps its first place (https://img.example/a.jpg)',
  places: ['furniture.csv:2'],
}

/** Three kinds of problems, one of them in 42 records. */
const PROBLEMS = [
  aProblem({ reason: 'code-missing', message: 'The record has no product code.', fix: 'Fill in "sku".', code: null }),
  ...Array.from({ length: 42 }, (_, at) =>
    aProblem({
      code: `SOFA-${at + 7}`,
      message: `"${at + 7}.jpg" is not a complete URL.`,
      source: `furniture.csv:${at + 8}`,
    }),
  ),
  aProblem({
    reason: 'code-invalid',
    message: 'The code "1.2E+12" is a number that a spreadsheet has shortened; its digits are lost.',
    fix: 'Format the column as text, not as a number, and export again.',
    code: '1.2E+12',
    source: 'furniture.csv:60',
  }),
]

describe('table of a check', () => {
  it('says of a good feed what was detected, what it holds, what will be sent, and what comes next', () => {
    expect(render(aCheck())).toMatchInlineSnapshot(`
      "furniture.csv
        format      CSV, UTF-8, delimiter ";"
        preset      generic (usual column names)
        code        sku
        images      image_1, image_2

      Contents
        records    7
        products   6
        images    13  1 to 4 per product, 2.2 on average

      The first product as it will be sent
        LAMP-1  2 images  furniture.csv:2
          1  https://img.example/lamp-1/front.jpg
          2  https://img.example/lamp-1/side.jpg

      ✓ 6 products can be sent, none is rejected.
      Next: assetsync plan furniture.csv
      "
    `)
  })

  it('says of a bad one each cause once: how often, what to do, and where', () => {
    const feed = aFeed({
      records: 1250,
      products: 1204,
      images: 3120,
      rejected: 44,
      withoutImages: 2,
      warnings: [encoded, twice],
    })
    const next = 'assetsync check furniture.csv --rejects rejects.csv'
    expect(render(aCheck(PROBLEMS, { feed, next }))).toMatchInlineSnapshot(`
      "furniture.csv
        format      CSV, UTF-8, delimiter ";"
        preset      generic (usual column names)
        code        sku
        images      image_1, image_2

      Contents
        records         1,250
        products        1,204
        images          3,120  1 to 4 per product, 2.6 on average
        without images      2  what the targets hold of them stays as it is
        rejected           44
        warnings            8

      The first product as it will be sent
        LAMP-1  2 images  furniture.csv:2
          1  https://img.example/lamp-1/front.jpg
          2  https://img.example/lamp-1/side.jpg

      ! rejected  42 × url-invalid: "…" is not a complete URL.
          → Name its base with --image-base-url.
          furniture.csv:8   SOFA-7   "7.jpg"
          furniture.csv:9   SOFA-8   "8.jpg"
          furniture.csv:10  SOFA-9   "9.jpg"
          furniture.csv:11  SOFA-10  "10.jpg"
          furniture.csv:12  SOFA-11  "11.jpg"
          and 37 more
      ! rejected  code-missing: The record has no product code.
          → Fill in "sku".
          furniture.csv:4
      ! rejected  code-invalid: The code "1.2E+12" is a number that a spreadsheet has
          shortened; its digits are lost.
          → Format the column as text, not as a number, and export again.
          furniture.csv:60  1.2E+12

      ! warning  7 × url-encoded, for example: "https://img.example/a b.jpg" is sent
          as https://img.example/a%20b.jpg
          furniture.csv:3, furniture.csv:5, furniture.csv:8, furniture.csv:9,
          furniture.csv:12 and 2 more
      ! warning  duplicate-image: LAMP-1 names 1 image more than once; each keeps its
          first place (https://img.example/a.jpg)
          furniture.csv:2

      ! 1,204 products can be sent, 44 are rejected.
      Next: assetsync check furniture.csv --rejects rejects.csv
      "
    `)
  })

  it('lists everything that is rejected when verbose', () => {
    const text = render(aCheck(PROBLEMS), { verbose: true })
    const [, list = ''] = text.split('Everything that is rejected\n')
    expect(list.split('\n\n')[0]?.split('\n')).toEqual(
      PROBLEMS.map(({ source, code, message }) => `  ${source}  ${code ?? '(no code)'}  ${message}`),
    )
  })

  it('says it in ASCII where the terminal has no Unicode', () => {
    const dropped = {
      ...aProduct(),
      gallery: [`https://img.example/${'long/'.repeat(20)}a.jpg`],
      dropped: 'Left out: "b".',
    }
    const text = render(aCheck(PROBLEMS, { sample: [dropped], feed: aFeed({ warnings: [encoded] }) }), {
      unicode: false,
    })
    expect(text).toMatch(/^[\n -~]*$/)
  })

  it('colours words only when asked to, and changes nothing else', () => {
    const check = aCheck(PROBLEMS, { feed: aFeed({ warnings: [twice] }) })
    const colored = render(check, { color: true })
    expect(colored).toContain('\u001b[33m! rejected\u001b[39m')
    expect(stripVTControlCharacters(colored)).toBe(render(check))
  })

  it('names its next step as it is typed, whatever the width', () => {
    const next = `assetsync plan ${'"a very long name.csv" '.repeat(5)}`
    expect(render(aCheck([], { next })).trimEnd().split('\n').at(-1)).toBe(`Next: ${next}`.trimEnd())
  })

  it('has no next step where nobody types', () => {
    expect(
      render(aCheck([], { next: null }))
        .trimEnd()
        .split('\n')
        .at(-1),
    ).toBe('✓ 6 products can be sent, none is rejected.')
  })

  it('is not content when nothing of what was asked for can be sent', () => {
    const selected = { products: 0, images: 0, fewest: 0, most: 0, rejected: 1 }
    expect(render(aCheck([aProblem()], { selected, sample: [] }))).toContain('\n✗ Nothing here can be sent.\n')
  })

  it('says what --only and --limit leave', () => {
    const selected = { products: 2, images: 5, fewest: 2, most: 3, rejected: 0 }
    const text = render(aCheck([], { feed: aFeed({ rejected: 0 }), selected }))
    expect(text).toContain('  images     13\n')
    expect(text).toContain('  looked at   2  with 2 to 3 per product, 2.5 on average: what --only and --limit leave\n')
    expect(text).toContain('✓ 2 products can be sent, none is rejected.')
  })

  it('shows each way of being written once, however many files are alike', () => {
    const alike = Array.from({ length: 7 }, (_, at) => aFile(`shop-${at + 1}.csv`))
    const other = aFile('old.csv', { notes: ['gzip', 'encoding windows-1252', 'delimiter tab', 'code column: SKU'] })
    const objects = aFile('new.json', { format: 'json', notes: ['records at "products"', 'code path: variants[].sku'] })
    const [detected] = render(aCheck([], { detected: [...alike, other, objects] })).split('\nContents\n')
    expect(detected).toMatchInlineSnapshot(`
      "shop-1.csv, shop-2.csv, shop-3.csv, shop-4.csv, shop-5.csv and 2 more, all alike
        format      CSV, UTF-8, delimiter ";"
        preset      generic (usual column names)
        code        sku
        images      image_1, image_2
      old.csv
        format      CSV, gzip, encoding windows-1252, delimiter tab
        code        SKU
      new.json
        format      JSON, UTF-8, records at "products"
        code        variants[].sku
      "
    `)
  })

  it('describes ten kinds of files, and all of them when verbose', () => {
    const detected = Array.from({ length: 12 }, (_, at) => aFile(`${at}.csv`, { notes: [`header on line ${at}`] }))
    expect(render(aCheck([], { detected }))).toContain('and 2 more files (--verbose describes them all)\n')
    expect(render(aCheck([], { detected }), { verbose: true })).toContain('header on line 11\n')
  })

  it('keeps every known kind of note under its label, and all others with the format', () => {
    const notes = [
      'delimiter ;, as its first line says',
      'header on line 3',
      'preset: shopify, by the columns Handle, Image Src',
      'image columns: Image Src',
      'position column: Image Position',
      'images separated by "|"',
      'media base: https://cdn.example.com/',
      'code column: Handle ("Variant SKU" is blank in every record)',
    ]
    const [detected] = render(aCheck([], { detected: [aFile('a.csv', { notes })] })).split('\nContents\n')
    expect(detected).toMatchInlineSnapshot(`
      "a.csv
        format      CSV, UTF-8, delimiter ";", as its first line says, header on line
                    3
        preset      shopify, by the columns Handle, Image Src
        code        Handle ("Variant SKU" is blank in every record)
        images      Image Src
        position    Image Position
        separator   "|"
        media base  https://cdn.example.com/
      "
    `)
  })

  it('wraps and shortens to the terminal, wide characters included, and to nothing when it is a file', () => {
    const long = `https://img.example/${'lamps/'.repeat(30)}front.jpg`
    const check = aCheck([aProblem({ code: '椅子'.repeat(30), fix: 'Do this. '.repeat(20) })], {
      detected: [aFile('furniture.csv', { notes: [`image columns: ${'image_1, '.repeat(40)}image_41`] })],
      sample: [aProduct({ code: '椅子'.repeat(30), gallery: [long, '/椅子/'.repeat(30)] })],
      feed: aFeed({ warnings: [{ ...twice, message: 'This was said. '.repeat(20) }] }),
      next: null,
    })
    expect(
      render(check)
        .split('\n')
        .filter(line => widthOf(line) > 80),
    ).toEqual([])
    expect(render(check, { width: Number.POSITIVE_INFINITY })).toContain(`    1  ${long}\n`)
    expect(render(check, { verbose: true })).toContain(`    1  ${long}\n`)
    expect(render(check)).toMatch(/ {4}1 {2}https:\/\/img\.example\/lamps.*….*\/front\.jpg\n/)
  })

  it('shows the first images of a large gallery, and all of them when verbose', () => {
    const gallery = Array.from({ length: 30 }, (_, at) => `https://img.example/${at + 1}.jpg`)
    const check = aCheck([], { sample: [aProduct({ gallery })] })
    expect(render(check)).toContain('    8  https://img.example/8.jpg\n    and 22 more\n')
    expect(render(check, { verbose: true })).toContain('    30  https://img.example/30.jpg\n')
  })

  it('says of a product that lost an image why', () => {
    const dropped = 'Left out: "front.jpg" is not a complete URL. (furniture.csv:2)'
    expect(render(aCheck([], { sample: [aProduct({ dropped })] }))).toContain(`    ! ${dropped}\n`)
  })

  it('names twenty causes, and counts the rest', () => {
    const problems = Array.from({ length: 23 }, (_, at) => aProblem({ reason: `reason-${'x'.repeat(at)}` }))
    const text = render(aCheck(problems))
    expect(text.match(/^! rejected/gm)).toHaveLength(20)
    expect(text).toContain('and 3 more of 3 other causes (--verbose lists them all)\n')
  })

  it('stays short when every message is worded differently', () => {
    const words = (at: number) => [...String(at)].map(digit => 'abcdefghij'[Number(digit)]).join('')
    const problems = Array.from({ length: 5000 }, (_, at) => aProblem({ message: `Wrong: ${words(at)}.` }))
    expect(render(aCheck(problems)).split('\n').length).toBeLessThan(120)
  })
})
