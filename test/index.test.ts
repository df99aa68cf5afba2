import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  applyPlan,
  explain,
  loadConfig,
  type Opened,
  openPlanFile,
  type PushRequest,
  plan,
  push,
  type RunEvent,
  reconcile,
  report,
  retry,
  runs,
  startSandbox,
  systemClock,
  verify,
  version,
} from '../src/index.ts'

describe('a program', () => {
  let folder: string
  let sandbox: Awaited<ReturnType<typeof startSandbox>>
  let events: RunEvent[]

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assetsync-program-'))
    sandbox = await startSandbox()
    events = []
    writeFileSync(join(folder, 'lamps.csv'), 'sku,image_1\nLMP-1,https://cdn.example.com/1.jpg\n')
  })

  afterEach(async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function request(command: string, only = 'catalogix'): Promise<PushRequest> {
    const config = await loadConfig({
      cwd: folder,
      file: null,
      home: null,
      env: {},
      sandbox: true,
      sandboxOptions: sandbox.targets,
      only: [only],
      overrides: { files: ['lamps.csv'] },
    })
    const never = new AbortController().signal
    return {
      config,
      sources: ['lamps.csv'],
      cwd: folder,
      stdin: (async function* () {})(),
      command,
      version: version(),
      clock: systemClock,
      listen: event => void events.push(event),
      selection: { limit: null, only: [] },
      keepOriginals: false,
      stop: never,
      abort: never,
      proxies: { http: undefined, https: undefined, no: undefined },
      timeoutMs: 30_000,
      downloads: null,
      state: join(folder, '.assetsync'),
      sandbox: true,
      maxDelete: { amount: 10, percent: true },
      full: false,
      allowShrink: false,
      prune: false,
      maxCreate: null,
      maxFailures: null,
      lockWait: 0,
      pid: 4711,
      rewriteImage: url => `${sandbox.url}/__sandbox/image/${encodeURIComponent(url)}`,
    }
  }

  async function exitOf(opened: Promise<Opened<{ readonly exitCode: number }>>): Promise<number> {
    const { document, close } = await opened
    await close()
    return document.exitCode
  }

  it('pushes, looks at the target, settles and sends again', async () => {
    expect(await exitOf(push(await request('push')))).toBe(0)
    expect(await exitOf(verify(await request('verify')))).toBe(0)
    expect(await exitOf(retry({ ...(await request('retry')), run: null }))).toBe(0)
    expect(await exitOf(reconcile(await request('reconcile')))).toBe(0)
  })

  it('saves a plan and applies it', async () => {
    const out = join(folder, 'lamps.plan')
    expect(await exitOf(plan({ ...(await request('plan')), out }))).toBe(0)
    const saved = await openPlanFile(out, await request('push'))
    const applied = applyPlan({ ...(await request('push')), plan: saved, limits: saved.header.limits })
    expect(await exitOf(applied)).toBe(0)
    saved.close()
    expect(sandbox.state().catalogix.galleries).toEqual({ 'LMP-1': ['https://cdn.example.com/1.jpg'] })
  })

  it('looks back', async () => {
    await exitOf(push(await request('push')))
    const { state, clock } = await request('runs')
    const [last] = runs({ state, clock }).runs
    expect(last).toMatchObject({ command: 'push', totals: { created: 1 } })
    const { document, close } = report({ state, clock, run: null })
    expect([document.run.id, [...document.outcomes()].map(({ code }) => code)]).toEqual([last?.id, ['LMP-1']])
    await close()
    const now = { trouble: null, targets: [], sandbox: true, feed: null, isNamed: false }
    const explained = await explain({ state, clock, code: 'LMP-1', only: [], now })
    expect(explained.targets.map(({ name }) => name)).toEqual(['catalogix'])
  })

  it.each([
    ['catalogix', 1],
    ['emporix', 4],
  ])('hears how many requests %s will take, as many as plan says', async (target, requests) => {
    const { document, close } = await plan(await request('plan', target))
    await close()
    await exitOf(push(await request('push', target)))
    const planned = events.filter(({ type }) => type === 'planned')
    expect(planned).toMatchObject([{ target, send: 1, requests }])
    expect(document.targets[0]?.forecast.requests).toBe(requests)
  })
})
