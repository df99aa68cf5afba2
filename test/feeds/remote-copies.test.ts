import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/feeds/remote/address.ts'
import { START } from '../helpers/clock.ts'
import { inTurn, type Loopback, type Script, servers } from '../helpers/server.ts'
import { folders } from '../lib/folder.ts'
import { LAMPS, openUrl, readUrl, rowsOf } from './downloading.ts'
import { refusal } from './reading.ts'

const serve = servers()
const newFolder = folders()

const LAMP = ['LMP-1', 'Desk lamp']
const SOFAS = 'sku,name\nSFA-1,Sofa\n'
const SOFA = ['SFA-1', 'Sofa']
const MONDAY = 'Mon, 05 Jan 2026 10:00:00 GMT'

/** A server that knows If-None-Match, with this as its one body. */
const keeping =
  (etag: string, body = LAMPS): Script =>
  ({ headers }) =>
    headers['if-none-match'] === etag ? { status: 304, headers: { etag } } : { headers: { etag }, body }

function conditions({ seen }: Loopback) {
  return seen.map(({ headers }) => [headers['if-none-match'] ?? null, headers['if-modified-since'] ?? null])
}

const newDownloads = (): string => join(newFolder(), 'state', 'downloads')

describe('copy of a feed', () => {
  it('is read when the server says that nothing has changed, and the notes say since when', async () => {
    const downloads = newDownloads()
    const server = await serve(keeping('"v1"'))
    const url = `${server.url}/lamps.csv`
    await readUrl(url, { downloads })
    expect(await readUrl(url, { downloads })).toEqual({
      file: url,
      notes: ['unchanged since 2026-01-01T00:00:00Z', 'delimiter ,'],
      records: [{ place: `${url}:2`, cells: LAMP }],
    })
    expect(conditions(server)).toEqual([
      [null, null],
      ['"v1"', null],
    ])
  })

  it('makes way for another body, of which the same is true', async () => {
    const downloads = newDownloads()
    const server = await serve((seen, no) => keeping(no < 3 ? '"v1"' : '"v2"', no < 3 ? LAMPS : SOFAS)(seen, no))
    const reads = [1, 2, 3, 4].map(() => () => rowsOf(server.url, { downloads }))
    const rows: unknown[] = []
    for (const read of reads) rows.push(...(await read()))
    expect(rows).toEqual([LAMP, LAMP, SOFA, SOFA])
    expect(conditions(server).map(([etag]) => etag)).toEqual([null, '"v1"', '"v1"', '"v2"'])
    expect(readdirSync(downloads)).toHaveLength(2)
  })

  it.each(['W/"v1"', 'v1 without quotes', '""'])('is asked for by the ETag as it came: %s', async etag => {
    const downloads = newDownloads()
    const server = await serve(keeping(etag))
    await rowsOf(server.url, { downloads })
    expect(await rowsOf(server.url, { downloads })).toEqual([LAMP])
    expect(conditions(server)[1]).toEqual([etag, null])
  })

  it('is asked for by ETag and date when the server gives both', async () => {
    const downloads = newDownloads()
    const server = await serve(() => ({ headers: { etag: '"v1"', 'last-modified': MONDAY }, body: LAMPS }))
    await rowsOf(server.url, { downloads })
    await rowsOf(server.url, { downloads })
    expect(conditions(server)[1]).toEqual(['"v1"', MONDAY])
  })

  it('is asked for by date when there is no ETag', async () => {
    const downloads = newDownloads()
    const server = await serve(({ headers }) =>
      headers['if-modified-since'] === MONDAY ? { status: 304 } : { headers: { 'last-modified': MONDAY }, body: LAMPS },
    )
    await rowsOf(server.url, { downloads })
    expect(await rowsOf(server.url, { downloads })).toEqual([LAMP])
    expect(conditions(server)[1]).toEqual([null, MONDAY])
  })

  it.each([
    ['no validators', {}],
    ['a date in the very second of the answer', { date: MONDAY, 'last-modified': MONDAY }],
    ['a date that is none', { 'last-modified': 'yesterday' }],
    ['an ETag that cannot be sent back', { etag: 'Lämpchen' }],
    ['an endless ETag', { etag: 'x'.repeat(1001) }],
    ['two ETags', { etag: ['"v1"', '"v2"'] }],
  ])('is not kept when the answer has %s', async (_, headers: Record<string, string | string[]>) => {
    const downloads = newDownloads()
    const server = await serve(() => ({ headers, body: LAMPS }))
    expect([await rowsOf(server.url, { downloads }), readdirSync(downloads)]).toEqual([[LAMP], []])
    await rowsOf(server.url, { downloads })
    expect(conditions(server)[1]).toEqual([null, null])
  })

  it('goes when the server gives another body without validators', async () => {
    const downloads = newDownloads()
    const server = await serve(inTurn({ headers: { etag: '"v1"' }, body: LAMPS }, { body: SOFAS }))
    await rowsOf(server.url, { downloads })
    expect([await rowsOf(server.url, { downloads }), readdirSync(downloads)]).toEqual([[SOFA], []])
  })

  it.each([{ status: 500 }, { headers: { 'content-encoding': 'gzip' }, body: SOFAS }, 'cut' as const])(
    'stays as it is when the next download fails: %j',
    async answer => {
      const downloads = newDownloads()
      const first = { headers: { etag: '"v1"' }, body: LAMPS }
      const server = await serve(inTurn(first, answer, { status: 304 }))
      await rowsOf(server.url, { downloads })
      await refusal(openUrl(server.url, { downloads }))
      expect(await rowsOf(server.url, { downloads })).toEqual([LAMP])
      expect(readdirSync(downloads)).toHaveLength(2)
    },
  )

  it('is of one address: other queries and users have their own', async () => {
    const downloads = newDownloads()
    const server = await serve(keeping('"v1"'))
    const other = server.url.replace('//', '//lamp:safe@')
    const urls = [server.url, `${server.url}?page=1`, `${server.url}?page=2`, other]
    for (const url of [...urls, ...urls]) expect(await rowsOf(url, { downloads })).toEqual([LAMP])
    expect(conditions(server).map(([etag]) => etag)).toEqual([null, null, null, null, ...urls.map(() => '"v1"')])
    expect(readdirSync(downloads)).toHaveLength(8)
  })

  it('is of the place to which the address leads: another one is asked for anew', async () => {
    const downloads = newDownloads()
    const day = await serve(keeping('"v1"'))
    const server = await serve((_, no) => ({
      status: 302,
      headers: { location: `${day.url}/${no < 3 ? 'monday' : 'tuesday'}` },
    }))
    const reads = [1, 2, 3].map(() => () => readUrl(server.url, { downloads }))
    const notes: unknown[] = []
    for (const read of reads) notes.push((await read()).notes.slice(0, 2))
    expect(notes).toEqual([
      [`redirected to ${day.url}/monday`, 'downloaded 25 bytes'],
      [`redirected to ${day.url}/monday`, 'unchanged since 2026-01-01T00:00:00Z'],
      [`redirected to ${day.url}/tuesday`, 'downloaded 25 bytes'],
    ])
    expect(conditions(server).flat()).toEqual([null, null, null, null, null, null])
  })

  it('may be read by nobody else, and is the body as it is once inflated', async () => {
    const downloads = newDownloads()
    const { url } = await serve(keeping('"v1"'))
    await rowsOf(url, { downloads })
    const { key } = parseAddress(url)
    const modes = [downloads, join(downloads, `${key}.feed`), join(downloads, `${key}.json`)].map(path =>
      (statSync(path).mode & 0o777).toString(8),
    )
    expect(modes).toEqual(['700', '600', '600'])
    expect(readFileSync(join(downloads, `${key}.feed`), 'utf8')).toBe(LAMPS)
  })

  it('bears two runs at once', async () => {
    const downloads = newDownloads()
    const { url } = await serve(keeping('"v1"'))
    const rows = await Promise.all([1, 2, 3, 4].map(() => rowsOf(url, { downloads })))
    expect(rows).toEqual([[LAMP], [LAMP], [LAMP], [LAMP]])
    expect(readdirSync(downloads)).toHaveLength(2)
  })
})

