import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/model/outcome.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts'
import { catalogOf, Terminal } from '../../cli/terminal.ts'

type Gallery = readonly string[]

/** A small feed on its way into a studio, through the command line and over real HTTP. */
describe('the story of productai', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
  })

  afterEach(() => terminal.close())

  const urlOf = (name: string) => `https://cdn.example.com/${name}.jpg`

  function feed(galleries: Readonly<Record<string, Gallery>>) {
    const rows = Object.entries(galleries).map(([code, names]) =>
      [code, `Title of ${code}`, ...names.map(urlOf)].join(),
    )
    terminal.file('lamps.csv', ['sku,title,image_1,image_2,image_3', ...rows, ''].join('\n'))
  }

  /** Writes the config of the studio; its address and key are those of the sandbox. */
  const configure = (options: object = {}) =>
    terminal.file('.assetsyncrc', { targets: { studio: { type: 'productai', apiKey: 'any', ...options } } })

  async function push(options = '') {
    const report = await terminal.report(`push lamps.csv --sandbox --target studio ${options}`.trim())
    const items: Outcome[] = report.items
    const told = items.map(({ key, status, reason }) => [key, reason === null ? status : `${status} ${reason}`])
    return { requests: report.targets[0].requests, told: Object.fromEntries(told), exitCode: report.exitCode, items }
  }

  /** What the studio shows, with the names of images that it imported by address. */
  async function shown(): Promise<Record<string, Gallery>> {
    const sandbox = await startSandbox({ folder: join(terminal.folder, KEPT) })
    const galleries = galleriesOf(sandbox)
    await sandbox.close()
    return galleries
  }

  function galleriesOf(sandbox: Sandbox): Record<string, Gallery> {
    const name = (url: string) => url.replace(/^https:.*\/(.*)\.jpg$/, '$1')
    const galleries = Object.entries(sandbox.state().productai.galleries)
    return Object.fromEntries(galleries.map(([code, urls]) => [code, urls.map(name).toSorted()]))
  }

  function loseLedger() {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(terminal.folder, `${KEPT}/ledger.db${suffix}`), { force: true })
  }

  it('needs neither config nor account to be tried', async () => {
    terminal.file('chairs.csv', catalogOf(3))
    const first = await terminal.report('push chairs.csv --sandbox --target productai')
    expect(first.targets).toMatchObject([{ name: 'productai', items: 6, requests: 8, totals: { created: 6 } }])
    const second = await terminal.report('push chairs.csv --sandbox --target productai')
    expect(second.targets).toMatchObject([{ requests: 0, totals: { unchanged: 6 } }])
  })

  describe.each(['url', 'file'])('with upload: %s', upload => {
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
      const held = Object.values(await shown()).flat()
      expect(held.map(name => name.replace(/^file:(.*)\..*$/, '$1')).toSorted()).toEqual(['a', 'b', 'c'])
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
      loseLedger()
      const { told, requests } = await push()
      expect([new Set(Object.values(told)), requests]).toEqual([new Set(['updated adopted']), 1])
      expect(await shown()).toEqual(before)
    })
  })

  describe('of a studio that holds the feed', () => {
    beforeEach(async () => {
      configure()
      feed({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
      await push()
    })

    it('uploads only a replaced image, and keeps the old one', async () => {
      feed({ 'L-1': ['new', 'b'], 'L-2': ['c'] })
      const { requests, told } = await push()
      expect(told).toEqual({
        [`L-1 ${urlOf('new')}`]: 'created',
        [`L-1 ${urlOf('b')}`]: 'unchanged',
        [`L-2 ${urlOf('c')}`]: 'unchanged',
      })
      expect(requests).toBe(3) // the list, the upload, whether it is ready
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
      feed({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
      await push()
      feed({ 'L-1': ['a'], 'L-2': ['c'] })
      const { told, requests } = await push('--prune --max-delete 50%')
      expect([told[`L-1 ${urlOf('b')}`], requests]).toEqual(['deleted', 2])
      expect(await shown()).toEqual({ 'L-1': ['a'], 'L-2': ['c'] })
    })

    it('replaces assets whose name has changed, and says so with their new ids', async () => {
      const before = (await push()).items.map(({ remoteId }) => remoteId)
      configure({ name: '{column:title}' })
      const { told, items } = await push()
      expect(new Set(Object.values(told))).toEqual(new Set(['updated replaced']))
      expect(items.filter(({ remoteId }) => before.includes(remoteId))).toEqual([])
      expect(await shown()).toEqual({ 'L-1': ['a', 'b'], 'L-2': ['c'] })
      expect((await push()).requests).toBe(0)
    })

    it('uploads nothing with --full, which would only make the same assets again', async () => {
      const { told, requests } = await push('--full')
      expect([new Set(Object.values(told)), requests]).toEqual([new Set(['unchanged']), 0])
    })
  })

  describe('against a studio with habits', () => {
    async function studioOf(options: SandboxOptions, more: object = {}) {
      const sandbox = await startSandbox(options)
      const studio = { type: 'productai', rate: 'off', ...sandbox.targets.productai, ...more }
      terminal.file('.assetsyncrc', { targets: { studio } })
      feed({ 'L-1': ['a', 'b'], 'L-2': ['c'], 'L-3': ['d', 'e', 'f'] })
      const told = async (options = '') => {
        const outcomes = await terminal.outcomes(`push lamps.csv ${options}`.trim())
        return [...new Set(outcomes.map(({ status, reason }) => (reason === null ? status : `${status} ${reason}`)))]
      }
      return { sandbox, told }
    }

    it('calls images accepted that are processed for longer than a run waits, and looks at them first in the next', async () => {
      const { sandbox, told } = await studioOf({ productai: { processingMs: 3_600_000 } }, { maxWait: 0 })
      expect([await told(), sandbox.state().productai.requests]).toEqual([['accepted processing'], 8])
      expect([await told(), sandbox.state().productai.requests]).toEqual([['accepted processing'], 10])
      await sandbox.close()
    })

    it('never waits where it is told not to', async () => {
      const { sandbox, told } = await studioOf({ productai: { processingMs: 3_600_000 } }, { wait: false })
      expect([await told(), await told()]).toEqual([['accepted processing'], ['unchanged']])
      await sandbox.close()
    })

    it('keeps to x-api-key', async () => {
      const { sandbox, told } = await studioOf({ productai: { auth: 'x-api-key' } }, { auth: 'x-api-key' })
      expect(await told()).toEqual(['created'])
      await sandbox.close()
    })

    it('ends with 4 when the key is wrong', async () => {
      const { sandbox } = await studioOf({}, { apiKey: 'wrong-key' })
      expect((await terminal.call('push lamps.csv')).code).toBe(4)
      await sandbox.close()
    })

    it('says that the plan is used up, in the words of the vendor, and ends with 5', async () => {
      const { sandbox } = await studioOf({ productai: { maxAssets: 2 } }, { concurrency: 1 })
      const { code, stdout, stderr } = await terminal.call('push lamps.csv')
      expect([code, stdout, stderr]).toEqual([5, expect.stringContaining('plan-limit'), expect.anything()])
      expect(stderr + stdout).toContain('The ProductAI plan does not allow it')
      await sandbox.close()
    })

    it.each(['reset', 'garbage'] as const)('makes nothing twice, whatever happens: %s', async fault => {
      const { sandbox } = await studioOf({ faults: [{ target: 'productai', fault, rate: 0.3 }] }, { maxWait: 1 })
      for (let run = 0; run < 8; run++) await terminal.call('push lamps.csv --retries 0')
      expect(galleriesOf(sandbox)).toEqual({ 'L-1': ['a', 'b'], 'L-2': ['c'], 'L-3': ['d', 'e', 'f'] })
      await sandbox.close()
    })
  })
})

/** Where a rehearsal keeps its ledger and what the emulators hold. */
const KEPT = '.assetsync/sandbox'
