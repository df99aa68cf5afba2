import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encoderFor } from '../../src/reporters/rejects/encoding.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { type Ended, stateOf, Terminal } from './terminal.ts'

const URL = 'https://images.example.com'

interface Case {
  readonly feed: string
  readonly text: string
  readonly encoding?: string
  readonly options?: string
  /** What is wrong in the rejects file, and what it is corrected to. */
  readonly wrong: string
  readonly right: string
  readonly galleries: Readonly<Record<string, readonly string[]>>
}

const CASES: Readonly<Record<string, Case>> = {
  'a table with semicolons in Windows-1252': {
    feed: 'stühle.csv',
    text: `Artikel;Größe;Bild1;Bild2\r\nSTUHL-1;42 ½;${URL}/1.jpg;\r\nSTÜHLE-2;"1;5 €";vorne.jpg;${URL}/2.jpg\r\n`,
    encoding: 'windows-1252',
    options: '--code-column Artikel --image-columns Bild*',
    wrong: 'vorne.jpg',
    right: `${URL}/vorne.jpg`,
    galleries: { 'STÜHLE-2': [`${URL}/vorne.jpg`, `${URL}/2.jpg`] },
  },
  'a table with tabs in UTF-16 with a byte order mark': {
    feed: 'chairs.tsv',
    text: `\ufeffsku\tname\timage_1\timage_2\nCHR-1\t椅子\t${URL}/1.jpg\t\nCHR-2\tChair, "Oslo"\t${URL}/2.jpg\tnone\n`,
    encoding: 'utf-16le',
    wrong: 'none',
    right: `${URL}/b.jpg`,
    galleries: { 'CHR-2': [`${URL}/2.jpg`, `${URL}/b.jpg`] },
  },
  'a table in Shift_JIS, whose encoding is said': {
    feed: 'chairs.csv',
    text: `sku,名称,image_1\nCHR-1,椅子,${URL}/1.jpg\nCHR-2,木製の椅子 ｱ,写真\n`,
    encoding: 'shift_jis',
    options: '--encoding shift_jis',
    wrong: '写真',
    right: `${URL}/2.jpg`,
    galleries: { 'CHR-2': [`${URL}/2.jpg`] },
  },
  'cells with quotes, line breaks and blanks around them': {
    feed: 'chairs.csv',
    text: `sku,text,image_1\nCHR-1,plain,${URL}/1.jpg\n" CHR-2 ","12"" wide,\r\n""oak"" and\n\npine ",front.jpg\nCHR-3,x,${URL}/3.jpg\n`,
    wrong: 'front.jpg',
    right: `${URL}/2.jpg`,
    galleries: { 'CHR-2': [`${URL}/2.jpg`] },
  },
  'a header that repeats a name': {
    feed: 'chairs.csv',
    text: `sku,image,image,image\nCHR-1,${URL}/1.jpg,,\nCHR-2,${URL}/2.jpg,front.jpg,${URL}/3.jpg\n`,
    wrong: 'front.jpg',
    right: `${URL}/2b.jpg`,
    galleries: { 'CHR-2': [`${URL}/2.jpg`, `${URL}/2b.jpg`, `${URL}/3.jpg`] },
  },
  'a product whose records lie apart, one of them wrong': {
    feed: 'chairs.csv',
    text: `sku,image,position\nCHR-2,${URL}/c.jpg,3\nCHR-1,${URL}/1.jpg,1\nCHR-2,front.jpg,1\nCHR-1,${URL}/2.jpg,2\nCHR-2,${URL}/b.jpg,2\n`,
    options: '--position-column position',
    wrong: 'front.jpg',
    right: `${URL}/a.jpg`,
    galleries: { 'CHR-2': [`${URL}/a.jpg`, `${URL}/b.jpg`, `${URL}/c.jpg`] },
  },
  'a Shopify export: all variants and images of the product come along': {
    feed: 'shopify.csv',
    text: [
      'Handle,Title,Variant SKU,Image Src,Image Position',
      `oslo,Oslo,OSLO-OAK,${URL}/oslo-1.jpg,1`,
      'oslo,,OSLO-ASH,oslo-2.jpg,2',
      `oslo,,,${URL}/oslo-3.jpg,3`,
      `bergen,Bergen,BERGEN,${URL}/bergen.jpg,1`,
      '',
    ].join('\n'),
    wrong: 'oslo-2.jpg',
    right: `${URL}/oslo-2.jpg`,
    galleries: {
      'OSLO-OAK': [`${URL}/oslo-1.jpg`, `${URL}/oslo-2.jpg`, `${URL}/oslo-3.jpg`],
      'OSLO-ASH': [`${URL}/oslo-1.jpg`, `${URL}/oslo-2.jpg`, `${URL}/oslo-3.jpg`],
    },
  },
  'a record without a code': {
    feed: 'chairs.csv',
    text: `name,sku,image\nOslo,,${URL}/1.jpg\nBergen,CHR-2,${URL}/2.jpg\n`,
    wrong: 'Oslo,,',
    right: 'Oslo,CHR-1,',
    galleries: { 'CHR-1': [`${URL}/1.jpg`] },
  },
  'a JSON document with nested images': {
    feed: 'chairs.json',
    text: JSON.stringify({
      shop: 'Norden',
      products: [
        { sku: 'CHR-1', images: [{ src: `${URL}/1.jpg` }] },
        { sku: '007', name: 'Oslo', images: [{ src: `${URL}/a.jpg` }, { src: 'front.jpg', alt: null }] },
      ],
    }),
    options: '--records products',
    wrong: '"front.jpg"',
    right: `"${URL}/b.jpg"`,
    galleries: { '007': [`${URL}/a.jpg`, `${URL}/b.jpg`] },
  },
  'lines of JSON': {
    feed: 'chairs.ndjson',
    text: `{"sku":"CHR-1","image":"${URL}/1.jpg"}\n{"sku":"CHR-2","image":"front.jpg","note":"a\\nb"}\n`,
    wrong: '"front.jpg"',
    right: `"${URL}/2.jpg"`,
    galleries: { 'CHR-2': [`${URL}/2.jpg`] },
  },
  'a Google Merchant feed in XML': {
    feed: 'google.xml',
    text: [
      '<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>',
      `<item><g:id>CHR-1</g:id><g:image_link>${URL}/1.jpg</g:image_link></item>`,
      `<item><g:id>CHR-2</g:id><g:image_link>front.jpg</g:image_link><g:additional_image_link>${URL}/2.jpg</g:additional_image_link></item>`,
      '</channel></rss>',
    ].join('\n'),
    wrong: '"front.jpg"',
    right: `"${URL}/2a.jpg"`,
    galleries: { 'CHR-2': [`${URL}/2a.jpg`, `${URL}/2.jpg`] },
  },
}

