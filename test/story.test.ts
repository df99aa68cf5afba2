import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'

/** The README, sentence by sentence: from a feed to a report, over real HTTP. */
describe('the story of assetsync', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix)
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const stored = async () => (await stateOf(sandbox)).galleries
  const requests = async () => (await stateOf(sandbox)).requests

  describe('a first push', () => {
    it('pushes a lamp catalog to a built-in emulator without config or account', async () => {
      const newcomer = new Terminal()
      newcomer.fixture('feeds/lamps.csv')
      const { code, stdout, stderr } = await newcomer.call('push lamps.csv --sandbox')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toMatch(/^catalogix {2}created 24 {2}1 request /m)
      newcomer.close()
    })

    it('checks a feed without talking to anybody', async () => {
      terminal.fixture('feeds/lamps.csv')
      const { code, stdout } = await terminal.call('check lamps.csv')
      expect(code).toBe(0)
      expect(stdout).toMatch(/^ +code +sku$/m)
      expect(await requests()).toBe(0)
    })

    it('shows what would happen, then lets it happen', async () => {
      terminal.file('chairs.csv', catalogOf(3))
      const plan = await terminal.report('plan chairs.csv')
      expect(plan.targets[0].totals).toEqual({ create: 3, update: 0, unchanged: 0, reject: 0, delete: 0 })
      expect(plan.targets[0].forecast).toMatchObject({ requests: 1, most: 1, seconds: 0 })
      expect(await requests()).toBe(0)
      const report = await terminal.report('push chairs.csv')
      expect(report.targets[0].totals.created).toBe(3)
      expect(await requests()).toBe(1)
    })

    it('plans the same with push --dry-run', async () => {
      terminal.file('chairs.csv', catalogOf(3))
      const [plan, dry] = [await terminal.report('plan chairs.csv'), await terminal.report('push chairs.csv --dry-run')]
      expect(dry.steps).toEqual(plan.steps)
      expect(await requests()).toBe(0)
    })
  })

  describe('everything is read before anything is sent', () => {
    it.each([
      ['broken/truncated.json', '--code-column sku --image-columns images[]'],
      ['broken/login-page.csv', ''],
      ['broken/empty.csv', ''],
      ['broken/header-only.csv', ''],
      ['broken/unterminated-quote.csv', ''],
      ['broken/invalid-utf8.csv', ''],
    ])('refuses %s with exit code 3 and no request', async (name, options) => {
      const file = terminal.fixture(`feeds/${name}`)
      const { code, stdout, stderr } = await terminal.call(`push ${file} ${options}`.trim())
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toContain(file)
      expect(await requests()).toBe(0)
    })

    it('refuses a feed that lacks a mapped column and names the nearest one', async () => {
      terminal.file('chairs.csv', catalogOf(3))
      const { code, stderr } = await terminal.call('push chairs.csv --code-column skuu')
      expect(code).toBe(3)
      expect(stderr).toContain('has no column "skuu"')
      expect(stderr).toContain('Did you mean "sku"?')
      expect(await requests()).toBe(0)
    })

    it('says of a column that is missing where it may have been named, as the config can do that too', async () => {
      terminal.file('chairs.csv', catalogOf(3))
      terminal.configure(sandbox.targets.catalogix, { feed: { code: 'skuu' } })
      const { code, stderr } = await terminal.call('plan chairs.csv')
      expect(code).toBe(3)
      expect(stderr).toContain('chairs.csv has no column "skuu" (named by --code-column or feed.code).')
    })

    it('says once, not per record, that no record has a code', async () => {
      terminal.file('chairs.csv', 'sku,image\n,https://images.example.com/1.jpg\n,https://images.example.com/2.jpg\n')
      const { code, stderr } = await terminal.call('push chairs.csv')
      expect(code).toBe(3)
      expect(stderr.match(/has a product code/g)).toHaveLength(1)
      expect(await requests()).toBe(0)
    })

    it('refuses the whole push when one of two feeds is broken', async () => {
      terminal.file('chairs.csv', catalogOf(3))
      const broken = terminal.fixture('feeds/broken/unterminated-quote.csv')
      const { code } = await terminal.call(`push chairs.csv ${broken}`)
      expect(code).toBe(3)
      expect(await requests()).toBe(0)
    })
  })

  describe('one bad record stops nothing else', () => {
    it('rejects it with its line and sends all others', async () => {
      terminal.file(
        'chairs.csv',
        'sku,image\nA,https://images.example.com/a.jpg\nB,not a url\n,https://x.example/c.jpg\nD,https://images.example.com/d.jpg\n',
      )
      const outcomes = await terminal.outcomes('push chairs.csv')
      expect(outcomes.map(({ code, key, status, reason, source }) => ({ code, key, status, reason, source }))).toEqual([
        { code: 'A', key: 'A', status: 'created', reason: null, source: 'chairs.csv:2' },
        { code: 'B', key: null, status: 'rejected', reason: 'url-invalid', source: 'chairs.csv:3' },
        { code: null, key: null, status: 'rejected', reason: 'code-missing', source: 'chairs.csv:4' },
        { code: 'D', key: 'D', status: 'created', reason: null, source: 'chairs.csv:5' },
      ])
      expect(Object.keys(await stored())).toEqual(['A', 'D'])
    })

    it('ends with exit code 1 then', async () => {
      terminal.file('chairs.csv', 'sku,image\nA,https://images.example.com/a.jpg\nB,not a url\n')
      expect((await terminal.call('push chairs.csv')).code).toBe(1)
    })

    it('sends a product without its unusable image when told to, and says so', async () => {
      terminal.configure(sandbox.targets.catalogix, { feed: { onBadImage: 'drop-image' } })
      terminal.file('chairs.csv', 'sku,image_1,image_2\nA,nonsense,https://images.example.com/a.jpg\n')
      const first = await terminal.outcomes('push chairs.csv')
      expect(first).toMatchObject([{ status: 'created', reason: 'image-dropped', images: 1 }])
      expect((await terminal.call('push chairs.csv')).code).toBe(1)
    })
  })

  describe('order is kept', () => {
    it('ranks image_10 after image_9', async () => {
      const columns = [10, 9, 1, 2].map(n => `image_${n}`)
      terminal.file(
        'chairs.csv',
        `sku,${columns.join(',')}\nA,${columns.map(name => `https://x.example/${name}`).join(',')}\n`,
      )
      await terminal.call('push chairs.csv')
      expect(await stored()).toEqual({ A: [1, 2, 9, 10].map(n => `https://x.example/image_${n}`) })
    })

    it('follows explicit positions, keeps the first of a repeated URL, and leaves no gaps', async () => {
      terminal.file(
        'chairs.csv',
        [
          'sku,Image Src,Image Position',
          'A,https://x.example/three,3',
          'A,https://x.example/one,1',
          'B,https://x.example/b,1',
          'A,https://x.example/one,7',
          'A,https://x.example/last,',
        ].join('\n'),
      )
      const { code } = await terminal.call([
        ...'push chairs.csv --code-column sku --image-columns'.split(' '),
        'Image Src',
        '--position-column',
        'Image Position',
      ])
      expect(code).toBe(0)
      expect(await stored()).toEqual({
        A: ['https://x.example/one', 'https://x.example/three', 'https://x.example/last'],
        B: ['https://x.example/b'],
      })
    })
  })

  it('keeps codes as text', async () => {
    const codes = ['007', '0', '1E5', '__proto__', 'constructor', '-12', '=1+1', 'Ä/ö "x"']
    terminal.file(
      'chairs.json',
      codes.map(sku => ({ sku, image: 'https://x.example/1' })),
    )
    await terminal.call('push chairs.json')
    expect(new Set(Object.keys(await stored()))).toEqual(new Set(codes))
  })

  describe('only what changed is sent', () => {
    it('makes no request for the same feed again', async () => {
      terminal.file('chairs.csv', catalogOf(250))
      await terminal.call('push chairs.csv')
      expect(await requests()).toBe(3)
      const report = await terminal.report('push chairs.csv')
      expect(report.targets[0]).toMatchObject({ requests: 0, items: 250, totals: { unchanged: 250, created: 0 } })
      expect(await requests()).toBe(3)
    })

    it('sends one changed gallery alone', async () => {
      terminal.file('chairs.csv', catalogOf(250))
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', catalogOf(250).replace('CHR-00100/2.jpg', 'CHR-00100/new.jpg'))
      const outcomes = await terminal.outcomes('push chairs.csv')
      expect(outcomes.filter(({ status }) => status !== 'unchanged')).toMatchObject([
        { code: 'CHR-00100', status: 'updated' },
      ])
      expect(await requests()).toBe(4)
      expect((await stored())['CHR-00100']).toEqual(
        [1, 'new'].map(n => `https://images.example.com/CHR-00100/${n}.jpg`),
      )
    })

    it('shows moves, additions and removals in the plan', async () => {
      terminal.file(
        'chairs.csv',
        'sku,image_1,image_2,image_3\nA,https://x.example/a,https://x.example/b,https://x.example/c\n',
      )
      await terminal.call('push chairs.csv')
      terminal.file(
        'chairs.csv',
        'sku,image_1,image_2,image_3\nA,https://x.example/b,https://x.example/a,https://x.example/d\n',
      )
      const { steps } = await terminal.report('plan chairs.csv')
      expect(steps[0].changes).toEqual({
        added: [{ rank: 3, url: 'https://x.example/d' }],
        removed: [{ rank: 3, url: 'https://x.example/c' }],
        moved: [
          { url: 'https://x.example/b', from: 2, to: 1 },
          { url: 'https://x.example/a', from: 1, to: 2 },
        ],
        other: false,
      })
    })

    it('reports ranks that stay behind when a gallery gets shorter', async () => {
      terminal.file(
        'chairs.csv',
        'sku,image_1,image_2,image_3\nA,https://x.example/a,https://x.example/b,https://x.example/c\n',
      )
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', 'sku,image_1,image_2,image_3\nA,https://x.example/a,,\n')
      const outcomes = await terminal.outcomes('push chairs.csv')
      expect(outcomes).toMatchObject([{ status: 'updated', reason: 'stale-tail', images: 1 }])
      expect(outcomes[0]?.message).toContain('2, 3')
      expect((await terminal.call('push chairs.csv')).code).toBe(0)
    })

    it('sends everything again with --full', async () => {
      terminal.file('chairs.csv', catalogOf(3))
      await terminal.call('push chairs.csv')
      expect(await terminal.outcomes('push chairs.csv --full')).toMatchObject(
        [1, 2, 3].map(() => ({ status: 'updated' })),
      )
    })

    it('says nothing about a product without images and leaves what the target holds', async () => {
      terminal.file('chairs.csv', 'sku,image_1\nA,https://x.example/a\nB,https://x.example/b\n')
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', 'sku,image_1\nA,https://x.example/a\nB,\n')
      const report = await terminal.report('push chairs.csv --allow-shrink')
      expect(report.feed).toMatchObject({ products: 1, withoutImages: 1 })
      expect(report.exitCode).toBe(0)
      expect(await stored()).toEqual({ A: ['https://x.example/a'], B: ['https://x.example/b'] })
    })
  })

  it('ends every product in exactly one outcome, and counts them', async () => {
    terminal.file('chairs.csv', `${catalogOf(120)}BAD,nonsense,\n`)
    await terminal.call('push chairs.csv --limit 50')
    const { targets, items } = await terminal.report('push chairs.csv')
    const counted: Record<string, number> = {}
    for (const { status } of items) counted[status] = (counted[status] ?? 0) + 1
    const { totals } = targets[0]
    expect(Object.fromEntries(Object.entries(totals).filter(([, count]) => count !== 0))).toEqual(counted)
    expect(counted).toEqual({ unchanged: 50, created: 70, rejected: 1 })
    expect(targets[0].items).toBe(items.length)
  })

  it('finds out which item failed when the target only counts failures', async () => {
    await sandbox.close()
    sandbox = await startSandbox({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    terminal.configure(sandbox.targets.catalogix)
    terminal.file('chairs.csv', catalogOf(100).replaceAll('CHR-00042', 'CHR-poison'))
    const { items, targets, exitCode } = await terminal.report('push chairs.csv')
    const failed = items.filter((item: { status: string }) => item.status !== 'created')
    expect(failed).toMatchObject([
      { code: 'CHR-poison', status: 'failed', reason: 'target-rejected', source: 'chairs.csv:43' },
    ])
    expect(targets[0].totals).toMatchObject({ created: 99, failed: 1 })
    expect(targets[0].requests).toBeLessThanOrEqual(1 + 14)
    expect(exitCode).toBe(1)
  })

  it('reads several feeds, globs and standard input alike', async () => {
    terminal.file('feeds/a.csv', 'sku,image\nA,https://x.example/a\n')
    terminal.file('feeds/b.ndjson', '{"sku":"B","image":"https://x.example/b"}\n')
    expect((await terminal.call('push feeds/*')).code).toBe(0)
    expect(
      (await terminal.call('push - --allow-shrink', { stdin: '[{"sku":"C","image":"https://x.example/c"}]' })).code,
    ).toBe(0)
    expect(await stored()).toEqual({
      A: ['https://x.example/a'],
      B: ['https://x.example/b'],
      C: ['https://x.example/c'],
    })
  })

  describe('exit codes', () => {
    beforeEach(() => terminal.file('chairs.csv', catalogOf(3)))

    it('2: an unknown config key, with the nearest one', async () => {
      terminal.file('.assetsyncrc', { targets: { catalogix: { ...sandbox.targets.catalogix, chanel: 'SMP' } } })
      const { code, stderr } = await terminal.call('push chairs.csv')
      expect(code).toBe(2)
      expect(stderr).toContain('targets.catalogix.chanel')
      expect(stderr).toContain('channel')
      expect(await requests()).toBe(0)
    })

    it('2: no target is configured', async () => {
      terminal.file('.assetsyncrc', {})
      expect((await terminal.call('push chairs.csv')).code).toBe(2)
    })

    it('4: a wrong token, and nothing counts as sent', async () => {
      terminal.configure({ ...sandbox.targets.catalogix, token: 'wrong-token-1234' })
      const { items, exitCode } = await terminal.report('push chairs.csv')
      expect(exitCode).toBe(4)
      expect(items).toMatchObject(
        [1, 2, 3].map(() => ({ status: 'skipped', reason: 'credentials-refused', http: 401 })),
      )
    })

    it('5: the target cannot be reached', async () => {
      terminal.configure({ ...sandbox.targets.catalogix, baseUrl: 'http://127.0.0.1:9/v1' })
      const { items, exitCode } = await terminal.report('push chairs.csv --retries 0')
      expect(exitCode).toBe(5)
      expect(items).toMatchObject([1, 2, 3].map(() => ({ status: 'skipped', reason: 'unreachable' })))
    })

    it('8: a feed far smaller than the last one sends nothing without --allow-shrink', async () => {
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', 'sku,image\nNEW,https://x.example/new\n')
      const { items, exitCode } = await terminal.report('push chairs.csv')
      expect(exitCode).toBe(8)
      expect(items).toMatchObject([{ status: 'skipped', reason: 'feed-shrunk' }])
      expect((await terminal.call('push chairs.csv --allow-shrink')).code).toBe(0)
    })

    it('8: a plan that creates more than --max-create', async () => {
      expect((await terminal.call('push chairs.csv --max-create 2')).code).toBe(8)
      expect(await requests()).toBe(0)
    })

    it('8: a plan that a push would hold back, by whichever guard', async () => {
      expect((await terminal.call('plan chairs.csv --max-create 2')).code).toBe(8)
      expect((await terminal.call('plan chairs.csv --max-create 2 --detailed-exitcode')).code).toBe(8)
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', 'sku,image\nNEW,https://x.example/new\nOLD,nonsense\n')
      expect((await terminal.call('plan chairs.csv')).code).toBe(8)
      expect((await terminal.call('push chairs.csv --dry-run')).code).toBe(8)
      expect((await terminal.call('plan chairs.csv --allow-shrink')).code).toBe(1)
    })

    it('9: a report that cannot be written', async () => {
      const { code, stdout, stderr } = await terminal.call('push chairs.csv --report no-such-folder/run.json')
      expect({ code, stdout }).toEqual({ code: 9, stdout: '' })
      expect(stderr).toContain('no-such-folder/run.json cannot be written: its folder does not exist')
      expect((await stateOf(sandbox)).requests).toBe(0)
    })

    it('10: changes, when asked for', async () => {
      expect((await terminal.call('plan chairs.csv --detailed-exitcode')).code).toBe(10)
      await terminal.call('push chairs.csv')
      expect((await terminal.call('plan chairs.csv --detailed-exitcode')).code).toBe(0)
    })
  })

  it('keeps secrets out of every output, report and ledger', async () => {
    terminal.file('chairs.csv', catalogOf(3))
    terminal.configure({ storeUuid: sandbox.targets.catalogix.storeUuid, baseUrl: sandbox.targets.catalogix.baseUrl })
    const secret = 'canary-7f3a9c51d0'
    const { stdout, stderr } = await terminal.call('push chairs.csv -v --report run.json', {
      env: { CATALOGIX_TOKEN: secret },
    })
    const everything = [stdout, stderr, terminal.read('run.json'), terminal.read('.assetsync/ledger.db')].join('\n')
    expect(everything).not.toContain(secret)
  })
})