describe('copy of a feed that is damaged', () => {
  /** A copy that was kept, and the paths of its two files. */
  async function aCopy() {
    const downloads = newDownloads()
    const server = await serve(keeping('"v1"'))
    await rowsOf(server.url, { downloads })
    const path = (extension: string): string => join(downloads, `${parseAddress(server.url).key}.${extension}`)
    return { downloads, server, feed: path('feed'), facts: path('json') }
  }

  it.each<[string, (paths: { feed: string; facts: string }) => void]>([
    ['its body was cut', ({ feed }) => truncateSync(feed, 20)],
    ['its body was changed', ({ feed }) => writeFileSync(feed, LAMPS.replace('Desk', 'Task'))],
    ['its body is gone', ({ feed }) => rmSync(feed)],
    ['what is known of it is gone', ({ facts }) => rmSync(facts)],
    ['what is known of it is cut', ({ facts }) => truncateSync(facts, 20)],
    ['what is known of it is empty', ({ facts }) => writeFileSync(facts, '')],
    ['what is known of it is something else', ({ facts }) => writeFileSync(facts, '{"etag":"v1"}')],
    ['its ETag would break the request', ({ facts }) => replaceIn(facts, '\\"v1\\"', 'v1\\r\\nx-lamp: 1')],
  ])('is downloaded again: %s', async (_, damage) => {
    const { downloads, server, ...paths } = await aCopy()
    damage(paths)
    expect(await rowsOf(server.url, { downloads })).toEqual([LAMP])
    expect(await rowsOf(server.url, { downloads })).toEqual([LAMP])
    expect(conditions(server).map(([etag]) => etag)).toEqual([null, null, '"v1"'])
  })

  it('leaves what a killed run had begun for an hour, then removes it', async () => {
    const { downloads, server } = await aCopy()
    const draft = join(downloads, `${parseAddress(server.url).key}.0123abcd.tmp`)
    const other = join(downloads, 'lamps.tmp')
    for (const path of [draft, other]) writeFileSync(path, 'sku')
    const found: boolean[] = []
    for (const age of [3600, 3601]) {
      for (const path of [draft, other]) utimesSync(path, START / 1000 - age, START / 1000 - age)
      await rowsOf(server.url, { downloads })
      found.push(existsSync(draft))
    }
    expect([...found, existsSync(other)]).toEqual([true, false, true])
  })
})

describe('feed without a folder for copies', () => {
  it('is downloaded every time', async () => {
    const server = await serve(keeping('"v1"'))
    expect([await rowsOf(server.url), await rowsOf(server.url)]).toEqual([[LAMP], [LAMP]])
    expect(conditions(server)).toEqual([
      [null, null],
      [null, null],
    ])
  })
})

function replaceIn(path: string, text: string, replacement: string): void {
  const before = readFileSync(path, 'utf8')
  expect(before).toContain(text)
  writeFileSync(path, before.replace(text, replacement))
}
