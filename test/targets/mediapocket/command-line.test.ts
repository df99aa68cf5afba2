import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/model/outcome.ts'
import { startSandbox } from '../../../src/sandbox/index.ts'
import { Terminal } from '../../cli/terminal.ts'
import { type Answer, type Script, servers } from '../../helpers/server.ts'

const FEED = ['sku,image_1,image_2,image_3', 'LAMP-1,front,side,back', 'LAMP-2,front,side,', 'SOFA,front,,']
const PUSH = 'push lamps.csv --sandbox --target mediapocket'

/** A feed of the rows; every cell but the code becomes the address of an image of that code. */
function feedOf(rows: readonly string[]): string {
  const [header = '', ...records] = rows
  const lines = records.map(row => {
    const [code = '', ...cells] = row.split(',')
    return [code, ...cells.map(cell => (cell === '' ? '' : addressOf(code, cell)))].join(',')
  })
  return `${[header, ...lines].join('\n')}\n`
}

function addressOf(code: string, view: string): string {
  return `https://images.example.com/${code}/${view}.jpg`
}

function galleryOf(code: string, ...views: readonly string[]): string[] {
  return views.map(view => addressOf(code, view))
}

describe('mediapocket from the command line', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('lamps.csv', feedOf(FEED))
  })

  afterEach(() => terminal.close())

  /** The galleries that the emulator keeps beside the ledger. */
  async function stored(): Promise<Readonly<Record<string, readonly string[]>>> {
    const sandbox = await startSandbox({ folder: join(terminal.folder, '.assetsync', 'sandbox') })
    const { galleries } = sandbox.state().mediapocket
    await sandbox.close()
    return galleries
  }

  const changed = (outcomes: readonly Outcome[]) =>
    outcomes.filter(({ status }) => status !== 'unchanged').map(({ key, status, reason }) => [key, status, reason])

  it('creates an asset for every image of a first push', async () => {
    const report = await terminal.report(PUSH)
    expect(report).toMatchObject({ exitCode: 0, targets: [{ type: 'mediapocket', requests: 12 }] })
    expect(report.items.map(({ key, status, images, attempts }: Outcome) => [key, status, images, attempts])).toEqual(
      ['LAMP-1#1', 'LAMP-1#2', 'LAMP-1#3', 'LAMP-2#1', 'LAMP-2#2', 'SOFA#1'].map(key => [key, 'created', 1, 2]),
    )
    expect(await stored()).toEqual({
      'LAMP-1': galleryOf('LAMP-1', 'front', 'side', 'back'),
      'LAMP-2': galleryOf('LAMP-2', 'front', 'side'),
      SOFA: galleryOf('SOFA', 'front'),
    })
  })

  it('makes no request for the same feed again', async () => {
    await terminal.call(PUSH)
    const { exitCode, targets } = await terminal.report(PUSH)
    expect([exitCode, targets[0].requests, targets[0].totals.unchanged]).toEqual([0, 0, 6])
  })

  it('replaces one image where it is', async () => {
    const before = await terminal.outcomes(PUSH)
    terminal.file('lamps.csv', feedOf(FEED).replace('LAMP-1/side', 'LAMP-1/new'))
    const { items, targets } = await terminal.report(PUSH)
    expect([changed(items), targets[0].requests]).toEqual([[['LAMP-1#2', 'updated', null]], 3])
    expect(items.map(({ remoteId }: Outcome) => remoteId)).toEqual(before.map(({ remoteId }) => remoteId))
    expect((await stored())['LAMP-1']).toEqual(galleryOf('LAMP-1', 'front', 'new', 'back'))
  })

  it('swaps two ranks by giving each asset the other’s image', async () => {
    await terminal.call(PUSH)
    terminal.file('lamps.csv', feedOf(FEED.with(1, 'LAMP-1,side,front,back')))
    expect(changed(await terminal.outcomes(PUSH))).toEqual([
      ['LAMP-1#1', 'updated', null],
      ['LAMP-1#2', 'updated', null],
    ])
    expect((await stored())['LAMP-1']).toEqual(galleryOf('LAMP-1', 'side', 'front', 'back'))
  })

  it('leaves the asset of a dropped rank alone', async () => {
    await terminal.call(PUSH)
    terminal.file('lamps.csv', feedOf(FEED.with(1, 'LAMP-1,front,side,')))
    expect(changed(await terminal.outcomes(PUSH))).toEqual([])
    expect((await stored())['LAMP-1']).toEqual(galleryOf('LAMP-1', 'front', 'side', 'back'))
  })

  it('moves the asset of a dropped rank to the trash bin with --prune', async () => {
    await terminal.call(PUSH)
    terminal.file('lamps.csv', feedOf(FEED.with(1, 'LAMP-1,front,side,')))
    expect(changed(await terminal.outcomes(`${PUSH} --prune --max-delete 1`))).toEqual([['LAMP-1#3', 'deleted', null]])
    expect((await stored())['LAMP-1']).toEqual(galleryOf('LAMP-1', 'front', 'side'))
    expect(changed(await terminal.outcomes(`${PUSH} --prune`))).toEqual([])
  })

  it('says where to look when an image comes back that is still in the trash bin', async () => {
    await terminal.call(PUSH)
    terminal.file('lamps.csv', feedOf(FEED.with(1, 'LAMP-1,front,side,')))
    await terminal.call(`${PUSH} --prune --max-delete 1`)
    terminal.file('lamps.csv', feedOf(FEED))
    const failed = (await terminal.outcomes(PUSH)).filter(({ status }) => status === 'failed')
    expect(failed).toMatchObject([
      { key: 'LAMP-1#3', reason: 'already-exists', message: expect.stringContaining('in the trash bin too') },
    ])
  })

  it('sends everything again with --full, without a second asset', async () => {
    await terminal.call(PUSH)
    const before = await stored()
    expect(new Set(changed(await terminal.outcomes(`${PUSH} --full`)).map(([, status]) => status))).toEqual(
      new Set(['updated']),
    )
    expect(await stored()).toEqual(before)
  })

  it('refuses two codes whose images would share an external id', async () => {
    terminal.file('.assetsyncrc', {
      targets: {
        dam: { type: 'mediapocket', apiKey: 'k', baseUrl: 'https://dam.example.com', externalId: '{code}{rank}' },
      },
    })
    const many = Array.from({ length: 11 }, (_, at) => `https://x.example/${at}`)
    terminal.file('many.json', [
      { sku: 'LAMP', images: many },
      { sku: 'LAMP1', images: ['https://x.example/c'] },
    ])
    const outcomes = await terminal.outcomes('push many.json --code-column sku --image-columns images[] --sandbox')
    expect(outcomes.map(({ code, status, reason }) => [code, status, reason])).toEqual([
      ['LAMP', 'rejected', 'code-collision'],
      ['LAMP1', 'rejected', 'code-collision'],
    ])
  })

  describe('when something goes wrong between the two requests', () => {
    const serve = servers()
    const asset: Answer = {
      body: JSON.stringify({ asset: { id: '-lamp', external_id: 'SOFA#1', deleted: null, media_type: 'placeholder' } }),
    }
    const OK: Answer = { body: JSON.stringify({ ok: 'ok' }) }

    /** A push of one image to a server that does what the script says. */
    async function connect(script: Script) {
      const server = await serve(script)
      terminal.file('lamps.csv', feedOf(['sku,image_1', 'SOFA,front']))
      terminal.file('.assetsyncrc', { targets: { mediapocket: { baseUrl: server.url, apiKey: 'lamp-key' } } })
      const seen = () => server.seen.map(({ method, path }) => `${method} ${path.replace('/api/v2/assets', '')}`.trim())
      return { seen, push: () => terminal.outcomes('push lamps.csv --retries 0') }
    }

    it.each([
      ['breaks', 'reset' as const, 'connection-lost'],
      ['is refused', { status: 400, body: '{"error":"not a valid HTTP URL"}' }, 'target-rejected'],
      ['loses its credentials', { status: 401, body: '{"error":"Unauthorized"}' }, 'credentials-refused'],
    ])('the image that %s is failed, not skipped, and the next run attaches it', async (_, second, reason) => {
      const { push, seen } = await connect((_seen, no) => [asset, second, asset, asset, OK][no - 1] ?? OK)
      expect(await push()).toMatchObject([{ key: 'SOFA#1', status: 'failed', reason, attempts: 2 }])
      expect(await push()).toMatchObject([{ key: 'SOFA#1', status: 'updated', remoteId: '-lamp', attempts: 3 }])
      expect(seen()).toEqual(['POST', 'POST /-lamp/media', 'PUT /-lamp', 'DELETE /-lamp/media', 'POST /-lamp/media'])
      expect(await push()).toMatchObject([{ key: 'SOFA#1', status: 'unchanged', remoteId: '-lamp' }])
    })

    it('an id that was lost with its answer ends in already-exists, and nothing is doubled', async () => {
      const taken: Answer = { status: 400, body: '{"error":"External id has already been taken"}' }
      const { push, seen } = await connect((_seen, no) => (no === 1 ? 'reset' : taken))
      expect(await push()).toMatchObject([{ status: 'failed', reason: 'connection-lost' }])
      expect(await push()).toMatchObject([{ status: 'failed', reason: 'already-exists', http: 400 }])
      expect(seen()).toEqual(['POST', 'POST'])
    })
  })
})
