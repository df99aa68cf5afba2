import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'
import { restarted } from './helpers/sandbox.ts'

describe('assetsync retry', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox({ folder: terminal.folder })
    terminal.configure(sandbox.targets.catalogix)
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  /** The same shop at the same address, behaving otherwise. */
  async function behaving(options: SandboxOptions = {}): Promise<void> {
    sandbox = await restarted(sandbox, terminal.folder, options)
  }

  const stored = async () => Object.keys((await stateOf(sandbox)).galleries)
  const told = (outcomes: readonly { code: string | null; status: string }[]) =>
    outcomes.map(({ code, status }) => `${code} ${status}`)
  const withPoison = (count: number) => catalogOf(count).replaceAll('CHR-00002', 'poison-2')

  it('sends again exactly what failed, from the journal: the feed may be gone', async () => {
    await behaving({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    terminal.file('chairs.csv', withPoison(4))
    expect((await terminal.call('push chairs.csv')).code).toBe(1)
    terminal.file('chairs.csv', '')
    await behaving()
    const report = await terminal.report('retry')
    expect(told(report.items)).toEqual(['poison-2 created'])
    expect(report).toMatchObject({ run: { command: 'retry' }, feed: { files: ['chairs.csv'] }, exitCode: 0 })
    expect(await stored()).toHaveLength(4)
  })

  it('sends what was skipped when a target was stopped', async () => {
    await behaving({ faults: [{ target: 'catalogix', fault: '401' }] })
    terminal.file('chairs.csv', catalogOf(3))
    expect((await terminal.call('push chairs.csv')).code).toBe(4)
    await behaving()
    expect(told(await terminal.outcomes('retry'))).toEqual([
      'CHR-00001 created',
      'CHR-00002 created',
      'CHR-00003 created',
    ])
    expect(await stored()).toHaveLength(3)
  })

  it('leaves out what a later run has settled, and has nothing to do then', async () => {
    await behaving({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    terminal.file('chairs.csv', withPoison(3))
    const { run } = await terminal.report('push chairs.csv')
    await behaving()
    expect((await terminal.call('push chairs.csv')).code).toBe(0)
    const { code, stdout } = await terminal.call(`retry ${run.id}`)
    expect([code, stdout]).toEqual([0, expect.stringContaining('nothing to do')])
  })

  it('sends no image that a later push has replaced, where each image has a key of its own', async () => {
    const configure = () =>
      terminal.file('.assetsyncrc', { targets: { emporix: { ...sandbox.targets.emporix, rate: 'off' } } })
    await behaving({ faults: [{ target: 'emporix', fault: '500' }] })
    configure()
    const row = (code: string, image: string) => `${code},https://images.example.com/${image}.jpg\n`
    terminal.file('lamps.csv', `sku,image_1\n${row('A', 'a')}${row('B', 'old')}${row('GONE', 'gone')}`)
    const { run } = await terminal.report('push lamps.csv --retries 0')
    await behaving()
    configure()
    terminal.file('lamps.csv', `sku,image_1\n${row('A', 'a')}${row('B', 'new')}`)
    expect((await terminal.call('push lamps.csv --allow-shrink')).code).toBe(0)
    const { code, stdout } = await terminal.call(`retry ${run.id}`)
    expect([code, stdout]).toEqual([0, expect.stringContaining('nothing to do')])
    const told = await terminal.report('push lamps.csv --prune')
    expect(told.targets[0].totals).toMatchObject({ unchanged: 2, created: 0, deleted: 0 })
  })

  it('removes nothing that a later push spared', async () => {
    terminal.file('chairs.csv', catalogOf(30))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', catalogOf(28))
    const { run } = await terminal.report('push chairs.csv --prune --max-delete 0')
    terminal.file('chairs.csv', `${catalogOf(28)}CHR-00029,nonsense,\nCHR-00030,,\n`)
    await terminal.call('push chairs.csv --prune')
    expect((await terminal.call(`retry ${run.id} --max-delete 5`)).stdout).toContain('nothing to do')
    expect(await stored()).toHaveLength(30)
  })

  it('takes the run that is named, and only the codes and targets that are named', async () => {
    await behaving({ faults: [{ target: 'catalogix', fault: '401' }] })
    terminal.file('chairs.csv', catalogOf(3))
    const { run } = await terminal.report('push chairs.csv')
    await behaving()
    expect(told(await terminal.outcomes(`retry ${run.id} --only CHR-00002`))).toEqual(['CHR-00002 created'])
    expect(await stored()).toEqual(['CHR-00002'])
    expect((await terminal.call(`retry ${run.id} --target elsewhere`)).code).toBe(2)
  })

  it('goes on with what is left of the last push after a part of it was retried', async () => {
    await behaving({ faults: [{ target: 'catalogix', fault: '401' }] })
    terminal.file('chairs.csv', catalogOf(3))
    await terminal.call('push chairs.csv')
    await behaving()
    await terminal.call('retry --only CHR-00002')
    expect(told(await terminal.outcomes('retry'))).toEqual(['CHR-00001 created', 'CHR-00003 created'])
    expect(await stored()).toHaveLength(3)
  })

  it('names the kept runs when there is none of that id, and says so when there is none at all', async () => {
    expect(await terminal.call('retry')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no run to retry.'),
    })
    terminal.file('chairs.csv', catalogOf(1))
    const { run } = await terminal.report('push chairs.csv')
    const { code, stderr } = await terminal.call('retry 20200101-000000-0000')
    expect([code, stderr]).toEqual([2, expect.stringContaining(run.id)])
  })

  it('withholds removals beyond --max-delete again, and carries them out when they are allowed', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', catalogOf(15))
    expect((await terminal.call('push chairs.csv --prune')).code).toBe(8)
    expect((await terminal.call('retry')).code).toBe(8)
    expect(await stored()).toHaveLength(20)
    expect((await terminal.call('retry --max-delete 5')).code).toBe(0)
    expect(await stored()).toHaveLength(15)
  })

  describe('of what a guard held back', () => {
    /** A feed that has shrunk from ten chairs to four others. */
    async function shrink(): Promise<void> {
      terminal.file('chairs.csv', catalogOf(10))
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', catalogOf(4).replaceAll('/1.jpg', '/9.jpg'))
      expect((await terminal.call('push chairs.csv')).code).toBe(8)
    }

    it('sends nothing, like the push, however often it is asked', async () => {
      await shrink()
      for (const _ of [1, 2]) {
        const { code, stdout, stderr } = await terminal.call('retry')
        expect([code, stdout.match(/skipped/g)?.length]).toEqual([8, expect.any(Number)])
        expect(stdout + stderr).toContain('The feed has 4 products, the last complete run of this source had 10.')
        expect(stdout).toMatch(/Next.*assetsync retry [\w-]+ --allow-shrink/)
      }
      expect((await stateOf(sandbox)).requests).toBe(1)
    })

    it('sends it when that is allowed now', async () => {
      await shrink()
      expect(told(await terminal.outcomes('retry --allow-shrink'))).toContain('CHR-00001 updated')
    })

    it('sends nothing of a feed that was cut off', async () => {
      terminal.file('chairs.csv', catalogOf(10))
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', catalogOf(10).trimEnd().slice(0, -4))
      expect((await terminal.call('push chairs.csv')).code).toBe(8)
      expect((await terminal.call('retry')).code).toBe(8)
      expect((await stateOf(sandbox)).requests).toBe(1)
    })

    it('removes nothing of a feed that was cut off or has shrunk, either', async () => {
      terminal.file('chairs.csv', catalogOf(30))
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', catalogOf(28).trimEnd())
      expect((await terminal.call('push chairs.csv --prune')).code).toBe(8)
      expect((await terminal.call('retry')).code).toBe(8)
      terminal.file('chairs.csv', catalogOf(5))
      expect((await terminal.call('push chairs.csv --prune --max-delete 90%')).code).toBe(8)
      expect((await terminal.call('retry --max-delete 90%')).code).toBe(8)
      expect((await terminal.call('retry --max-delete 90% --only CHR-00029')).code).toBe(8)
      expect(await stored()).toHaveLength(30)
    })

    it('creates no more than --max-create allows, which has to be named', async () => {
      terminal.file('chairs.csv', catalogOf(10))
      expect((await terminal.call('push chairs.csv --max-create 3')).code).toBe(8)
      for (const limit of ['', ' --max-create 9']) {
        const { code, stdout } = await terminal.call(`retry${limit}`)
        expect(code).toBe(8)
        expect(stdout).toContain('The plan creates 10 items')
        expect(stdout).toMatch(/Next.*assetsync retry [\w-]+ --max-create 10/)
      }
      const env = { ASSETSYNC_MAX_CREATE: '9' }
      expect((await terminal.call('retry', { env })).code).toBe(8)
      expect((await terminal.call('retry --max-create 10')).code).toBe(0)
      expect(await stored()).toHaveLength(10)
    })

    it('creates no more than --max-create allows, whatever held it up before', async () => {
      await behaving({ faults: [{ target: 'catalogix', fault: '401' }] })
      terminal.file('chairs.csv', catalogOf(4))
      expect((await terminal.call('push chairs.csv')).code).toBe(4)
      await behaving()
      expect((await terminal.call('retry --max-create 3')).code).toBe(8)
      expect((await terminal.call('retry')).code).toBe(8)
      expect((await terminal.call('retry --max-create 4')).code).toBe(0)
    })
  })

  it('takes the last run that had anything to do', async () => {
    await behaving({ faults: [{ target: 'catalogix', fault: '401' }] })
    terminal.file('chairs.csv', catalogOf(2))
    await terminal.call('push chairs.csv')
    expect((await terminal.call('reconcile')).stdout).toContain('there is nothing to settle')
    expect(told(await terminal.outcomes('retry --only elsewhere'))).toEqual([])
    await behaving()
    expect(told(await terminal.outcomes('retry'))).toEqual(['CHR-00001 created', 'CHR-00002 created'])
  })

  it('has nothing to do after a run in which all went well', async () => {
    terminal.file('chairs.csv', catalogOf(2))
    await terminal.call('push chairs.csv')
    const { items, notices, exitCode } = await terminal.report('retry')
    expect({ items, notices, exitCode }).toEqual({ items: [], notices: [], exitCode: 0 })
  })

  describe('of a run with two targets', () => {
    const DAM = 'dam: 3 failed or skipped items left out, as this command has no target of that name.'
    const MOVED =
      'left out, as the target has another address or account by now. Send them with: assetsync push chairs.csv'
    const targets = () => ({
      catalogix: { ...sandbox.targets.catalogix, rate: 'off' },
      dam: { type: 'mediapocket', ...sandbox.targets.mediapocket },
    })

    beforeEach(async () => {
      await behaving({
        faults: [
          { target: 'catalogix', fault: '401' },
          { target: 'mediapocket', fault: '401' },
        ],
      })
      terminal.file('.assetsyncrc', { targets: targets() })
      terminal.file('chairs.csv', catalogOf(3, 1))
      expect((await terminal.call('push chairs.csv')).code).toBe(4)
      await behaving()
    })

    const retried = async (line = 'retry') => {
      const { targets, notices, exitCode } = await terminal.report(line)
      const created = targets.map((each: { name: string; totals: { created: number } }) => [
        each.name,
        each.totals.created,
      ])
      return { created, notices, exitCode }
    }

    it('sends to both', async () => {
      const created = [
        ['catalogix', 3],
        ['dam', 3],
      ]
      expect(await retried()).toEqual({ created, notices: [], exitCode: 0 })
    })

    it('leaves out what a target was to get that is not configured any more, and says so', async () => {
      terminal.file('.assetsyncrc', { targets: { catalogix: targets().catalogix } })
      expect(await retried()).toEqual({ created: [['catalogix', 3]], notices: [DAM], exitCode: 0 })
    })

    it('leaves out what a target was to get that has another address by now', async () => {
      const dam = { ...targets().dam, baseUrl: 'https://dam.example.com' }
      terminal.file('.assetsyncrc', { targets: { ...targets(), dam } })
      const notices = [`dam: 3 failed or skipped items ${MOVED}`]
      expect(await retried()).toEqual({ created: [['catalogix', 3]], notices, exitCode: 0 })
    })

    it('names the push that leads to the same config and ledger', async () => {
      const dam = { ...targets().dam, baseUrl: 'https://dam.example.com' }
      terminal.file('moved.yaml', { targets: { ...targets(), dam } })
      const { notices } = await retried('retry -c moved.yaml --state .assetsync')
      expect(notices).toEqual([`dam: 3 failed or skipped items ${MOVED} --config moved.yaml --state .assetsync`])
    })

    it('ends with 1 when nothing is left to retry, because the target was another one then', async () => {
      const moved = { ...targets().catalogix, baseUrl: 'https://catalogix.example.com' }
      terminal.file('.assetsyncrc', { targets: { catalogix: moved } })
      const notices = [`catalogix: 3 failed or skipped items ${MOVED}`, DAM]
      expect(await retried()).toEqual({ created: [], notices, exitCode: 1 })
    })

    it('leaves out what was not asked for', async () => {
      expect(await retried('retry --target catalogix')).toMatchObject({ created: [['catalogix', 3]], notices: [] })
      expect(await retried('retry --target catalogix')).toMatchObject({ created: [['catalogix', 0]], notices: [] })
    })

    it('is a usage error when no target is configured at all', async () => {
      terminal.file('.assetsyncrc', {})
      expect(await terminal.call('retry')).toMatchObject({ code: 2, stdout: '' })
    })
  })
})
