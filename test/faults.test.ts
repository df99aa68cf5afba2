import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catalogOf, Terminal } from './cli/terminal.ts'
import { type Seen, servers } from './helpers/server.ts'

const serve = servers()
let terminal: Terminal

beforeEach(() => {
  terminal = new Terminal()
})

afterEach(() => terminal.close())

describe('a push that is interrupted twice', () => {
  it('leaves at once at the second interrupt', async () => {
    const server = await serve(() => 'silence')
    terminal.configure({ baseUrl: server.url, storeUuid: 'furniture' })
    terminal.file('chairs.csv', catalogOf(3))
    let interrupt: (signal: NodeJS.Signals) => void = () => undefined
    let ended: Promise<unknown> = Promise.resolve()
    const raised = new Promise<NodeJS.Signals>(onRaise => {
      ended = terminal.call('push chairs.csv --timeout 0.5 --retries 0', {
        env: { CATALOGIX_TOKEN: 'a-token' },
        onRaise,
        onSignal(way) {
          interrupt = way
        },
      })
    })
    await server.arrived(1)
    for (const signal of ['SIGTERM', 'SIGINT'] as const) interrupt(signal)
    expect(await raised).toBe('SIGINT')
    await ended // nobody ends this process
  })
})

describe('credentials', () => {
  /** What URLs, base64 and JSON write in other ways. */
  const SECRET = 'canary/7f3a+9c"51&d0~~'
  const FORMS = [
    SECRET,
    encodeURIComponent(SECRET),
    Buffer.from(SECRET).toString('base64'),
    JSON.stringify(SECRET).slice(1, -1),
  ]
  const env = { CATALOGIX_TOKEN: SECRET }
  const FEED = `${catalogOf(3)}CHR-X,front.jpg,\n`

  it.each([200, 400, 401, 404, 413, 500])(
    'shows no secret on any way out, whatever the server echoes',
    async status => {
      const server = await serve(seen =>
        seen.path === '/feed.csv' ? { body: FEED, headers: ETAG } : echo(seen, status),
      )
      terminal.configure({ baseUrl: server.url, storeUuid: 'furniture' })
      const options = '-v --retries 1 --timeout 5'
      const push = `push ${server.url}/feed.csv ${options}`
      const lines = [
        `${push} --report run.json --report run.ndjson --rejects rejects.csv`,
        `${push} --format json`,
        `${push} --format ndjson`,
        `retry ${options}`,
        'doctor',
      ]
      for (const line of lines) {
        const { stdout, stderr } = await terminal.call(line, { env })
        expect(shownIn(stdout + stderr), line).toEqual([])
      }
      expect(server.seen.some(({ headers }) => headers.authorization === `Bearer ${SECRET}`)).toBe(true)
      expect(files().map(({ name }) => name)).toEqual(
        expect.arrayContaining(['ledger.db', 'run.json', 'run.ndjson', 'rejects.csv']),
      )
      expect(files().filter(({ text }) => shownIn(text).length > 0)).toEqual([])
    },
  )

  it.each(['in the config', 'in the environment'])(
    'tells what is wrong with a secret without telling the secret',
    async place => {
      const secret = 'canary lamp token'
      const token = place === 'in the config' ? { token: secret } : {}
      terminal.configure({ baseUrl: 'https://api.example.com', storeUuid: 'furniture', ...token })
      terminal.file('chairs.csv', catalogOf(1))
      const { code, stdout, stderr } = await terminal.call('push chairs.csv -v', { env: { CATALOGIX_TOKEN: secret } })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('targets.catalogix.token: must be printable ASCII without spaces, found a hidden value')
      expect(stderr).not.toContain('canary')
    },
  )

  const ETAG = { etag: '"1"' }

  function echo({ headers, path, body }: Seen, status: number) {
    const message = JSON.stringify([...FORMS, headers, path, body])
    return {
      status,
      headers: { 'x-request-id': Buffer.from(SECRET).toString('base64'), 'x-echo': encodeURIComponent(SECRET) },
      // As PHP writes JSON, with every / as \\/.
      body: JSON.stringify({ status: { code: -1, message }, message }).replaceAll('/', '\\/'),
    }
  }

  function shownIn(text: string): string[] {
    return FORMS.filter(form => text.includes(form))
  }

  function files() {
    return readdirSync(terminal.folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ name, parentPath }) => ({ name, text: readFileSync(join(parentPath, name), 'latin1') }))
  }
})

describe('a hostile feed', () => {
  it.each(['', ' --code-column nope', ' --preset shopify'])(
    'lets no column name begin a line of its own in an error',
    async options => {
      terminal.file('chairs.csv', '"lamp\n::error::catalogix  created 1",b\n1,2\n')
      const { code, stderr } = await terminal.call(`check chairs.csv${options}`)
      expect(code).toBe(3)
      expect(stderr).toContain('lamp\\u{a}::error::')
      expect(stderr.split('\n').filter(line => line.startsWith('::'))).toEqual([])
    },
  )
})
