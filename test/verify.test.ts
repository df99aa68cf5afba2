import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { SandboxOptions } from '../src/sandbox/index.ts'
import { catalogOf } from './cli/terminal.ts'
import { link } from './sandbox/emporix/client.ts'
import { lamp, Shops } from './verify/shops.ts'

/** The story of verify: five shops, one feed, and somebody who changes things behind everybody's back. */
describe('verify', () => {
  const opened: Shops[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(shops => shops.close()))
  })

  async function open(sandboxOptions?: SandboxOptions, options?: Readonly<Record<string, object>>): Promise<Shops> {
    const shops = await Shops.open(sandboxOptions, options)
    opened.push(shops)
    return shops
  }

  describe('after a push', () => {
    it('finds everything the same at five targets, and everywhere', async () => {
      const shops = await open()
      await shops.pushAll()
      const report = await shops.terminal.report('verify lamps.csv')
      const totals = { same: 6, missing: 0, differs: 0, moved: 0, extra: 0, unreadable: 0 }
      expect(report).toMatchObject({
        schema: 'assetsync.verify/1',
        targets: ['catalogix', 'akeneo', 'mediapocket', 'productai', 'emporix'].map(name => ({
          name,
          readable: true,
          totals,
          images: 6,
        })),
        everywhere: { compared: 3, different: 0 },
        differences: [],
        repairs: [],
        exitCode: 0,
      })
      expect(report.findings).toHaveLength(30)
      expect(report.findings[0]).toEqual({
        target: 'catalogix',
        code: 'LMP-1',
        key: 'LMP-1',
        status: 'same',
        rank: 1,
        foundRank: 1,
        expected: lamp('1a'),
        found: lamp('1a'),
        repair: null,
        reason: null,
        message: null,
        source: 'lamps.csv:2',
      })
    })

    it('says so to people, and what it could compare in part only', async () => {
      const shops = await open()
      await shops.pushAll()
      const { code, stdout } = await shops.terminal.call('verify lamps.csv')
      expect(code).toBe(0)
      expect(stdout).toContain(
        '✓ Each of 3 galleries is the same at catalogix, akeneo, mediapocket, productai and emporix.\n',
      )
      expect(stdout).toContain('mediapocket, 6 images: Media Pocket does not tell the address of an image')
      expect(stdout).toMatch(/^catalogix {4}same 6 {2}1 request /m)
      expect(stdout).toContain('✓ Everything is as the feed says.\n')
    })

    it('is silent with --quiet', async () => {
      const shops = await open()
      await shops.pushAll()
      expect(await shops.terminal.call('verify lamps.csv --quiet')).toEqual({ code: 0, stdout: '', stderr: '' })
    })

    it('writes to no target and leaves the ledger as it was', async () => {
      const shops = await open()
      await shops.pushAll()
      const folder = join(shops.terminal.folder, '.assetsync')
      const sizes = () => readdirSync(folder).map(name => [name, statSync(join(folder, name)).size])
      const [held, files] = [shops.sandbox.state(), sizes()]
      await shops.terminal.call('verify lamps.csv')
      const galleries = (state: typeof held) => Object.values(state).map(each => each.galleries)
      expect([galleries(shops.sandbox.state()), sizes()]).toEqual([galleries(held), files])
    })

    it('asks in few requests', async () => {
      const shops = await open()
      await shops.pushAll()
      const before = shops.sandbox.state()
      await shops.terminal.call('verify lamps.csv')
      const after = shops.sandbox.state()
      // Logins included: one at Akeneo, one at Emporix.
      expect({
        catalogix: after.catalogix.requests - before.catalogix.requests,
        akeneo: after.akeneo.requests - before.akeneo.requests,
        mediapocket: after.mediapocket.requests - before.mediapocket.requests,
        productai: after.productai.requests - before.productai.requests,
        emporix: after.emporix.requests - before.emporix.requests,
      }).toEqual({ catalogix: 1, akeneo: 4, mediapocket: 6, productai: 1, emporix: 3 })
    })
  })

  describe('finds drift, with rank and place', () => {
    it('at Catalogix: replaced, swapped, removed and added', async () => {
      const shops = await open()
      await shops.pushAll()
      const assets = (code: string, images: object) => [{ parent_code: code, asset_type: 'image', assets: images }]
      await shops.store.post(
        assets('LMP-1', { 'Image URL 1': lamp('1b'), 'Image URL 2': lamp('1a'), 'Image URL 4': lamp('1d') }),
      )
      await shops.store.post(assets('LMP-2', { 'Image URL 2': lamp('other') }))
      const { storeUuid } = shops.store
      await shops.store.call('POST', '/assets/unlink', {
        body: [{ store_uuid: storeUuid, parent_code: 'LMP-3', channel: 'SMP' }],
      })
      const at = { target: 'catalogix', repair: 'push-full' } as const
      expect(await shops.drift(' --target catalogix')).toEqual([
        { ...at, code: 'LMP-1', status: 'moved', rank: 1, foundRank: 2, expected: lamp('1a'), found: lamp('1a') },
        { ...at, code: 'LMP-1', status: 'moved', rank: 2, foundRank: 1, expected: lamp('1b'), found: lamp('1b') },
        { ...EXTRA, target: 'catalogix', code: 'LMP-1', foundRank: 4, found: lamp('1d') },
        { ...at, code: 'LMP-2', status: 'differs', rank: 2, foundRank: 2, expected: lamp('2b'), found: lamp('other') },
        { ...at, code: 'LMP-3', status: 'missing', rank: 1, foundRank: null, expected: lamp('3a'), found: null },
      ])
    })

    it('at Akeneo: replaced, removed and added', async () => {
      const shops = await open()
      await shops.pushAll()
      await shops.pim.patch([aLink('LMP_1_2', lamp('other')), aLink('LMP_2_3', lamp('2c'))])
      await shops.pim.call('DELETE', `${shops.pim.family}/assets/LMP_3_1`)
      const at = { target: 'akeneo', repair: 'push-full' } as const
      expect(await shops.drift(' --target akeneo')).toEqual([
        { ...at, code: 'LMP-1', status: 'differs', rank: 2, foundRank: 2, expected: lamp('1b'), found: lamp('other') },
        { ...EXTRA, target: 'akeneo', code: 'LMP-2', foundRank: 3, found: lamp('2c') },
        { ...at, code: 'LMP-3', status: 'missing', rank: 1, foundRank: null, expected: lamp('3a'), found: null },
      ])
    })

    it('at Media Pocket: another file, no file, and in the trash bin', async () => {
      const shops = await open()
      const idOf = await shops.pushAll()
      const [replaced, emptied, trashed] = ['LMP-1#2', 'LMP-2#1', 'LMP-3#1'].map(key => idOf('mediapocket', key))
      await shops.dam.call('DELETE', `/assets/${replaced}/media`)
      await shops.dam.attach(String(replaced), lamp('other'), 'other.jpg')
      await shops.dam.call('DELETE', `/assets/${emptied}/media`)
      await shops.dam.call('POST', `/assets/${trashed}/trash_bin`)
      const at = { target: 'mediapocket', foundRank: null, repair: 'push-full' } as const
      expect(await shops.drift(' --target mediapocket')).toEqual([
        { ...at, code: 'LMP-1', status: 'differs', rank: 2, expected: lamp('1b'), found: 'other.jpg' },
        { ...at, code: 'LMP-2', status: 'missing', rank: 1, expected: lamp('2a'), found: null },
        { ...at, code: 'LMP-3', status: 'missing', rank: 1, expected: lamp('3a'), found: null },
      ])
    })

    it('at ProductAI: removed and added', async () => {
      const shops = await open()
      const idOf = await shops.pushAll()
      await shops.studio.call('DELETE', `/assets/${idOf('productai', `LMP-1 ${lamp('1b')}`)}`)
      const added = await shops.studio.hold('LMP-2', lamp('2c'))
      expect(await shops.drift(' --target productai')).toEqual([
        {
          target: 'productai',
          code: 'LMP-1',
          status: 'missing',
          rank: 2,
          foundRank: null,
          expected: lamp('1b'),
          found: null,
          repair: 'fresh-ledger',
        },
        { ...EXTRA, target: 'productai', code: 'LMP-2', found: added },
      ])
    })

    it('at Emporix: replaced, removed and added', async () => {
      const shops = await open()
      const idOf = await shops.pushAll()
      const replaced = idOf('emporix', `LMP-1 ${lamp('1b')}`)
      const before = (await shops.shop.read(replaced)) as object
      await shops.shop.update(replaced, { ...before, url: lamp('other') })
      await shops.shop.assets('DELETE', `/${idOf('emporix', `LMP-3 ${lamp('3a')}`)}`)
      await shops.shop.create(link(lamp('2c'), await shops.shop.idOf('LMP-2')))
      const at = { target: 'emporix', foundRank: null, repair: 'push-full' } as const
      expect(await shops.drift(' --target emporix')).toEqual([
        { ...at, code: 'LMP-1', status: 'differs', rank: 2, expected: lamp('1b'), found: lamp('other') },
        { ...EXTRA, target: 'emporix', code: 'LMP-2', found: lamp('2c') },
        { ...at, code: 'LMP-3', status: 'missing', rank: 1, expected: lamp('3a'), found: null },
      ])
    })

    it('ends with exit code 1, and tells what repairs it', async () => {
      const shops = await open()
      const idOf = await shops.pushAll()
      await shops.pim.call('DELETE', `${shops.pim.family}/assets/LMP_3_1`)
      await shops.studio.call('DELETE', `/assets/${idOf('productai', `LMP-1 ${lamp('1b')}`)}`)
      const { code, stdout } = await shops.terminal.call('verify lamps.csv')
      expect(code).toBe(1)
      expect(stdout).toContain(
        `akeneo\nLMP-3  lamps.csv:4\n  ✗ missing  rank 1  ${lamp('3a')}\n` +
          `productai\nLMP-1  lamps.csv:2\n  ✗ missing  rank 2  ${lamp('1b')}\n`,
      )
      expect(stdout).toContain('✗ 2 of 3 galleries are not the same everywhere:\n  LMP-1  lamps.csv:2\n')
      expect(stdout).toContain('Next: assetsync push lamps.csv --target akeneo --full --only LMP-3\n')
      expect(stdout).toMatch(
        /Next: assetsync push lamps\.csv --target productai --state \.assetsync-repair-\S+ --only LMP-1\n/,
      )
      expect(stdout).toContain('✗ 2 images are not as the feed says.\n')
      expect(stdout).toMatch(/^emporix {6}same 6 {2}3 requests {2}[^\n]+\n$/m)
    })

    it('is the same again after the commands it gave', async () => {
      const shops = await open()
      const idOf = await shops.pushAll()
      await shops.pim.call('DELETE', `${shops.pim.family}/assets/LMP_3_1`)
      await shops.dam.call('POST', `/assets/${idOf('mediapocket', 'LMP-2#1')}/trash_bin`)
      await shops.studio.call('DELETE', `/assets/${idOf('productai', `LMP-1 ${lamp('1b')}`)}`)
      await shops.shop.assets('DELETE', `/${idOf('emporix', `LMP-3 ${lamp('3a')}`)}`)
      const { stdout } = await shops.terminal.call('verify lamps.csv')
      const commands = [...stdout.matchAll(/Next: assetsync (.*)/g)].map(([, command]) => command ?? '')
      expect(commands).toHaveLength(2)
      for (const command of commands) expect((await shops.terminal.call(command)).code).toBe(0)
      expect(await shops.drift()).toEqual([])
    })

    it('tells what a plain push would send anyway', async () => {
      const shops = await open()
      await shops.pushAll()
      shops.terminal.file('lamps.csv', `sku,image_1\nLMP-1,${lamp('new')}\n`)
      const drift = await shops.drift(' --target akeneo')
      expect(drift.map(({ status, rank, foundRank, repair }) => [status, rank, foundRank, repair])).toEqual([
        ['differs', 1, 1, 'push'],
        ['extra', null, 2, null],
        ['extra', null, 3, null],
      ])
      const { stdout } = await shops.terminal.call('verify lamps.csv --target akeneo')
      expect(stdout).toContain('Next: assetsync push lamps.csv --target akeneo --only LMP-1\n')
    })
  })

  describe('before a push', () => {
    it('finds everything missing, and only what the ledger must know unreadable', async () => {
      const shops = await open()
      const report = await shops.terminal.report('verify lamps.csv')
      const totals = report.targets.map((each: { name: string; totals: Record<string, number> }) => [
        each.name,
        each.totals.missing,
        each.totals.unreadable,
      ])
      expect(totals).toEqual([
        ['catalogix', 6, 0],
        ['akeneo', 6, 0],
        ['mediapocket', 0, 6],
        ['productai', 6, 0],
        ['emporix', 6, 0],
      ])
      expect([report.exitCode, report.everywhere]).toEqual([
        1,
        {
          compared: 3,
          different: 0,
          where: [{ targets: ['catalogix', 'akeneo', 'productai', 'emporix'], galleries: 3, different: 0 }],
        },
      ])
      expect(existsSync(join(shops.terminal.folder, '.assetsync', 'ledger.db'))).toBe(false)
    })
  })

  describe('what cannot be read is never a success', () => {
    it('ends with 4 where the credentials are refused, and verifies the others', async () => {
      const shops = await open()
      await shops.pushAll()
      const { code, stdout } = await shops.terminal.call('verify lamps.csv --target catalogix,emporix', {})
      expect(code).toBe(0)
      const wrong = await open({}, { emporix: { clientSecret: 'wrong' } })
      await wrong.push(' --target catalogix')
      const ended = await wrong.terminal.call('verify lamps.csv --target catalogix,emporix')
      expect([stdout.includes('cannot be verified'), ended.code]).toEqual([false, 4])
      expect(ended.stdout).toContain('emporix cannot be verified: The credentials were refused (HTTP ')
      expect(ended.stdout).toMatch(/^catalogix {2}same 6 /m)
      expect(ended.stdout).toMatch(/^emporix {4}unreadable 6 /m)
    })

    it('ends with 5 where a target cannot be reached, and verifies the others', async () => {
      const shops = await open({}, { akeneo: { baseUrl: 'http://127.0.0.1:1' } })
      await shops.push(' --target catalogix')
      const report = await shops.terminal.report('verify lamps.csv --target catalogix,akeneo')
      expect(report.exitCode).toBe(5)
      expect(report.targets.map((each: { readable: boolean; totals: object }) => [each.readable, each.totals])).toEqual(
        [
          [true, expect.objectContaining({ same: 6 })],
          [false, expect.objectContaining({ same: 0, unreadable: 6 })],
        ],
      )
      expect([report.everywhere, report.repairs]).toEqual([null, []])
    })

    it('names what brings those that were never sent, and where the others are the same', async () => {
      const shops = await open()
      shops.terminal.file('lamps.csv', catalogOf(1, 1))
      await shops.terminal.call('push lamps.csv --target catalogix,akeneo,mediapocket')
      shops.terminal.file('lamps.csv', catalogOf(2, 1))
      await shops.terminal.call('push lamps.csv --target catalogix,akeneo')
      const line = 'verify lamps.csv --target catalogix,akeneo,mediapocket'
      const { stdout } = await shops.terminal.call(line)
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        '1 gallery is the same at catalogix, akeneo and mediapocket; 1 gallery could be compared at catalogix and akeneo only, and is the same there.',
      )
      const { findings, repairs } = await shops.terminal.report(line)
      expect(findings.filter(({ status }: { status: string }) => status === 'unreadable')).toMatchObject([
        { target: 'mediapocket', code: 'CHR-00002', reason: 'never-sent', repair: 'push' },
      ])
      expect(repairs).toEqual([{ repair: 'push', targets: ['mediapocket'], codes: ['CHR-00002'] }])
    })

    it('ends with 1 where only the ledger could have told', async () => {
      const shops = await open()
      await shops.pushAll()
      const { code, stdout } = await shops.terminal.call('verify lamps.csv --target mediapocket --state elsewhere')
      expect(code).toBe(1)
      expect(stdout).toContain('? unreadable  6 × id-unknown: The ledger has no id of this asset')
      expect(stdout).toContain(' 6 images could not be verified.\n')
    })

    it('counts what the feed or a target refuses', async () => {
      const shops = await open()
      shops.terminal.file('lamps.csv', `sku,image_1\nA-1,${lamp('a')}\nA.1,${lamp('b')}\nB,no address\n`)
      await shops.push(' --target akeneo')
      const { code, stdout } = await shops.terminal.call('verify lamps.csv --target akeneo')
      expect(code).toBe(1)
      expect(stdout).toContain('1 record of the feed cannot be sent anywhere')
      expect(stdout).toContain('akeneo cannot take 2 products of the feed (code-collision).')
    })

    it('ends with 128 + n at an interrupt, with what was found so far', async () => {
      const shops = await open()
      shops.terminal.file('lamps.csv', catalogOf(120, 2))
      await shops.push(' --target catalogix')
      // Catalogix lists 50 products at once, and after the first page the rate makes everybody wait.
      const { code, stdout } = await shops.terminal.call(
        'verify lamps.csv --target catalogix --rate 1/min --verbose --format json',
        {
          onStderr: (text, interrupt) => {
            if (text.includes('GET')) interrupt('SIGINT')
          },
        },
      )
      const { targets, findings } = JSON.parse(stdout)
      expect(code).toBe(130)
      expect(targets[0].totals).toMatchObject({ same: 100, unreadable: 140 })
      expect(findings.at(-1)).toMatchObject({ code: 'CHR-00120', status: 'unreadable', reason: 'interrupted' })
    })
  })

  describe('takes', () => {
    it('--only and --limit', async () => {
      const shops = await open()
      const counts = async (more: string) => {
        const report = await shops.terminal.report(`verify lamps.csv --target catalogix ${more}`)
        return report.findings.map(({ code }: { code: string }) => code)
      }
      expect(await counts('--only LMP-2')).toEqual(['LMP-2', 'LMP-2'])
      expect(await counts('--limit 1')).toEqual(['LMP-1', 'LMP-1', 'LMP-1'])
    })

    it('--sandbox, with what push --sandbox left there', async () => {
      const shops = await open()
      await shops.push(' --sandbox')
      expect((await shops.terminal.call('verify lamps.csv --sandbox')).code).toBe(0)
      expect((await shops.terminal.call('verify lamps.csv --sandbox --target catalogix --state elsewhere')).code).toBe(
        1,
      )
    })

    it('any format, with the same exit code', async () => {
      const shops = await open()
      const { code, stdout } = await shops.terminal.call('verify lamps.csv --format junit')
      expect([code, stdout.includes('<testsuites')]).toEqual([1, true])
    })
  })
})

const EXTRA = { status: 'extra', rank: null, foundRank: null, expected: null, repair: null } as const

function aLink(code: string, url: string): object {
  return { code, values: { media: [{ locale: null, channel: null, data: url }] } }
}
