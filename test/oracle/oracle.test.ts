import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { type Commit, faultNamed } from './fault.ts'
import { Journal } from './journal.ts'
import { Oracle } from './oracle.ts'

const PATIENCE_MS = 30_000

let sandbox: Sandbox
let journal: Journal
let oracle: Oracle

beforeEach(async () => {
  sandbox = await startSandbox()
  journal = new Journal()
  oracle = new Oracle({ target: 'catalogix', upstream: sandbox.url, elsewhere: sandbox.url, journal })
  await oracle.listen()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all([oracle.close(), sandbox.close()])
  expect(oracle.failures).toEqual([])
})

/** Puts a lamp there, as a client would; null when the connection broke. */
async function put(code: string): Promise<number | null> {
  const { baseUrl, token, storeUuid } = sandbox.targets.catalogix
  const path = new URL(baseUrl).pathname
  const lamp = {
    parent_code: code,
    asset_type: 'image',
    assets: { 'Image URL 1': `https://images.example.com/${code}` },
  }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify([lamp])
  const answer = fetch(`${oracle.url}${path}/assets?store_uuid=${storeUuid}`, { method: 'POST', headers, body })
  return answer.then(({ status }) => status).catch(() => null)
}

const there = () => Object.keys(sandbox.state().catalogix.galleries)
const breakFirst = (name: string) => {
  const fault = faultNamed(name)
  oracle.begin(1, ({ no }) => (no === 1 ? fault : null), PATIENCE_MS)
}

describe('the oracle', () => {
  it('passes on what it is asked, and writes it down', async () => {
    oracle.begin(1, () => null, PATIENCE_MS)
    expect([await put('LAMP-1'), there()]).toEqual([200, ['LAMP-1']])
    expect(journal.entries).toMatchObject([
      { seq: 1, run: 1, no: 1, method: 'POST', isWrite: true, items: 1, committed: true, status: 200, fault: null },
    ])
    expect([...oracle.secrets]).toEqual([sandbox.targets.catalogix.token])
  })

  /** What is there of the first lamp: after its answer, two requests later, when the client has gone, and in its next run. */
  it.each<[Commit, readonly boolean[]]>([
    ['never', [false, false, false, false]],
    ['now', [true, true, true, true]],
    ['late', [false, true, true, true]],
    ['gone', [false, false, true, true]],
    ['next', [false, false, false, true]],
  ])('carries a request out when it shall: %s', async (commit, expected) => {
    breakFirst(`${commit}:reset`)
    const seen: boolean[] = []
    const look = () => seen.push(there().includes('LAMP-1'))
    expect(await put('LAMP-1')).toBeNull()
    look()
    for (const code of ['LAMP-2', 'LAMP-3']) await put(code)
    look()
    await oracle.end()
    look()
    oracle.begin(2, () => null, PATIENCE_MS)
    for (const code of ['LAMP-4', 'LAMP-5']) await put(code)
    look()
    expect(seen).toEqual(expected)
  })

  it.each([
    'never:unread',
    'never:reading',
    'never:reset',
    'never:302',
    'never:html',
    'now:504',
    'now:cut',
    'now:cut-chunks',
  ])('keeps what the client is told apart from what is done: %s', async name => {
    breakFirst(name)
    await put('LAMP-1')
    await oracle.end()
    expect(there()).toEqual(name.startsWith('now') ? ['LAMP-1'] : [])
  })

  it('notices who comes before the time that was asked for', async () => {
    breakFirst('never:429-wait')
    expect(await put('LAMP-1')).toBe(429)
    const later = performance.now() + 300 // longer than requests may cross each other
    vi.spyOn(performance, 'now').mockImplementation(() => later)
    await put('LAMP-2')
    expect(oracle.early.map(({ no }) => no)).toEqual([2])
  })

  it('counts how many requests are open at once', async () => {
    oracle.begin(1, () => null, PATIENCE_MS)
    let arrived = 0
    let open = (): void => undefined
    const opened = new Promise<void>(resolve => {
      open = resolve
    })
    oracle.watch = async ({ phase }) => {
      if (phase === 'arrived' && ++arrived === 3) open()
      await opened
      return true
    }
    await Promise.all(['LAMP-1', 'LAMP-2', 'LAMP-3'].map(put))
    expect(oracle.peak).toBe(3)
  })
})
