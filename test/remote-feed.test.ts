import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'
import { type Answer, type Loopback, type Misbehaviour, servers } from './helpers/server.ts'

const USER = 'canary-user'
const PASSWORD = 'canary-p4ssword'
const KEY = 'canary-key-51d0'
const SECRETS = ['canary', Buffer.from(`${USER}:${PASSWORD}`).toString('base64')]

/** A server of one feed, which can be changed. It knows conditional requests, unless its answer has a status of its own. */
interface FeedServer extends Loopback {
  /** The address of the feed with user name, password and key. */
  readonly secret: string
  serve(answer: Answer | Misbehaviour): void
}

describe('a feed at an http address', () => {
  const start = servers()
  let terminal: Terminal
  let sandbox: Sandbox
  let server: FeedServer

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix)
    server = await feedServer()
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  async function feedServer(): Promise<FeedServer> {
    let served: Answer | Misbehaviour = { body: catalogOf(10) }
    let version = 1
    const server = await start(({ headers }) => {
      if (typeof served === 'string' || served.status !== undefined) return served
      const etag = `"v${version}"`
      return headers['if-none-match'] === etag ? { status: 304 } : { ...served, headers: { etag } }
    })
    const serve: FeedServer['serve'] = answer => {
      version++
      served = answer
    }
    const secret = `${server.url.replace('//', `//${USER}:${PASSWORD}@`)}/chairs.csv?key=${KEY}`
    return { ...server, secret, serve }
  }

  const requests = async () => (await stateOf(sandbox)).requests
  const totals = async (line: string) => (await terminal.report(line)).targets[0].totals

  const shownIn = (text: string) => SECRETS.filter(secret => text.includes(secret))

  /** The secrets that any file of the folder shows, with its name. */
  function leaks(folder = terminal.folder): string[] {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    return files.flatMap(({ parentPath, name }) => {
      const text = readFileSync(join(parentPath, name), 'latin1')
      return shownIn(`${name}\n${text}`).map(secret => `${name}: ${secret}`)
    })
  }

  it('is pushed, named by its address', async () => {
    const { feed, items, targets } = await terminal.report(`push ${server.url}/chairs.csv`)
    expect(feed.files).toEqual([`${server.url}/chairs.csv`])
    expect(items[0]).toMatchObject({ code: 'CHR-00001', status: 'created', source: `${server.url}/chairs.csv:2` })
    expect(targets[0].totals.created).toBe(10)
  })

  it('is downloaded once as long as it does not change, and nothing is sent then', async () => {
    await terminal.call(`push ${server.url}/chairs.csv`)
    const sent = await requests()
    expect(await totals(`push ${server.url}/chairs.csv`)).toMatchObject({ unchanged: 10, created: 0 })
    expect(server.seen.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"'])
    expect(await requests()).toBe(sent)
  })

  it('is downloaded again when it has changed, and only the change is sent', async () => {
    await terminal.call(`push ${server.url}/chairs.csv`)
    server.serve({ body: catalogOf(11) })
    expect(await totals(`push ${server.url}/chairs.csv`)).toMatchObject({ unchanged: 10, created: 1 })
  })

  it('is checked without leaving anything behind, and planned with what the ledger knows', async () => {
    expect(await terminal.call(`check ${server.url}/chairs.csv`)).toMatchObject({ code: 0, stderr: '' })
    expect(await terminal.call(`plan ${server.url}/chairs.csv`)).toMatchObject({ code: 0 })
    expect(readdirSync(terminal.folder)).toEqual(['.assetsyncrc'])
    await terminal.call(`push ${server.url}/chairs.csv`)
    const { targets } = await terminal.report(`plan ${server.url}/chairs.csv`)
    expect(targets[0].totals).toMatchObject({ unchanged: 10, create: 0 })
    expect(server.seen.at(-1)?.headers['if-none-match']).toBe('"v1"')
  })

  it('says how it came, with -v', async () => {
    await terminal.call(`push ${server.url}/chairs.csv`)
    const { stderr } = await terminal.call(`push ${server.url}/chairs.csv -v`)
    expect(stderr).toContain(`${server.url}/chairs.csv: unchanged since `)
  })

  it.each<[string, Answer | Misbehaviour, string]>([
    ['is not there', { status: 404 }, 'answers with status 404\nNothing is there: check the address.'],
    ['breaks off', 'cut', 'the connection broke after'],
    ['is a login page', { status: 200, body: '<!doctype html><title>Log in</title>' }, 'is a web page'],
  ])('that %s ends with 3, and nothing is sent', async (_, answer, words) => {
    server.serve(answer)
    const { code, stdout, stderr } = await terminal.call(`push ${server.url}/chairs.csv`)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(words)
    expect(await requests()).toBe(0)
  })

  it.each(['push', 'plan', 'check'])('is given up after --timeout without a byte: %s', async command => {
    server.serve('silence')
    const { code, stderr } = await terminal.call(`${command} ${server.url}/chairs.csv --timeout 0.05`)
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('the server sent nothing for 50 ms') })
  })

  describe('with a password and a key in it', () => {
    it('is asked with both', async () => {
      await terminal.call(`push ${server.secret}`)
      expect(server.seen).toMatchObject([
        { path: `/chairs.csv?key=${KEY}`, headers: { authorization: `Basic ${SECRETS[1]}` } },
      ])
    })

    it('shows neither in any output, report or file', async () => {
      const lines = [
        `check ${server.secret} -v --rejects rejects.csv`,
        `push ${server.secret} -v --report run.json --report run.ndjson --rejects rejects.csv`,
        `push ${server.secret} -v`,
        `plan ${server.secret} -v --format json`,
        'retry -v',
      ]
      server.serve({ body: `${catalogOf(3)}CHR-X,front.jpg,\n` })
      for (const line of lines) {
        const { stdout, stderr } = await terminal.call(line)
        expect(shownIn(`${stdout}\n${stderr}`), line).toEqual([])
      }
      expect(existsSync(join(terminal.folder, '.assetsync/downloads'))).toBe(true)
      expect(leaks()).toEqual([])
    })

    it.each<[string, Answer | Misbehaviour]>([
      ['nothing is there', { status: 404 }],
      ['the password is refused', { status: 401 }],
      ['the connection is reset', 'reset'],
      ['it is cut off', 'cut'],
      ['it is broken', { status: 200, body: 'sku,image\nCHR-1,"a' }],
      ['nothing in it can be sent', { status: 200, body: 'sku,image\nCHR-1,front.jpg\n' }],
    ])('shows neither when %s', async (_, answer) => {
      server.serve(answer)
      for (const command of ['check', 'push']) {
        const { code, stdout, stderr } = await terminal.call(`${command} ${server.secret} -v`)
        expect(code).toBe(3)
        expect(shownIn(`${stdout}\n${stderr}`)).toEqual([])
      }
      expect(leaks()).toEqual([])
    })

    it('may have them from the environment, when the config names it', async () => {
      const files = [server.secret.replace(PASSWORD, '$' + '{FEED_PASSWORD}').replace(KEY, '$' + '{FEED_KEY}')]
      terminal.configure(sandbox.targets.catalogix, { feed: { files } })
      const env = { FEED_PASSWORD: PASSWORD, FEED_KEY: KEY }
      const { code, stdout, stderr } = await terminal.call('push -v', { env })
      expect({ code, path: server.seen[0]?.path }).toEqual({ code: 0, path: `/chairs.csv?key=${KEY}` })
      expect(shownIn(`${stdout}\n${stderr}`)).toEqual([])
      expect(leaks(join(terminal.folder, '.assetsync'))).toEqual([])
    })

    it('is one source, whoever asks: the shrink guard holds', async () => {
      await terminal.call(`push ${server.secret}`)
      server.serve({ body: `${catalogOf(3)}CHR-NEW,https://images.example.com/new.jpg,\n` })
      const other = server.secret.replace(USER, 'another-user').replace(PASSWORD, 'another-password')
      expect(await terminal.report(`push ${other}`)).toMatchObject({
        exitCode: 8,
        targets: [{ totals: { skipped: 1 } }],
      })
    })

    it('is another source under another key', async () => {
      await terminal.call(`push ${server.secret}`)
      server.serve({ body: catalogOf(3) })
      expect((await terminal.call(`push ${server.secret.replace(KEY, 'another-key')}`)).code).toBe(0)
    })
  })

  it('may be one of several feeds', async () => {
    terminal.file('lamps.csv', 'sku,image\nLMP-1,https://images.example.com/lamp.jpg\n')
    const { feed } = await terminal.report(`push lamps.csv ${server.url}/chairs.csv`)
    expect(feed).toMatchObject({ files: ['lamps.csv', `${server.url}/chairs.csv`], products: 11 })
  })
})