describe('--rejects', () => {
  let terminal: Terminal
  let sandbox: Sandbox
  let env: Readonly<Record<string, string>>

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix)
    env = { CATALOGIX_TOKEN: sandbox.targets.catalogix.token }
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const path = (name: string) => join(terminal.folder, name)
  const write = (name: string, text: string, encoding = 'utf-8') =>
    writeFileSync(path(name), encoderFor(encoding)(text) ?? '')
  const readBack = (name: string, encoding = 'utf-8') =>
    new TextDecoder(encoding, { ignoreBOM: true }).decode(readFileSync(path(name)), { stream: true })
  const call = (line: string) => terminal.call(line, { env })
  const chairs = (...rows: readonly string[]) => write('chairs.csv', ['sku,image', ...rows, ''].join('\n'))

  describe('takes a corrected file straight back', () => {
    it.each(Object.entries(CASES))('%s', async (_, { feed, text, encoding, options = '', wrong, right, galleries }) => {
      write(feed, text, encoding)
      const rejects = feed.endsWith('csv') || feed.endsWith('tsv') ? 'rejects.csv' : 'rejects.ndjson'
      const checked = await call(`check ${feed} --rejects ${rejects} ${options}`.trim())
      expect(checked.code).toBe(1)
      const handedBack = readBack(rejects, rejects.endsWith('csv') ? encoding : 'utf-8')
      expect(handedBack).toContain(wrong)
      write(rejects, handedBack.replace(wrong, right), rejects.endsWith('csv') ? encoding : 'utf-8')
      const pushed = await terminal.call(nextCommand(checked), { env })
      expect(pushed.code, pushed.stderr).toBe(0)
      expect((await stateOf(sandbox)).galleries).toEqual(galleries)
    })

    it('also when it was gzipped; the file itself is not', async () => {
      const text = `sku,image\nCHR-1,${URL}/1.jpg\nCHR-2,front.jpg\n`
      writeFileSync(path('chairs.csv.gz'), gzipSync(text))
      await call('check chairs.csv.gz --rejects rejects.csv')
      expect(readBack('rejects.csv')).toMatch(/^sku,image,assetsync_reason,assetsync_fix\nCHR-2,front\.jpg,/)
    })

    it('round after round, without doubling its columns', async () => {
      chairs(`CHR-1,${URL}/1.jpg`, 'CHR-2,front.jpg', 'CHR-3,side.jpg')
      await call('check chairs.csv --rejects round-1.csv')
      write('round-1.csv', readBack('round-1.csv').replace('front.jpg', `${URL}/2.jpg`))
      const pushed = await call('push round-1.csv --rejects round-2.csv')
      expect(pushed.code).toBe(1)
      expect(
        readBack('round-2.csv')
          .split('\n')
          .map(line => line.split(',').slice(0, 2)),
      ).toEqual([['sku', 'image'], ['CHR-3', 'side.jpg'], ['']])
      expect(readBack('round-2.csv').match(/assetsync_reason/g)).toHaveLength(1)
    })

    it('from several files at once, in one table', async () => {
      write('a.csv', `sku,image_1\nCHR-1,${URL}/1.jpg\nCHR-2,front.jpg\n`)
      write('b.csv', `image_1,sku,image_2\n${URL}/3.jpg,CHR-3,side.jpg\n`)
      const checked = await call('check a.csv b.csv --rejects rejects.csv')
      write(
        'rejects.csv',
        readBack('rejects.csv').replace('front.jpg', `${URL}/2.jpg`).replace('side.jpg', `${URL}/3b.jpg`),
      )
      await terminal.call(nextCommand(checked), { env })
      expect((await stateOf(sandbox)).galleries).toEqual({
        'CHR-2': [`${URL}/2.jpg`],
        'CHR-3': [`${URL}/3.jpg`, `${URL}/3b.jpg`],
      })
    })

    it('as a part of a source that has a name, which is neither shrunk nor forgotten', async () => {
      terminal.configure(sandbox.targets.catalogix, { feed: { name: 'main' } })
      const good = Array.from({ length: 9 }, (_, at) => `CHR-${at},${URL}/${at}.jpg`)
      chairs(...good, 'CHR-X,front.jpg')
      const pushed = await call('push chairs.csv --rejects rejects.csv')
      write('rejects.csv', readBack('rejects.csv').replace('front.jpg', `${URL}/x.jpg`))
      expect((await terminal.call(nextCommand(pushed), { env })).code).toBe(0)
      chairs(...good, `CHR-X,${URL}/x.jpg`)
      const report = await terminal.report('push chairs.csv --prune', { env })
      expect(report.targets[0].totals).toMatchObject({ unchanged: 10, deleted: 0 })
    })

    it('with the column that the whole feed had its codes in', async () => {
      const rows = [`oslo,OSLO,${URL}/1.jpg`, `bergen,,${URL}/2.jpg`, 'moss,,front.jpg']
      write('shopify.csv', ['Handle,Variant SKU,Image Src', ...rows, ''].join('\n'))
      const checked = await call('check shopify.csv --rejects rejects.csv')
      expect(nextCommand(checked)).toEqual(['push', 'rejects.csv', '--code-column', 'Variant SKU'])
    })
  })

  it('says how many records were written, where, and how to feed them back', async () => {
    chairs(`CHR-1,${URL}/1.jpg`, 'CHR-2,front.jpg', `CHR-2,${URL}/2.jpg`)
    const { stderr } = await call('check chairs.csv --rejects rejects.csv --delimiter , -q')
    expect(stderr).toBe(
      '2 refused records are in rejects.csv, with reasons and fixes.\n' +
        'Correct what is wrong there, then feed it back:\n' +
        '  assetsync push rejects.csv --delimiter ,\n',
    )
  })

  it('says so when the name could mislead its reader', async () => {
    write('chairs.ndjson', `{"sku":"CHR-1","image":"${URL}/1.jpg"}\n{"sku":"CHR-2","image":"front.jpg"}\n`)
    const { stderr } = await call('check chairs.ndjson --rejects rejects.json')
    expect(stderr).toContain('It has one object per line: let its name end in .ndjson.\n')
  })

  it('is written by plan and push too, with what the targets refused', async () => {
    const targets = {
      dam: { type: 'mediapocket', ...sandbox.targets.mediapocket, title: '{column:title}' },
      archive: {
        type: 'mediapocket',
        ...sandbox.targets.mediapocket,
        title: '{column:caption}',
        externalId: 'x-{code}#{rank}',
      },
      catalogix: { ...sandbox.targets.catalogix, rate: 'off' },
    }
    terminal.file('.assetsyncrc', { targets })
    const rows = [
      'CHR-1,Oslo,Oslo,1.jpg',
      `CHR-2,,,${URL}/2.jpg`,
      `CHR-3,,Moss,${URL}/3.jpg`,
      `CHR-4,Voss,Voss,${URL}/4.jpg`,
    ]
    write('chairs.csv', ['sku,title,caption,image', ...rows, ''].join('\n'))
    const expected = [
      ['CHR-1', 'url-invalid'],
      ['CHR-2', 'title-missing', 'title-missing'],
      ['CHR-3', 'title-missing'],
    ]
    const reasons = () =>
      readBack('rejects.csv')
        .split('\n')
        .slice(1, -1)
        .map(line => [line.slice(0, 5), ...(line.match(/[a-z]+-(?:missing|invalid)(?=:)/g) ?? [])])
    expect((await call('plan chairs.csv --rejects rejects.csv')).code).toBe(1)
    expect(reasons()).toEqual(expected)
    expect((await call('push chairs.csv --rejects rejects.csv')).code).toBe(1)
    expect(reasons()).toEqual(expected)
  })

  it('has only what --only and --limit leave', async () => {
    chairs(`CHR-1,${URL}/1.jpg`, 'CHR-2,front.jpg', 'CHR-3,side.jpg')
    await call('check chairs.csv --only CHR-3 --rejects rejects.csv')
    expect(readBack('rejects.csv')).not.toContain('CHR-2')
  })

  describe('when nothing is refused', () => {
    it('writes no file', async () => {
      chairs(`CHR-1,${URL}/1.jpg`)
      expect(await call('check chairs.csv --rejects rejects.csv')).toMatchObject({ code: 0, stderr: '' })
      expect(existsSync(path('rejects.csv'))).toBe(false)
    })

    it.each(['', ' -q'])('removes the file of an earlier run%s', async quiet => {
      chairs(`CHR-1,${URL}/1.jpg`, 'CHR-2,front.jpg')
      await call('check chairs.csv --rejects rejects.csv')
      chairs(`CHR-1,${URL}/1.jpg`)
      const { stderr } = await call(`check chairs.csv --rejects rejects.csv${quiet}`)
      expect(stderr).toBe(quiet === '' ? 'rejects.csv is removed: nothing was refused this time.\n' : '')
      expect(existsSync(path('rejects.csv'))).toBe(false)
    })
  })

  describe('is a usage error, before anything is read, for', () => {
    beforeEach(() => chairs(`CHR-1,${URL}/1.jpg`, 'CHR-2,front.jpg'))

    it.each([
      ['standard output', '-', 'standard output is for the result'],
      ['the feed', 'chairs.csv', 'is read by this run'],
      ['the feed by another spelling', './chairs.csv', 'is read by this run'],
      ['the config', '.assetsyncrc', 'is read by this run'],
      ['a file in the ledger', '.assetsync/rejects.csv', "lies in the ledger's folder"],
      ['a folder', '.', 'did not write'],
      ['a file that holds anything else', 'orders.csv', 'did not write'],
    ])('%s', async (_, file, words) => {
      write('orders.csv', 'order,total\n1,2\n')
      const { code, stdout, stderr } = await call(`check chairs.csv --rejects ${file}`)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(words)
      expect(readBack('orders.csv')).toBe('order,total\n1,2\n')
    })

    it('a report', async () => {
      const { code, stderr } = await call('check chairs.csv --rejects run.ndjson --report run.ndjson')
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('both name run.ndjson') })
    })
  })

  it('overwrites an empty file, and one of an earlier run in any encoding', async () => {
    write('rejects.csv', '')
    for (const encoding of ['utf-16le', 'utf-16be', 'windows-1252', 'utf-8']) {
      write('chairs.csv', `sku,image\nCHR-1,${URL}/1.jpg\nCHR-2,front.jpg\n`, encoding)
      expect((await call(`check chairs.csv --rejects rejects.csv --encoding ${encoding}`)).code).toBe(1)
      expect(readBack('rejects.csv', encoding)).toContain('CHR-2,front.jpg')
    }
  })

  it('ends with 9 when it cannot be written, after everything else was told', async () => {
    chairs(`CHR-1,${URL}/1.jpg`, 'CHR-2,front.jpg')
    const { code, stdout, stderr } = await call('check chairs.csv --rejects missing/rejects.csv')
    expect(code).toBe(9)
    expect(stdout).toContain('CHR-2')
    expect(stderr).toContain('The refused records cannot be written to missing/rejects.csv')
  })

  it('can be named by the environment', async () => {
    chairs(`CHR-1,${URL}/1.jpg`, 'CHR-2,front.jpg')
    await terminal.call('push chairs.csv', { env: { ...env, ASSETSYNC_REJECTS: 'rejects.csv' } })
    expect(readBack('rejects.csv')).toContain('CHR-2,front.jpg')
  })
})

/** The command that standard error ends with, as a shell would take it apart. */
function nextCommand({ stderr }: Ended): string[] {
  const line = stderr.trimEnd().split('\n').at(-1) ?? ''
  const [name, ...words] = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    found => found[1] ?? found[2] ?? found[3] ?? '',
  )
  expect(name).toBe('assetsync')
  return words
}
