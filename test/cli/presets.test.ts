import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Terminal } from './terminal.ts'

const URL = 'https://images.example.com'
const LAMPS = `sku,image\nLMP-1,${URL}/lamp.jpg\n`
const SHOPIFY = `Handle,Title,Variant SKU,Image Src,Image Position\nnori,Nori,NORI-1,${URL}/nori-2.jpg,2\nnori,,,${URL}/nori-1.jpg,1\n`

describe('--preset', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('lamps.csv', LAMPS)
    terminal.file('shopify.csv', SHOPIFY)
  })

  afterEach(() => terminal.close())

  /** The lines of `check` that say what was taken. */
  async function taken(line: string): Promise<Record<string, string>> {
    const { stdout } = await terminal.call(line)
    const [head = ''] = stdout.split('\n\n')
    const lines = head.split('\n').slice(1)
    return Object.fromEntries(lines.map(text => /^ {2}(\S+) +(.*)$/.exec(text)?.slice(1) ?? []))
  }

  it('is found by the columns, which are told', async () => {
    expect(await taken('check shopify.csv')).toEqual({
      format: 'CSV, UTF-8, delimiter ","',
      preset: 'shopify, by the columns Handle, Image Src',
      code: 'Variant SKU',
      images: 'Image Src',
      position: 'Image Position',
    })
  })

  it('is found by the keys of objects', async () => {
    const nori = { handle: 'nori', body_html: '', variants: [{ sku: 'NORI-1' }], images: [{ src: `${URL}/1.jpg` }] }
    terminal.file('shopify.json', { products: [nori] })
    expect(await taken('check shopify.json')).toMatchObject({
      preset: 'shopify, by the keys handle, body_html, variants, images',
      code: 'variants[].sku',
    })
  })

  it('is the usual names where no platform is recognised', async () => {
    expect(await taken('check lamps.csv')).toMatchObject({ preset: 'generic (usual column names)', code: 'sku' })
  })

  it('can be named, and is taken although a column that tells is missing', async () => {
    terminal.file(
      'google.csv',
      `id,title,image link,additional image link\nLMP-1,Nori,${URL}/1.jpg,"${URL}/2.jpg,${URL}/3.jpg"\n`,
    )
    terminal.file('short.csv', `id,image link\nLMP-1,${URL}/1.jpg\n`)
    expect(await taken('check google.csv --preset google')).toMatchObject({
      preset: 'google, as configured',
      code: 'id',
      images: 'image link, additional image link',
    })
    expect(await taken('check short.csv --preset google')).toMatchObject({ preset: 'google, as configured' })
    const { sample } = await terminal.report('check google.csv --preset google')
    expect(sample).toMatchObject([{ code: 'LMP-1', images: [1, 2, 3].map(n => `${URL}/${n}.jpg`) }])
  })

  it('gives way to columns that are named', async () => {
    expect(await taken('check shopify.csv --preset shopify --code-column Handle')).toMatchObject({
      preset: 'shopify, as configured',
      code: 'Handle',
      position: 'Image Position',
    })
  })

  it('can be none: then all columns have to be named', async () => {
    expect(await terminal.call('check lamps.csv --preset none')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Name it with --code-column. The columns are: sku, image.'),
    })
    const { preset } = await taken('check lamps.csv --preset none --code-column sku --image-columns image')
    expect(preset).toBeUndefined()
  })

  it.each(['check', 'push'])('says what a file lacks that is not from the platform: %s', async command => {
    expect(await terminal.call(`${command} lamps.csv --sandbox --preset shopify`)).toEqual({
      code: 3,
      stdout: '',
      stderr:
        '✗ error  lamps.csv is no Shopify product export: it has no columns "Variant SKU" or "Handle" and "Image Src".\n' +
        'Leave out --preset or feed.preset, or name the columns. The columns are: sku, image.\n',
    })
  })

  it('says so when the platform writes tables only', async () => {
    terminal.file('lamps.json', [{ sku: 'LMP-1', image: `${URL}/lamp.jpg` }])
    expect(await terminal.call('check lamps.json --preset squarespace')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('The Squarespace product export is a table; lamps.json holds objects.'),
    })
  })

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['check lamps.csv --preset woocomerce', 'woocommerce', {}],
    ['push lamps.csv --sandbox --preset Shopfy', 'shopify', {}],
    ['check lamps.csv', 'magento', { ASSETSYNC_PRESET: 'magneto' }],
  ])('suggests the nearest name for one that there is not: %s', async (line, meant, env) => {
    const { code, stdout, stderr } = await terminal.call(line, { env })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`Did you mean ${meant}?`)
  })
})
