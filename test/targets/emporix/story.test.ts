import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/model/outcome.ts'
import { type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts'
import { catalogOf, Terminal } from '../../cli/terminal.ts'

type Gallery = readonly string[]

/** A small feed on its way into a shop, through the command line and over real HTTP. */
describe('the story of emporix', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
  })

  afterEach(() => terminal.close())

  const urlOf = (name: string) => `https://cdn.example.com/${name}.jpg`

  function feed(galleries: Readonly<Record<string, Gallery>>) {
    const rows = Object.entries(galleries).map(([code, names]) => [code, ...names.map(urlOf)].join(','))
    terminal.file('lamps.csv', ['sku,image_1,image_2,image_3', ...rows, ''].join('\n'))
  }

  /** Writes the config of the shop; its address and credentials are those of the sandbox. */
  const configure = (options: object) =>
    terminal.file('.assetsyncrc', { targets: { shop: { type: 'emporix', ...CREDENTIALS, ...options } } })

  async function push(options = '') {
    const report = await terminal.report(`push lamps.csv --sandbox --target shop ${options}`.trim())
    const items: Outcome[] = report.items
    const told = items.map(({ key, status, reason }) => [key, reason === null ? status : `${status} ${reason}`])
    return { requests: report.targets[0].requests, told: Object.fromEntries(told), exitCode: report.exitCode }
  }

  /** What the shop shows, with the names of images that it knows by address. */
  async function shown(): Promise<Record<string, Gallery>> {
    const sandbox = await startSandbox({ folder: join(terminal.folder, KEPT) })
    const { galleries } = sandbox.state().emporix
    await sandbox.close()
    const name = (url: string) => url.replace(/^https:.*\/(.*)\.jpg$/, '$1')
    return Object.fromEntries(Object.entries(galleries).map(([code, urls]) => [code, urls.map(name).toSorted()]))
  }

  it('needs neither config nor account to be tried', async () => {
    terminal.file('chairs.csv', catalogOf(3))
    const first = await terminal.report('push chairs.csv --sandbox --target emporix')
    expect(first.targets).toMatchObject([{ name: 'emporix', items: 6, totals: { created: 6 } }])
    const second = await terminal.report('push chairs.csv --sandbox --target emporix')
    expect(second.targets).toMatchObject([{ requests: 0, totals: { unchanged: 6 } }])
  })

  describe.each(['link', 'blob'])('with upload: %s', upload => {
    beforeEach(() => {
      configure({ upload })
      feed({ 'L-1': ['a', 'b'], '007': ['c'] })
    })

    it('creates every asset at first and sends nothing the second time', async () => {
      expect((await push()).told).toEqual({
        [`L-1 ${urlOf('a')}`]: 'created',
        [`L-1 ${urlOf('b')}`]: 'created',
        [`007 ${urlOf('c')}`]: 'created',
      })
      expect(await shown()).toEqual(
        upload === 'link'
          ? { 'L-1': ['a', 'b'], '007': ['c'] }
          : { 'L-1': ['file:L-1_1', 'file:L-1_2'], '007': ['file:007_1'] },
      )
      expect(await push()).toMatchObject({ requests: 0, exitCode: 0 })
    })

    it('calls swapped ranks unchanged', async () => {
      await push()
      feed({ 'L-1': ['b', 'a'], '007': ['c'] })
      expect(await push()).toMatchObject({ requests: 0, exitCode: 0 })
    })

    it('adopts everything after the ledger was lost', async () => {
      await push()
      const before = await shown()
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(join(terminal.folder, `${KEPT}/ledger.db${suffix}`), { force: true })
      const { told } = await push()
      expect(new Set(Object.values(told))).toEqual(new Set(['updated adopted']))
      expect(await shown()).toEqual(before)
    })
  })

  describe('of LINKs', () => {
    beforeEach(async () => {
      configure({})
      feed({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
      await push()
    })

    it('makes only the asset that a replaced image needs, and keeps the old one', async () => {
      feed({ 'L-1': ['new', 'b'], 'L-2': ['c'] })
      const { requests, told } = await push()
      expect(told).toEqual({
        [`L-1 ${urlOf('new')}`]: 'created',
        [`L-1 ${urlOf('b')}`]: 'unchanged',
        [`L-2 ${urlOf('c')}`]: 'unchanged',
      })
      expect(requests).toBe(4) // token, product, assets of the product, create
      expect(await shown()).toEqual({ 'L-1': ['a', 'b', 'new'], 'L-2': ['c'] })
    })

    it('deletes the old one with --prune', async () => {
      feed({ 'L-1': ['new', 'b'], 'L-2': ['c'] })
      const { told } = await push('--prune --max-delete 50%')
      expect(told).toMatchObject({ [`L-1 ${urlOf('new')}`]: 'created', [`L-1 ${urlOf('a')}`]: 'deleted' })
      expect(await shown()).toEqual({ 'L-1': ['b', 'new'], 'L-2': ['c'] })
      expect((await push('--prune')).requests).toBe(0)
    })

    it('leaves a dropped image without --prune, and deletes it with', async () => {
      feed({ 'L-1': ['a'], 'L-2': ['c'] })
      expect((await push()).requests).toBe(0)
      expect(await shown()).toEqual({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
      feed({ 'L-1': ['b', 'a'], 'L-2': ['c'] })
      await push()
      feed({ 'L-1': ['a'], 'L-2': ['c'] })
      expect((await push('--prune --max-delete 50%')).told).toMatchObject({ [`L-1 ${urlOf('b')}`]: 'deleted' })
      expect(await shown()).toEqual({ 'L-1': ['a'], 'L-2': ['c'] })
    })

    it('sends everything again with --full, in place', async () => {
      const { told } = await push('--full')
      expect(new Set(Object.values(told))).toEqual(new Set(['updated']))
      expect(await shown()).toEqual({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
    })

    it('says which assets have to go before they can become BLOBs', async () => {
      configure({ upload: 'blob' })
      const { told, exitCode } = await push()
      expect([new Set(Object.values(told)), exitCode]).toEqual([new Set(['failed immutable']), 1])
      expect(await shown()).toEqual({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
    })
  })

  it('refuses PRIVATE product images before anything is sent', async () => {
    configure({ access: 'PRIVATE' })
    feed({ 'L-1': ['a', 'b'] })
    const report = await terminal.report('push lamps.csv --sandbox --target shop')
    expect(report.items).toMatchObject([{ code: 'L-1', key: null, status: 'rejected', reason: 'access-refused' }])
    expect([report.targets[0].requests, report.exitCode]).toEqual([0, 1])
  })

  it.each([
    ['clientSecret', 'Invalid client identifier'],
    ['tenant', 'Tenant in the header is not matching with the one provided in the URI'],
  ])('stops at once when the %s is wrong', async (option, words) => {
    const sandbox = await startSandbox()
    const shop = { type: 'emporix', ...sandbox.targets.emporix, [option]: 'anothershop' }
    terminal.file('.assetsyncrc', { targets: { shop } })
    feed({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
    const { items, exitCode } = await terminal.report('push lamps.csv')
    await sandbox.close()
    expect(exitCode).toBe(4)
    expect(new Set(items.map(({ status, reason }: Outcome) => `${status} ${reason}`))).toEqual(
      new Set(['skipped credentials-refused']),
    )
    expect(items[0].message).toContain(words)
  })

  it.each([
    ['a reset', 'reset'],
    ['an answer cut short', 'garbage'],
  ] as const)('makes nothing twice after %s', async (_, fault) => {
    const options: SandboxOptions = { faults: [{ target: 'emporix', fault, rate: 0.3 }] }
    const sandbox = await startSandbox(options)
    const shop = { type: 'emporix', ...sandbox.targets.emporix }
    terminal.file('.assetsyncrc', { targets: { shop } })
    feed({ 'L-1': ['a', 'b'], 'L-2': ['c'], 'L-3': ['d', 'e', 'f'] })
    for (let run = 0; run < 12; run++) await terminal.call('push lamps.csv --retries 0')
    const { galleries } = sandbox.state().emporix
    await sandbox.close()
    const urls = Object.values(galleries).flat()
    expect([urls.length, new Set(urls).size]).toEqual([6, 6])
  })
})

/** Where a rehearsal keeps its ledger and what the emulators hold. */
const KEPT = '.assetsync/sandbox'
const CREDENTIALS = { tenant: 'lampshop', clientId: 'lamp-client', clientSecret: 'lamp-secret' }
