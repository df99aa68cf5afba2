import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../src/ledger/index.ts'
import type { ExplainedItem, ExplainedTarget } from '../src/model/history.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, Terminal } from './cli/terminal.ts'
import { restarted } from './helpers/sandbox.ts'
import { aBatch, aRun } from './ledger/runs.ts'

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

/** The same shop at the same address, behaving otherwise. */
async function behaving(options: SandboxOptions = {}): Promise<void> {
  sandbox = await restarted(sandbox, terminal.folder, options)
}

function configure(...names: readonly (keyof Sandbox['targets'])[]): void {
  const targets = names.map(name => [name, { ...sandbox.targets[name], rate: 'off' }])
  terminal.file('.assetsyncrc', { targets: Object.fromEntries(targets) })
}

function table(rows: readonly (readonly string[])[]): string {
  const cells = [['sku', 'image_1', 'image_2', 'image_3'], ...rows]
  return cells.map(row => `${row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('')
}

const image = (name: string) => `https://images.example.com/${name}.jpg`
const explained = (words: string, options = {}) => terminal.report(`explain ${words}`, options)
const only = ({ targets }: { targets: readonly ExplainedTarget[] }): ExplainedItem => {
  const [item] = targets.flatMap(({ items }) => items)
  if (item === undefined) throw new Error('nothing is explained')
  return item
}

describe('assetsync explain', () => {
  it('follows a product from its record to the answer of all five targets', async () => {
    configure('catalogix', 'akeneo', 'mediapocket', 'productai', 'emporix')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-1', image('a'), image('b')],
        ['LMP-2', image('c')],
      ]),
    )
    const report = await terminal.report('push lamps.csv')
    expect(report.exitCode).toBe(0)
    const { origin, targets, near, exitCode } = await explained('LMP-1')
    expect({ origin, near, exitCode }).toEqual({
      origin: { run: report.run.id, records: ['lamps.csv:2'], gallery: [image('a'), image('b')] },
      near: [],
      exitCode: 0,
    })
    const lines = targets.flatMap(({ items }: ExplainedTarget) => items.flatMap(item => item.history[0]?.outcome ?? []))
    expect(lines).toEqual(report.items.filter(({ code }: { code: string }) => code === 'LMP-1'))
    for (const { name, items } of targets as ExplainedTarget[]) {
      expect(items, name).toHaveLength(name === 'catalogix' ? 1 : 2)
      for (const { held, sending } of items) {
        expect(held, name).toMatchObject({ inDoubt: false })
        expect(sending, name).toMatchObject({ payloadIsExact: true, batchItems: name === 'catalogix' ? 2 : 3 })
        expect(JSON.stringify(sending?.payload), name).toMatch(/images\.example\.com/)
        const { requestId } = sending?.outcome ?? {}
        const ids = sending?.attempts.map(attempt => attempt.requestId)
        if (requestId) expect(ids, name).toContain(requestId)
        expect(sending?.attempts.length, name).toBeGreaterThan(0)
      }
    }
  })

  it('shows every request for an item that was refused in the end, and what mends it', async () => {
    configure('catalogix')
    await behaving({
      faults: [
        { target: 'catalogix', fault: '429', times: 1 },
        { target: 'catalogix', fault: 'partial' },
      ],
    })
    terminal.file('lamps.csv', table([['poison-1', image('a')]]))
    const { run } = await terminal.report('push lamps.csv')
    const { sending, held, history } = only(await explained('poison-1'))
    expect(held).toBeNull()
    expect(history).toEqual([
      { run: run.id, command: 'push', startedAt: run.startedAt, action: 'create', outcome: sending?.outcome },
    ])
    expect(sending).toMatchObject({
      outcome: { status: 'failed', attempts: 2, batch: 1, http: 200, source: 'lamps.csv:2' },
      requests: 2,
      attempts: [
        { n: 1, http: 429, reason: 'throttled' },
        { n: 2, http: 200, reason: null, requestId: sending?.outcome.requestId },
      ],
      payload: { parent_code: 'poison-1', assets: { 'Image URL 1': image('a') } },
    })
    const { stdout, code } = await terminal.call('explain poison-1')
    expect(code).toBe(0)
    expect(stdout).toContain('✗ failed  by push')
    expect(stdout).toContain('HTTP 429')
    expect(stdout).toContain('"parent_code": "poison-1"')
    expect(stdout).toContain('By the ledger, the target holds nothing of it.')
    expect(stdout).toContain(`Next: assetsync retry ${run.id} --only poison-1`)
  })

  it('knows how an item was sent long before, when all later runs left it as it was', async () => {
    configure('catalogix')
    terminal.file('lamps.csv', table([['LMP-1', image('a'), image('b')]]))
    const { run } = await terminal.report('push lamps.csv')
    await terminal.call('push lamps.csv')
    await terminal.call('push lamps.csv')
    const { history, sending, held } = only(await explained('LMP-1'))
    expect(history.map(({ action, outcome }) => [action, outcome.status])).toEqual([
      ['unchanged', 'unchanged'],
      ['unchanged', 'unchanged'],
      ['create', 'created'],
    ])
    expect(sending).toMatchObject({ run: run.id, payloadIsExact: true })
    expect(held?.gallery).toEqual([image('a'), image('b')])
    const { stdout } = await terminal.call('explain LMP-1')
    expect(stdout).toContain('= unchanged  by push')
    expect(stdout).toContain(`last sent  + created  by push ${run.id}`)
  })

  it('tells of a record that never became an item', async () => {
    configure('catalogix')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-1', image('a')],
        ['LMP-2', 'nonsense'],
      ]),
    )
    const { run } = await terminal.report('push lamps.csv')
    const explanation = await explained('LMP-2')
    expect(explanation.origin).toEqual({ run: run.id, records: ['lamps.csv:3'], gallery: [] })
    expect(only(explanation)).toMatchObject({
      key: null,
      sending: null,
      held: null,
      history: [{ action: 'reject', outcome: { status: 'rejected', reason: 'url-invalid', source: 'lamps.csv:3' } }],
    })
    expect((await terminal.call('explain LMP-2')).stdout).toContain('url-invalid: "nonsense"')
  })

  it('says what the next push would do with a feed that is named', async () => {
    configure('catalogix')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-1', image('a'), image('b')],
        ['LMP-2', image('c')],
      ]),
    )
    await terminal.call('push lamps.csv')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-1', image('b'), image('a')],
        ['LMP-2', image('c')],
        ['LMP-1', image('d')],
      ]),
    )
    const explanation = await explained('LMP-1 lamps.csv')
    expect(explanation.origin).toEqual({
      run: null,
      records: ['lamps.csv:2', 'lamps.csv:4'],
      gallery: [image('b'), image('a'), image('d')],
    })
    const { sending, next } = only(explanation)
    expect(sending?.payload).toMatchObject({ assets: { 'Image URL 1': image('a') } })
    expect(next).toMatchObject({
      action: 'update',
      changes: {
        added: [{ rank: 3, url: image('d') }],
        moved: [
          { from: 2, to: 1 },
          { from: 1, to: 2 },
        ],
      },
      payload: { assets: { 'Image URL 1': image('b'), 'Image URL 2': image('a'), 'Image URL 3': image('d') } },
    })
    expect(only(await explained('LMP-2 lamps.csv')).next).toMatchObject({ action: 'unchanged', payload: null })
    const { stdout } = await terminal.call('explain LMP-1 lamps.csv')
    expect(stdout).toContain('lamps.csv:2, lamps.csv:4 of the feed as it is now: 3 images')
    expect(stdout).toContain('the next push  ~ update')
  })

  it('tells of a product that was never pushed, from a feed alone', async () => {
    configure('catalogix', 'mediapocket')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-1', image('a')],
        ['LMP-2', image('c')],
      ]),
    )
    const { targets, exitCode } = await explained('LMP-1 lamps.csv')
    const told = targets.map(({ name, items }: ExplainedTarget) => [name, items.map(({ next }) => next?.action)])
    expect([exitCode, told]).toEqual([
      0,
      [
        ['catalogix', ['create']],
        ['mediapocket', ['create']],
      ],
    ])
    expect((await terminal.call('explain LMP-1 lamps.csv')).stdout).toContain('no kept run has named it here')
  })

  it('says when the feed names a product no more, or without images', async () => {
    configure('catalogix')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-1', image('a')],
        ['LMP-2', image('c')],
      ]),
    )
    await terminal.call('push lamps.csv')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-1', ''],
        ['LMP-3', image('c')],
      ]),
    )
    const notices = async (code: string) => (await explained(`${code} lamps.csv`)).notices
    expect(await notices('LMP-1')).toEqual([
      'The feed (lamps.csv) names "LMP-1" without any image: it says nothing about it.',
    ])
    expect(await notices('LMP-2')).toEqual(['The feed (lamps.csv) has no product "LMP-2".'])
  })

  it('looks into the feeds of the config, and does without them when they cannot be read', async () => {
    const { catalogix } = sandbox.targets
    terminal.file('.assetsyncrc', {
      feed: { files: ['lamps.csv'] },
      targets: { catalogix: { ...catalogix, rate: 'off' } },
    })
    terminal.file('lamps.csv', table([['LMP-1', image('a')]]))
    await terminal.call('push')
    expect(only(await explained('LMP-1')).next).toMatchObject({ action: 'unchanged' })
    terminal.file('lamps.csv', '')
    const { notices, exitCode } = await explained('LMP-1')
    expect({ notices, exitCode }).toEqual({
      notices: [expect.stringContaining('the feed cannot be read')],
      exitCode: 0,
    })
    expect((await terminal.call('explain LMP-1 lamps.csv')).code).toBe(3)
  })

  it('ends with 1 for a code that nothing knows, and names those that look like it', async () => {
    configure('catalogix')
    terminal.file(
      'lamps.csv',
      table([
        ['LMP-0007', image('a')],
        ['LMP-0008', image('b')],
        ['SOFA', image('c')],
      ]),
    )
    await terminal.call('push lamps.csv')
    for (const code of ['lmp-0007', 'LMP-007', 'LMP-0007 ']) {
      const { stdout, code: exit } = await terminal.call(['explain', code])
      expect([exit, stdout]).toEqual([1, expect.stringContaining('Did you mean "LMP-0007"')])
    }
    expect(await explained('LMP-0009')).toMatchObject({
      ...{ code: 'LMP-0009', origin: null, targets: [], near: ['LMP-0007', 'LMP-0008'], exitCode: 1 },
    })
    expect((await explained('armchair')).near).toEqual([])
    expect(await terminal.call(['explain', ''])).toMatchObject({ code: 2, stdout: '' })
  })

  it('ends with 1 where there is no ledger at all, and makes none', async () => {
    expect(await explained('LMP-1')).toMatchObject({ origin: null, targets: [], near: [], exitCode: 1 })
    expect((await terminal.report('runs')).runs).toEqual([])
  })

  it.each([
    '-0815',
    '--sandbox',
    '__proto__',
    'constructor',
    '007',
    '7',
    '0',
    '1E5',
    'A "B" C',
    "it's 100 %_",
    'a\\b',
    '椅子-1 🪑',
    'A,B;C',
    '"code":"7"',
  ])('finds the code %s, and no other', async code => {
    configure('catalogix', 'mediapocket')
    const codes = ['-0815', '--sandbox', '__proto__', 'constructor', '007', '7', '0', '1E5', 'A "B" C', "it's 100 %_"]
    const all = [...codes, 'a\\b', '椅子-1 🪑', 'A,B;C', '"code":"7"']
    terminal.file('lamps.csv', table(all.map((each, at) => [each, image(String(at))])))
    await terminal.call('push lamps.csv')
    const { stdout, code: exit } = await terminal.call(['explain', '--format', 'json', '--', code])
    const { targets, origin } = JSON.parse(stdout)
    expect([exit, origin.gallery]).toEqual([0, [image(String(all.indexOf(code)))]])
    const found = targets.flatMap(({ items }: ExplainedTarget) => items.map(item => item.history[0]?.outcome.code))
    expect(found).toEqual([code, code])
    expect((await terminal.call(['explain', '--', code])).code).toBe(0)
  })

  it('can do without a config, and says why it shows no payload then', async () => {
    configure('catalogix')
    terminal.file('lamps.csv', table([['LMP-1', image('a')]]))
    await terminal.call('push lamps.csv')
    terminal.file('.assetsyncrc', {})
    const gone = await explained('LMP-1')
    expect(gone.targets[0].noPayload).toBe(
      'The target "catalogix" is not configured any more, so what it was sent cannot be made again.',
    )
    expect(only(gone).sending).toMatchObject({ payload: null, outcome: { status: 'created' } })
    const moved = { ...sandbox.targets.catalogix, storeUuid: 'another-store' }
    terminal.file('.assetsyncrc', { targets: { catalogix: moved } })
    expect((await explained('LMP-1')).targets[0].noPayload).toContain('has another address or account now')
    terminal.file('.assetsyncrc', { targets: { catalogix: { ...moved, token: '$' + '{NOWHERE}' } } })
    const broken = await terminal.call('explain LMP-1')
    expect(broken.code).toBe(0)
    expect(broken.stdout).toContain('Payloads cannot be shown, because the config cannot be used:')
  })

  it('says so when the config has changed since, so that the payload is another one', async () => {
    configure('catalogix')
    terminal.file('lamps.csv', table([['LMP-1', image('a')]]))
    await terminal.call('push lamps.csv')
    const catalogix = { ...sandbox.targets.catalogix, rate: 'off', attribute: 'Photo {rank}' }
    terminal.file('.assetsyncrc', { targets: { catalogix } })
    expect(only(await explained('LMP-1')).sending).toMatchObject({
      payload: { assets: { 'Photo 1': image('a') } },
      payloadIsExact: false,
    })
    expect((await terminal.call('explain LMP-1')).stdout).toContain('what was sent was another one')
  })

  it('shows no secret in a payload', async () => {
    const token = 'sandbox-catalogix-token'
    configure('catalogix')
    terminal.file('lamps.csv', table([['LMP-1', `https://images.example.com/a.jpg?key=${token}`]]))
    await terminal.call('push lamps.csv')
    const { sending } = only(await explained('LMP-1 lamps.csv'))
    expect(JSON.stringify(sending?.payload)).not.toContain(token)
  })

  it('limits itself to the targets that are named', async () => {
    configure('catalogix', 'mediapocket')
    terminal.file('lamps.csv', table([['LMP-1', image('a')]]))
    await terminal.call('push lamps.csv')
    const names = async (line: string) => (await explained(line)).targets.map(({ name }: ExplainedTarget) => name)
    expect(await names('LMP-1 --target mediapocket')).toEqual(['mediapocket'])
    terminal.file('.assetsyncrc', {})
    expect(await names('LMP-1 --target mediapocket')).toEqual(['mediapocket'])
    const { code, stderr } = await terminal.call('explain LMP-1 --target mediapockt')
    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean "mediapocket"?')])
  })

  it('tells of emulated targets, of whichever type', async () => {
    terminal.file('lamps.csv', table([['LMP-1', image('a')]]))
    await terminal.call('push lamps.csv --sandbox --target mediapocket,emporix')
    const { targets } = await explained('LMP-1 --sandbox')
    const told = targets.map(({ name, endpoint, items: [item] }: ExplainedTarget) => [
      ...[name, endpoint, item?.history[0]?.outcome.status, item?.sending?.payload !== null],
    ])
    expect(told).toEqual([
      ['mediapocket', 'sandbox', 'created', true],
      ['emporix', 'sandbox', 'created', true],
    ])
    expect((await explained('LMP-1')).exitCode).toBe(1)
  })

  it('tells of an item that nobody knows the whereabouts of, and who does', async () => {
    const ledger = openLedger(join(terminal.folder, '.assetsync'))
    const target = ledger.register({ name: 'studio', type: 'productai', origin: 'https://x.example', account: '' }).id
    const journal = ledger.start(aRun({ id: 'killed' }))
    journal.plan(target, [aBatch(['LMP-1'])])
    journal.begin(target, aBatch(['LMP-1']))
    ledger.close()
    configure('catalogix')
    terminal.file('lamps.csv', table([['LMP-2', image('a')]]))
    await terminal.call('push lamps.csv')
    expect(only(await explained('LMP-1'))).toMatchObject({
      history: [{ run: 'killed', outcome: { status: 'unknown', reason: 'interrupted' } }],
      unknown: { run: 'killed' },
    })
    const { stdout } = await terminal.call('explain LMP-1')
    expect(stdout).toContain('? unknown  by push killed')
    expect(stdout).toContain('Nobody knows whether it arrived')
    expect(stdout).toContain('Next: assetsync reconcile')
  })

  it('shows of a large batch the requests that tell something about the item', async () => {
    configure('mediapocket')
    await behaving({ faults: [{ target: 'mediapocket', fault: '502', times: 1 }] })
    terminal.file('chairs.csv', catalogOf(20, 1))
    await terminal.call('push chairs.csv --concurrency 1')
    const { sending } = only(await explained('CHR-00015'))
    expect(sending?.requests).toBeGreaterThan(20)
    expect(sending?.attempts.filter(({ reason }) => reason === null).length).toBeLessThan(3)
    expect((await terminal.call('explain CHR-00015')).stdout).toMatch(/and \d+ more requests of its batch/)
  })

  it('counts all requests of a batch where nothing tells those for the item apart', async () => {
    configure('productai')
    terminal.file('chairs.csv', catalogOf(5, 1))
    await terminal.call('push chairs.csv')
    expect(only(await explained('CHR-00003')).sending).toMatchObject({ batchItems: 5, requests: 5 })
  })

  it('knows what a killed run was doing', async () => {
    const ledger = openLedger(join(terminal.folder, '.assetsync'))
    const target = ledger.register({ name: 'shop', type: 'catalogix', origin: 'https://x.example', account: '' }).id
    const journal = ledger.start(aRun())
    const batches = [aBatch(['LMP-1']), aBatch(['LMP-2'], { no: 2 })]
    journal.plan(target, batches)
    journal.begin(target, batches[0] ?? aBatch([]))
    ledger.close()
    const statuses = await Promise.all(
      ['LMP-1', 'LMP-2'].map(async code => only(await explained(code)).history.map(({ outcome }) => outcome.status)),
    )
    expect(statuses).toEqual([['failed'], ['skipped']])
    expect((await terminal.call('explain LMP-2')).stdout).toContain('The run was killed before this was sent.')
  })
})
