import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../src/model/outcome.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox/index.ts'
import { Terminal } from './cli/terminal.ts'
import { restarted } from './helpers/sandbox.ts'

type Type = 'emporix' | 'productai'

const PRUNE = 'push lamps.csv --prune --max-delete 50%'

describe('--prune, when the image that replaces another one', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox({ folder: terminal.folder })
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  /** The same systems at the same address, behaving otherwise. */
  async function behaving(options: SandboxOptions = {}): Promise<void> {
    sandbox = await restarted(sandbox, terminal.folder, options)
  }

  const urlOf = (name: string) => `https://cdn.example.com/${name}.jpg`
  const feed = (images: Readonly<Record<string, string>>) => {
    const rows = Object.entries(images).map(([code, name]) => `${code},${urlOf(name)}`)
    terminal.file('lamps.csv', ['sku,image_1', ...rows, ''].join('\n'))
  }
  const shown = (type: Type, code: string) =>
    sandbox
      .state()
      [type].galleries[code]?.map(url => url.replace(/^.*\/(.*)\.jpg$/, '$1'))
      .toSorted() ?? []
  const told = (outcomes: readonly Outcome[]) =>
    outcomes
      .filter(({ status }) => status !== 'unchanged')
      .map(({ code, status, reason }) => `${code} ${status}${reason === null ? '' : ` ${reason}`}`)

  describe('cannot be processed by ProductAI', () => {
    beforeEach(async () => {
      terminal.file('.assetsyncrc', {
        targets: { studio: { type: 'productai', ...sandbox.targets.productai, rate: 'off' } },
      })
      feed({ 'L-1': 'a', 'L-2': 'b', 'L-3': 'c' })
      await terminal.call('push lamps.csv')
      feed({ 'L-1': 'poison', 'L-2': 'b', 'L-3': 'c' })
    })

    it('leaves the old one, which is all that the product has, and says what to do', async () => {
      const { items, exitCode } = await terminal.report(PRUNE)
      expect([told(items), exitCode]).toEqual([['L-1 failed processing-failed', 'L-1 failed not-replaced'], 1])
      expect(items.at(-1).message).toContain('A retry, or the next push with --prune, removes it')
      expect(shown('productai', 'L-1')).toContain('a')
    })

    it('leaves the old one while the new one is being processed, which is nothing to fail for', async () => {
      await behaving({ productai: { processingMs: 3_600_000 } })
      feed({ 'L-1': 'new', 'L-2': 'b', 'L-3': 'c' })
      const { items, exitCode } = await terminal.report(`${PRUNE} --max-wait 0`)
      const [old] = items.filter(({ reason }: Outcome) => reason === 'not-replaced')
      expect([told(items), old?.status, exitCode]).toEqual([['L-1 accepted processing'], 'unchanged', 0])
      expect(shown('productai', 'L-1')).toContain('a')
      await behaving()
      expect(told(await terminal.outcomes(PRUNE))).toContain('L-1 deleted')
    })

    it('removes the old one once another one is there', async () => {
      await terminal.call(PRUNE)
      feed({ 'L-1': 'new', 'L-2': 'b', 'L-3': 'c' })
      expect(told(await terminal.outcomes(`${PRUNE} --max-delete 100%`))).toEqual([
        'L-1 created',
        'L-1 deleted', // what could not be processed
        'L-1 deleted',
      ])
      expect(shown('productai', 'L-1')).toEqual(['new'])
    })
  })

  describe('is refused by Emporix', () => {
    const REFUSING: SandboxOptions = { faults: [{ target: 'emporix', fault: 'partial' }] }

    beforeEach(async () => {
      terminal.file('.assetsyncrc', { targets: { shop: { type: 'emporix', ...sandbox.targets.emporix, rate: 'off' } } })
      feed({ 'poison-1': 'a', 'L-2': 'b', 'L-3': 'c', 'L-4': 'd', 'L-5': 'e', 'L-6': 'f' })
      await terminal.call('push lamps.csv')
      feed({ 'poison-1': 'new', 'L-2': 'other', 'L-4': 'd', 'L-5': 'e', 'L-6': 'f' })
      await behaving(REFUSING)
    })

    const FAILED = ['poison-1 failed target-rejected', 'poison-1 failed not-replaced']

    it('leaves the old one and removes those of other products in the same run', async () => {
      expect(told(await terminal.outcomes(PRUNE)).toSorted()).toEqual([
        'L-2 created',
        'L-2 deleted',
        'L-3 deleted',
        ...FAILED.toSorted(),
      ])
      expect(['poison-1', 'L-2', 'L-3'].map(code => shown('emporix', code))).toEqual([['a'], ['other'], []])
    })

    it('removes the old one with the push that brings the new one', async () => {
      await terminal.call(PRUNE)
      expect(told(await terminal.outcomes(PRUNE))).toEqual(FAILED)
      await behaving()
      expect(told(await terminal.outcomes(PRUNE))).toEqual(['poison-1 created', 'poison-1 deleted'])
      expect(shown('emporix', 'poison-1')).toEqual(['new'])
      expect((await terminal.report(PRUNE)).targets).toMatchObject([{ requests: 0 }])
    })

    it('removes the old one with the retry that brings the new one, and not before', async () => {
      await terminal.call(PRUNE)
      const again = await terminal.report('retry --max-delete 50%')
      expect([told(again.items), again.exitCode]).toEqual([FAILED, 1])
      expect(shown('emporix', 'poison-1')).toEqual(['a'])
      await behaving()
      expect(told(await terminal.outcomes('retry --max-delete 50%'))).toEqual(['poison-1 created', 'poison-1 deleted'])
      expect(shown('emporix', 'poison-1')).toEqual(['new'])
    })

    it('leaves the old one to the next push with --prune once another push was at the product', async () => {
      const { run } = await terminal.report(PRUNE)
      await terminal.call('push lamps.csv --only poison-1')
      const again = await terminal.report(`retry ${run.id} --max-delete 50%`)
      expect([told(again.items), again.exitCode]).toEqual([[], 0])
      expect(shown('emporix', 'poison-1')).toEqual(['a'])
      await behaving()
      await terminal.call('push lamps.csv --only poison-1')
      expect(told(await terminal.outcomes(PRUNE))).toEqual(['poison-1 deleted'])
    })

    it('withholds all removals where --max-delete says so', async () => {
      const { items, exitCode } = await terminal.report('push lamps.csv --prune --max-delete 1')
      const skipped = items.filter(({ status }: Outcome) => status === 'skipped')
      expect([skipped.length, new Set(skipped.map(({ reason }: Outcome) => reason))]).toEqual([
        3,
        new Set(['max-delete']),
      ])
      expect(exitCode).toBe(8)
    })
  })
})
