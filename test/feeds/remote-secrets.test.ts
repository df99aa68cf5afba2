import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { expandSources, sourceLabel } from '../../src/feeds/index.ts'
import type { RemoteInput } from '../../src/feeds/remote/download.ts'
import { ManualClock } from '../helpers/clock.ts'
import { rejection } from '../helpers/http.ts'
import { proxies } from '../helpers/proxy.ts'
import { type Answer, type Misbehaviour, servers } from '../helpers/server.ts'
import { folders } from '../lib/folder.ts'
import { LAMPS, readUrl } from './downloading.ts'

const serve = servers()
const startProxy = proxies()
const newFolder = folders()

const USER = 'canary-user'
const PASSWORD = 'canary-password'
const KEY = 'canary-key'
const SECRETS = [USER, PASSWORD, KEY, Buffer.from(`${USER}:${PASSWORD}`).toString('base64')]

/** The secrets that anything in a value shows, however deep. */
function shownIn(value: unknown): string[] {
  const text = inspect(value, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null })
  return SECRETS.filter(secret => text.includes(secret))
}

const secret = (url: string): string => `${url.replace('//', `//${USER}:${PASSWORD}@`)}/lamps.csv?key=${KEY}#${KEY}`

describe('secrets in the address of a feed', () => {
  it('are sent to its server, and shown in no name, place, note or copy', async () => {
    const downloads = newFolder()
    const server = await serve((_, no) => (no === 1 ? { headers: { etag: '"v1"' }, body: LAMPS } : { status: 304 }))
    const fresh = await readUrl(secret(server.url), { downloads })
    const copied = await readUrl(secret(server.url), { downloads })
    expect([fresh.file, copied.records.map(({ place }) => place)]).toEqual([
      `${server.url}/lamps.csv?…`,
      [`${server.url}/lamps.csv?…:2`],
    ])
    const kept = readdirSync(downloads).map(name => [name, readFileSync(join(downloads, name), 'utf8')])
    expect([shownIn(fresh), shownIn(copied), shownIn(kept)]).toEqual([[], [], []])
    expect(shownIn(server.seen)).toEqual([KEY, SECRETS[3]])
  })

  it.each<[string, Answer | Misbehaviour]>([
    ['credentials are refused', { status: 401, headers: { 'www-authenticate': 'Basic realm="lamps"' } }],
    ['nothing is there', { status: 404 }],
    ['the server is down', { status: 503 }],
    ['the connection is reset', 'reset'],
    ['the answer is cut', 'cut'],
    ['it redirects in circles', { status: 302, headers: { location: `/lamps.csv?key=${KEY}` } }],
    ['it redirects to what is no address', { status: 302, headers: { location: `http://[${KEY}` } }],
    ['it redirects to another scheme', { status: 302, headers: { location: `ftp://${USER}:${PASSWORD}@a/?${KEY}` } }],
    ['it redirects to where nobody is', { status: 302, headers: { location: `http://127.0.0.1:1/?key=${KEY}` } }],
    ['the answer is too large', { headers: { 'content-length': '99999999999' } }],
    ['the answer is compressed in another way', { headers: { 'content-encoding': 'zstd' }, body: LAMPS }],
    ['the compressed answer is damaged', { headers: { 'content-encoding': 'br' }, body: LAMPS }],
    ['a web page comes', { body: '<!doctype html>' }],
    ['a record is broken', { body: 'sku,name\nLMP-1,Desk lamp,Oslo\n' }],
    ['bytes are invalid', { body: Uint8Array.of(0xff, 0x41, 0x41) }],
    ['a document is cut', { body: '[{"sku":"LMP-1"' }],
    ['nothing comes', { body: '' }],
  ])('are shown in no error, its causes included: %s', async (_, answer) => {
    const server = await serve(() => answer)
    const error = await rejection(readUrl(secret(server.url)))
    expect(error).toMatchObject({ exit: 3, message: expect.stringContaining(`${server.url}/lamps.csv?…`) })
    expect(shownIn(error)).toEqual([])
  })

  it('are shown in no error when the server is silent, gone, behind a closed proxy, or the run stops', async () => {
    const server = await serve(() => 'silence')
    const proxy = await startProxy(server.url, 403)
    const clock = new ManualClock()
    const stop = AbortSignal.abort(130)
    const failing = (url: string, facts: Partial<RemoteInput>) => rejection(readUrl(secret(url), facts))
    const silent = failing(server.url, { clock })
    await server.arrived(1)
    await clock.advance(30_000)
    const errors = [
      await silent,
      await failing(server.url, { stop }),
      await failing(server.url, { proxies: { http: proxy.url, https: undefined, no: undefined } }),
      await failing('http://127.0.0.1:1', {}),
      await failing('http://shop.example', {}),
      await rejection(expandSources([secret('http://shop.example')], '/')),
      await rejection(expandSources([secret('https://shop.example:99999')], '/')),
    ]
    expect(errors.map(shownIn)).toEqual(errors.map(() => []))
  })

  it('are not in the label of the source', () => {
    expect(shownIn([secret('https://shop.example'), secret('https://shop.example:99999')].map(sourceLabel))).toEqual([])
  })
})
