import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Terminal } from './terminal.ts'

const URL = 'https://images.example.com'
const GOOD = `sku,image_1,image_2\nCHR-1,${URL}/1.jpg,${URL}/2.jpg\n`
const BAD = `${GOOD}CHR-2,front.jpg,\nCHR-3,side.jpg,\n`

describe('check', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('chairs.csv', GOOD)
  })

  afterEach(() => terminal.close())

  const lastLine = async (line: string) => (await terminal.call(line)).stdout.trimEnd().split('\n').at(-1)

  it('tells everything that it found out about a feed', async () => {
    terminal.file(
      'shopify.csv',
      [
        '# exported on 1 March',
        'Handle;Title;Variant SKU;Image Src;Image Position',
        `oslo;Oslo;;${URL}/oslo 1.jpg;2`,
        `oslo;;;${URL}/oslo-2.jpg;1`,
        `bergen;Bergen;;${URL}/bergen.jpg;1`,
        'moss;Moss;;moss.jpg;1',
        'voss;Voss;;;',
        '',
      ].join('\n'),
    )
    expect(await terminal.call('check shopify.csv')).toMatchObject({ code: 1, stderr: '' })
    expect((await terminal.call('check shopify.csv')).stdout).toMatchInlineSnapshot(`
      "shopify.csv
        format      CSV, UTF-8, delimiter ";", header on line 2, 1 row above it passed over
        preset      shopify, by the columns Handle, Image Src
        code        Handle ("Variant SKU" is blank in every record)
        images      Image Src
        position    Image Position

      Contents
        records         5
        products        2
        images          3  1 to 2 per product, 1.5 on average
        without images  1  what the targets hold of them stays as it is
        rejected        1
        warnings        2

      The first products as they will be sent
        oslo  2 images  shopify.csv:3
          1  https://images.example.com/oslo-2.jpg
          2  https://images.example.com/oslo%201.jpg
        bergen  1 image  shopify.csv:5
          1  https://images.example.com/bergen.jpg

      ! rejected  url-invalid: "moss.jpg" is not a complete URL.
          → Name its base with --image-base-url.
          shopify.csv:6  moss

      ! warning  url-encoded: "https://images.example.com/oslo 1.jpg" is sent as https://images.example.com/oslo%201.jpg
          shopify.csv:3
      ! warning  without-images: voss has no image in the feed; what the targets hold of it stays as it is
          shopify.csv:7

      ! 2 products can be sent, 1 is rejected.
      Next: assetsync check shopify.csv --rejects rejects.csv
      "
    `)
  })

  it('ends with 0 when nothing is rejected, with 1 when something is, with 3 when nothing can be sent', async () => {
    terminal.file('bad.csv', BAD)
    terminal.file('worse.csv', 'sku,image\nCHR-1,front.jpg\n')
    const codes = await Promise.all(['chairs', 'bad', 'worse'].map(name => terminal.call(`check ${name}.csv`)))
    expect(codes.map(({ code }) => code)).toEqual([0, 1, 3])
  })

  it('judges what --only and --limit leave', async () => {
    terminal.file('bad.csv', BAD)
    expect((await terminal.call('check bad.csv --only CHR-1')).code).toBe(0)
    expect((await terminal.call('check bad.csv --only CHR-2')).code).toBe(1)
  })

  it('prints nothing with -q when all is well, and everything when not', async () => {
    terminal.file('bad.csv', BAD)
    expect(await terminal.call('check chairs.csv -q')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect((await terminal.call('check bad.csv -q')).stdout).toContain('bad.csv:3  CHR-2  "front.jpg"')
  })

  it('lists every problem with -v', async () => {
    const rows = Array.from({ length: 9 }, (_, at) => `BAD-${at},front-${at}.jpg,`)
    terminal.file('bad.csv', `${GOOD}${rows.join('\n')}\n`)
    expect((await terminal.call('check bad.csv')).stdout).not.toContain('BAD-8')
    expect((await terminal.call('check bad.csv -v')).stdout).toContain(
      '  bad.csv:11  BAD-8  "front-8.jpg" is not a complete URL.\n',
    )
  })

  describe('says what to type next:', () => {
    it('to try it, where no target is configured', async () => {
      expect(await lastLine('check chairs.csv --preset generic')).toBe(
        'Next: assetsync push chairs.csv --sandbox --preset generic',
      )
    })

    it('to plan, where there is one', async () => {
      terminal.configure({ baseUrl: 'https://api.catalogix.ai', storeUuid: 's', token: 'some-token' })
      expect(await lastLine('check chairs.csv --image-columns image_* --code-column sku -v')).toBe(
        'Next: assetsync plan chairs.csv --code-column sku --image-columns "image_*"',
      )
    })

    it('to plan the feeds of the config, where those were checked', async () => {
      const target = { baseUrl: 'https://api.catalogix.ai', storeUuid: 's', token: 'some-token' }
      terminal.configure(target, { feed: { files: ['chairs.csv'] } })
      expect(await lastLine('check')).toBe('Next: assetsync plan')
    })

    it('to have the rejects written, in a file that suits the feed', async () => {
      terminal.file('my chairs.csv', BAD)
      terminal.file('chairs.json', [
        { sku: 'CHR-1', image: `${URL}/1.jpg` },
        { sku: 'CHR-2', image: 'front.jpg' },
      ])
      const { stdout } = await terminal.call([
        'check',
        'my chairs.csv',
        '--preset',
        'none',
        '--code-column',
        'sku',
        '--image-columns',
        'image_*',
      ])
      expect(stdout).toContain(
        'Next: assetsync check "my chairs.csv" --preset none --code-column sku --image-columns "image_*" --rejects rejects.csv\n',
      )
      expect(await lastLine('check chairs.json')).toBe('Next: assetsync check chairs.json --rejects rejects.ndjson')
    })

    it('to go on with the rest, where they are written', async () => {
      terminal.file('bad.csv', BAD)
      expect(await lastLine('check bad.csv --sandbox --rejects rejects.csv')).toBe(
        'Next: assetsync plan bad.csv --sandbox',
      )
    })
  })

  it('has its findings as one JSON object', async () => {
    terminal.file('bad.csv', BAD)
    const report = await terminal.report('check chairs.csv bad.csv')
    expect(report).toMatchObject({
      schema: 'assetsync.check/1',
      feed: { files: ['chairs.csv', 'bad.csv'], records: 4, products: 1, rejected: 2 },
      detected: [
        { file: 'chairs.csv', format: 'csv', notes: expect.arrayContaining(['code column: sku']) },
        { file: 'bad.csv', format: 'csv', notes: expect.arrayContaining(['code column: sku']) },
      ],
      sample: [{ code: 'CHR-1', images: [`${URL}/1.jpg`, `${URL}/2.jpg`], source: 'chairs.csv:2' }],
      problems: [{ reason: 'url-invalid', count: 2, places: ['bad.csv:3', 'bad.csv:4'] }],
      rejections: [
        { code: 'CHR-2', reason: 'url-invalid', source: 'bad.csv:3' },
        { code: 'CHR-3', reason: 'url-invalid', source: 'bad.csv:4' },
      ],
      exitCode: 1,
    })
  })

  it('has its rejections as lines that read like outcomes', async () => {
    terminal.file('bad.csv', BAD)
    const [checked] = await terminal.outcomes('check bad.csv')
    const pushed = await terminal.outcomes('push bad.csv --sandbox')
    expect(Object.keys(checked ?? {})).toEqual([...Object.keys(pushed[0] ?? {}), 'fix'])
    expect(checked).toMatchObject({
      code: 'CHR-2',
      key: null,
      status: 'rejected',
      reason: 'url-invalid',
      source: 'bad.csv:3',
    })
  })
})
