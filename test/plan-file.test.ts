import { chmodSync, cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../src/ledger/index.ts'
import { version } from '../src/lib/version.ts'
import type { Outcome } from '../src/model/outcome.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { openPlanFile } from '../src/sync/plan-file/open.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'

const TOKEN = 'catalogix-secret-token'

describe('a saved plan', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox({ folder: terminal.folder })
    terminal.configure(sandbox.targets.catalogix)
    terminal.file('chairs.csv', catalogOf(20))
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const stored = async () => (await stateOf(sandbox)).galleries
  const requests = async () => (await stateOf(sandbox)).requests
  const without = (feed: string, ...codes: string[]) =>
    feed
      .split('\n')
      .filter(line => !codes.some(code => line.startsWith(`${code},`)))
      .join('\n')
  const told = (outcomes: readonly Outcome[]) =>
    outcomes.filter(({ status }) => status !== 'unchanged').map(({ code, status }) => `${code} ${status}`)

  /** Applying is refused with this exit code and these words, and nothing arrives at the target. */
  async function expectRefusal(exit: number, words: string, line = 'push --plan chairs.plan'): Promise<void> {
    const before = await requests()
    const { code, stdout, stderr } = await terminal.call(line)
    expect({ code, stdout, stderr }).toEqual({ code: exit, stdout: '', stderr: expect.stringContaining(words) })
    expect(await requests()).toBe(before)
  }

  describe('applied', () => {
    it('is as good as ever when the only push before it was given up before it sent anything', async () => {
      await terminal.call('push chairs.csv')
      const state = join(terminal.folder, '.assetsync')
      const known = openLedger(state)
      const [target] = known.openRun(null)?.targets ?? []
      known.close()
      if (target === undefined) throw new Error('the push had a target')
      rmSync(state, { recursive: true })
      const ledger = openLedger(state)
      ledger.register(target)
      ledger.close()
      await terminal.call('plan chairs.csv --out chairs.plan')
      const { exitCode, targets } = await terminal.report('push --plan chairs.plan')
      expect([exitCode, targets[0].items]).toEqual([0, 20])
    })

    it('does exactly what was planned, and leaves nothing for the next push', async () => {
      await terminal.call('push chairs.csv')
      const feed = catalogOf(21)
        .replace('CHR-00003/1.jpg', 'CHR-00003/new.jpg')
        .replace('\nCHR-00004,https', '\nCHR-00004,ftp')
      terminal.file('chairs.csv', feed)
      const plan = await terminal.report('plan chairs.csv --out chairs.plan')
      const before = await requests()
      const report = await terminal.report('push --plan chairs.plan')
      expect(await requests()).toBe(before + plan.targets[0].forecast.requests)
      expect(told(report.items)).toEqual(['CHR-00003 updated', 'CHR-00004 rejected', 'CHR-00021 created'])
      expect(report).toMatchObject({
        run: { command: 'push' },
        feed: plan.feed,
        targets: [{ items: 21, totals: { created: 1, updated: 1, unchanged: 18, rejected: 1 } }],
        notices: [`Applied the plan ${plan.run.id}, which was made at ${plan.run.startedAt}.`],
        exitCode: 1,
      })
      expect((await stored())['CHR-00003']?.[0]).toBe('https://images.example.com/CHR-00003/new.jpg')
      expect(told(await terminal.outcomes('push chairs.csv'))).toEqual(['CHR-00004 rejected'])
    })

    it('brings five targets to where a push would have brought them', async () => {
      const { catalogix, akeneo, mediapocket, productai, emporix } = sandbox.targets
      const rate = 'off'
      const linked = { ...akeneo, link: { attribute: 'packshots' } }
      const targets = { catalogix, akeneo: linked, mediapocket, productai, emporix }
      const unpaced = Object.fromEntries(Object.entries(targets).map(([name, options]) => [name, { ...options, rate }]))
      terminal.file('.assetsyncrc', { targets: unpaced })
      terminal.file('chairs.csv', catalogOf(3))
      await terminal.call('plan chairs.csv --out chairs.plan')
      const { items } = await terminal.report('push --plan chairs.plan')
      expect(new Set(items.map(({ status }: Outcome) => status))).toEqual(new Set(['created']))
      const state = sandbox.state()
      for (const name of ['akeneo', 'mediapocket', 'productai', 'emporix'] as const) {
        expect(state[name].galleries, name).toEqual(state.catalogix.galleries)
      }
    })

    it('comes from standard input as well', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      const report = await terminal.call('push --plan -', { stdin: terminal.read('chairs.plan') })
      expect(report.code).toBe(0)
      expect(Object.keys(await stored())).toHaveLength(20)
    })

    it('names the commands that come next, where they need no feed, and where the whole of it lies', async () => {
      terminal.file('chairs.csv', catalogOf(60).replace('\nCHR-00004,https', '\nCHR-00004,ftp'))
      await terminal.call('plan chairs.csv --out chairs.plan')
      terminal.configure({ ...sandbox.targets.catalogix, token: 'expired' })
      const { code, stdout } = await terminal.call('push --plan chairs.plan')
      expect(code).toBe(4)
      expect(stdout).toMatch(/^Next: assetsync retry \d{8}-\d{6}-\w{4}$/m)
      expect(stdout).toMatch(/^Full report: assetsync report \d{8}-\d{6}-\w{4}$/m)
      expect(stdout).not.toMatch(/assetsync (check|push)/)
    })

    it('counts as a run of its source: guards and prune go by it', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      await terminal.call('push --plan chairs.plan')
      terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00007'))
      expect(told(await terminal.outcomes('push chairs.csv --prune'))).toEqual(['CHR-00007 deleted'])
      terminal.file('chairs.csv', catalogOf(5))
      expect((await terminal.call('push chairs.csv')).code).toBe(8)
    })

    it('is retried like any other run when it was killed in the middle', async () => {
      terminal.file('chairs.csv', catalogOf(3))
      await terminal.call('plan chairs.csv --batch-size 1 --out chairs.plan')
      const [state, copy] = ['.assetsync', 'killed'].map(name => join(terminal.folder, name)) as [string, string]
      await terminal.call('push --plan chairs.plan --concurrency 1 -v', {
        onStderr: text => {
          if (text.split('POST').length === 3 && !existsSync(copy)) cpSync(state, copy, { recursive: true })
        },
      })
      rmSync(state, { recursive: true })
      cpSync(copy, state, { recursive: true })
      const retried = await terminal.outcomes('retry')
      expect(retried.map(({ code }) => code)).toEqual(['CHR-00002', 'CHR-00003'])
      expect(Object.keys(await stored())).toHaveLength(3)
      await expectRefusal(3, 'which came after the plan was made')
    })
  })

  describe('refused', () => {
    it('when a file of the feed was changed, or is not there', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      terminal.file('chairs.csv', catalogOf(20).replace('CHR-00003/1.jpg', 'CHR-00003/2.jpg'))
      await expectRefusal(3, 'chairs.csv was changed after the plan was made')
      rmSync(join(terminal.folder, 'chairs.csv'))
      await expectRefusal(3, 'chairs.csv, from which the plan was made, is not there')
      terminal.file('chairs.csv', catalogOf(20))
      expect((await terminal.call('push --plan chairs.plan')).code).toBe(0)
    })

    it('when another file belongs to the feed now', async () => {
      terminal.file('feeds/chairs.csv', catalogOf(3))
      await terminal.call('plan feeds/*.csv --out chairs.plan')
      terminal.file('feeds/lamps.csv', catalogOf(4).replaceAll('CHR', 'LMP'))
      await expectRefusal(3, 'feeds/lamps.csv belongs to the feed, which it did not when the plan was made')
    })

    it('when it was applied already, by which run', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      const { run } = await terminal.report('push --plan chairs.plan')
      await expectRefusal(3, `This plan was applied already, by run ${run.id}`)
    })

    it('when any run was at its targets since', async () => {
      await terminal.call('push chairs.csv')
      terminal.file('more.csv', catalogOf(21))
      await terminal.call('plan more.csv --out chairs.plan')
      const { run } = await terminal.report('push chairs.csv')
      await expectRefusal(3, `Run ${run.id} (push, ${run.startedAt}), which came after the plan was made`)
    })

    it('when a run since then sent nothing but named what is to be removed', async () => {
      const lamp = 'LMP-1,https://images.example.com/1.jpg,\n'
      terminal.file('chairs.csv', `${catalogOf(20)}${lamp}`)
      await terminal.call('push chairs.csv')
      const sofas = catalogOf(20).replaceAll('CHR', 'SOF')
      terminal.file('sofas.csv', sofas)
      await terminal.call('push sofas.csv')
      terminal.file('chairs.csv', catalogOf(20))
      await terminal.call('plan chairs.csv --prune --out chairs.plan')
      terminal.file('sofas.csv', `${sofas.replace(/SOF-00020.*\n/, '')}${lamp}`)
      const { run, exitCode } = await terminal.report('push sofas.csv --prune --max-delete 0')
      expect(exitCode).toBe(8)
      await expectRefusal(3, `Run ${run.id} (push, ${run.startedAt}), which came after the plan was made`)
    })

    it('not when the runs since were at other targets', async () => {
      const { catalogix, mediapocket } = sandbox.targets
      terminal.file('.assetsyncrc', { targets: { catalogix: { ...catalogix, rate: 'off' }, mediapocket } })
      await terminal.call('plan chairs.csv --target catalogix --out chairs.plan')
      await terminal.call('push chairs.csv --target mediapocket')
      expect(told(await terminal.outcomes('push --plan chairs.plan'))).toHaveLength(20)
    })

    it('when the ledger is another one', async () => {
      await terminal.call('push chairs.csv')
      terminal.file('more.csv', catalogOf(21))
      await terminal.call('plan more.csv --out chairs.plan')
      await expectRefusal(3, 'The ledger does not know run', 'push --plan chairs.plan --state elsewhere')
    })

    it('when the run before it had not ended; the plan says so', async () => {
      const state = join(terminal.folder, '.assetsync')
      const plans: Promise<{ stdout: string }>[] = []
      await terminal.call('push chairs.csv --batch-size 5 --concurrency 1 -v', {
        onStderr: text => {
          if (!text.includes('POST') || plans.length > 0) return
          cpSync(state, join(terminal.folder, 'killed'), { recursive: true })
          plans.push(terminal.call('plan chairs.csv --state killed --out chairs.plan'))
        },
      })
      const [plan] = await Promise.all(plans)
      expect(plan?.stdout).toContain('is under way or was killed, so this plan will be refused')
      await expectRefusal(3, 'had not ended when the plan was made', 'push --plan chairs.plan --state killed')
    })

    it('when it was made for other targets, or the same with other options', async () => {
      const { catalogix, mediapocket } = sandbox.targets
      await terminal.call('plan chairs.csv --out chairs.plan')
      terminal.configure(catalogix, { feed: {} })
      terminal.configure({ ...catalogix, ...{ attribute: 'Picture {rank}' } })
      await expectRefusal(2, 'The target catalogix is not what the plan was made for: its options are others')
      terminal.configure({ ...catalogix, ...{ channel: 'B2B' } })
      await expectRefusal(2, `its account was ${catalogix.storeUuid}/SMP and is ${catalogix.storeUuid}/B2B`)
      terminal.configure({ ...catalogix, baseUrl: 'https://api.catalogix.ai/v1' })
      await expectRefusal(2, 'and is https://api.catalogix.ai')
      terminal.file('.assetsyncrc', { targets: { catalogix: { ...mediapocket, type: 'mediapocket' } } })
      await expectRefusal(2, 'its type was catalogix and is mediapocket')
      terminal.file('.assetsyncrc', { targets: { mediapocket } })
      await expectRefusal(2, 'There is no target "catalogix"')
      terminal.configure(catalogix)
      await expectRefusal(2, 'The plan was made without --sandbox', 'push --plan chairs.plan --sandbox')
      terminal.file('.assetsyncrc', { targets: { catalogix: { ...catalogix, rate: 'off' }, mediapocket } })
      await terminal.call('plan chairs.csv --out chairs.plan')
      const part = 'push --plan chairs.plan --target catalogix'
      await expectRefusal(2, 'The plan is for the target mediapocket, which is not configured here', part)
    })

    it('not when only a credential is another one', async () => {
      const { token } = sandbox.targets.catalogix
      terminal.configure({ ...sandbox.targets.catalogix, token: TOKEN })
      await terminal.call('plan chairs.csv --out chairs.plan')
      terminal.configure({ ...sandbox.targets.catalogix, token: token ?? '' })
      expect((await terminal.call('push --plan chairs.plan')).code).toBe(0)
    })

    it('when it was made by another version', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      const bytes = Buffer.from(terminal.read('chairs.plan'))
      await expect(reading(bytes, '99.0.0')).rejects.toThrow(`was made by assetsync ${version()}; this is 99.0.0`)
    })

    it.each([
      ['a count', ['"lines":2', '"lines":3'], 'is not as it was saved'],
      ['an address', ['CHR-00003/1.jpg', 'CHR-00003/3.jpg'], 'is not as it was saved'],
      ['a limit', ['"allowShrink":false', '"allowShrink":true'], 'is not as it was saved'],
      ['the format', ['plan-file/1', 'plan-file/2'], 'is "assetsync.plan-file/2"'],
      ['a line end', ['\n', '\r\n'], 'is not as it was saved'],
      ['its last line', [/\{"end".*\n/, ''], 'is not whole'],
    ] as const)('when %s in it was edited', async (_, [from, to], words) => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      terminal.file('chairs.plan', terminal.read('chairs.plan').replace(from, to))
      await expectRefusal(2, words)
    })

    it('when it was cut, wherever that is, or any byte of it is another one', async () => {
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', catalogOf(30).replace('/1.jpg', '/é 椅.jpg'))
      await terminal.call('plan chairs.csv --out chairs.plan')
      const whole = Buffer.from(terminal.read('chairs.plan'))
      expect((await reading(whole)).header.targets).toHaveLength(1)
      const places = fc.integer({ min: 0, max: whole.length - 1 })
      await fc.assert(
        fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (at, change) => {
          await expect(reading(whole.subarray(0, at))).rejects.toMatchObject({ name: 'UsageError', exit: 2 })
          const edited = Buffer.from(whole)
          edited[at] = (whole[at] ?? 0) ^ change
          await expect(reading(edited)).rejects.toMatchObject({ name: 'UsageError', exit: 2 })
          const longer = Buffer.concat([whole.subarray(0, at), Buffer.from([change]), whole.subarray(at)])
          await expect(reading(longer)).rejects.toMatchObject({ name: 'UsageError', exit: 2 })
        }),
        { numRuns: 150 },
      )
    })

    it.each([
      ['a feed', 'chairs.csv is not a plan file'],
      ['nothing', 'is not whole'],
      ['JSON', 'is not a plan file'],
      ['no file', 'cannot be read'],
    ])('when it is %s', async (what, words) => {
      const texts: Record<string, string> = { 'a feed': 'sku\n', nothing: '', JSON: '{"schema":7}\n' }
      const text = texts[what]
      if (text !== undefined) terminal.file('chairs.csv', text)
      await expectRefusal(2, words, `push --plan ${text === undefined ? 'nowhere.plan' : 'chairs.csv'}`)
    })
  })

  describe('with --prune', () => {
    beforeEach(async () => {
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00001', 'CHR-00002', 'CHR-00003'))
    })

    it('removes what it says it removes, by the limit that it was made with', async () => {
      const { steps } = await terminal.report('plan chairs.csv --prune --max-delete 3 --out chairs.plan')
      const gone = ['CHR-00001', 'CHR-00002', 'CHR-00003']
      expect(steps.filter(({ action }: { action: string }) => action === 'delete')).toMatchObject(
        gone.map(code => ({ code, changes: { removed: [{ rank: 1 }, { rank: 2 }] } })),
      )
      expect(told(await terminal.outcomes('push --plan chairs.plan'))).toEqual(gone.map(code => `${code} deleted`))
      expect(Object.keys(await stored())).toHaveLength(17)
    })

    it('withholds removals beyond the limit, when it is planned and when it is applied', async () => {
      const { notices } = await terminal.report('plan chairs.csv --prune --out chairs.plan')
      expect(notices).toEqual([expect.stringContaining('3 of the 20 items of this source would be deleted')])
      const { steps, exitCode } = await terminal.report('push --plan chairs.plan --dry-run')
      expect(exitCode).toBe(8)
      const removals = steps.filter(({ action }: { action: string }) => action === 'delete')
      expect(removals.map(({ reason }: { reason: string | null }) => reason)).toEqual(Array(3).fill('max-delete'))
      const { code, stdout } = await terminal.call('push --plan chairs.plan')
      expect([code, stdout]).toEqual([8, expect.stringContaining('3 of the 20 items of this source would be deleted')])
      expect(Object.keys(await stored())).toHaveLength(20)
    })

    it('takes a limit of the call that applies it', async () => {
      await terminal.call('plan chairs.csv --prune --out chairs.plan')
      expect((await terminal.call('push --plan chairs.plan --max-delete 3')).code).toBe(0)
      expect(Object.keys(await stored())).toHaveLength(17)
    })
  })

  describe('under guards', () => {
    it('sends nothing beyond --max-create, whether that was said before or is said now', async () => {
      await terminal.call('plan chairs.csv --max-create 19 --out chairs.plan')
      expect((await terminal.call('push --plan chairs.plan')).code).toBe(8)
      await terminal.call('plan chairs.csv --out chairs.plan')
      expect((await terminal.call('push --plan chairs.plan --max-create 5')).code).toBe(8)
      expect(await requests()).toBe(0)
    })

    it('sends nothing of a feed that shrank unless that was accepted', async () => {
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', catalogOf(5).replace('CHR-00001/1', 'CHR-00001/new'))
      const { notices } = await terminal.report('plan chairs.csv --out chairs.plan')
      expect(notices).toEqual([expect.stringContaining('The feed has 5 products')])
      expect((await terminal.call('push --plan chairs.plan')).code).toBe(8)
      await terminal.call('plan chairs.csv --allow-shrink --out chairs.plan')
      expect(told(await terminal.outcomes('push --plan chairs.plan'))).toEqual(['CHR-00001 updated'])
    })

    it('still is the plan to apply when it was held back, and says how', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      const held = await terminal.call('push --plan chairs.plan --max-create 5')
      expect(held.code).toBe(8)
      expect(held.stdout).toMatch(/^Next: assetsync push --plan chairs\.plan --max-create 20$/m)
      expect(held.stderr + held.stdout).toMatch(
        /The plan \S+, which was made at \S+, was not applied; it still can be\./,
      )
      expect((await terminal.call('push --plan chairs.plan --max-create 20')).code).toBe(0)

      terminal.file('chairs.csv', catalogOf(5).replace('CHR-00001/1', 'CHR-00001/new'))
      await terminal.call('plan chairs.csv --out chairs.plan')
      const shrunk = await terminal.call('push --plan chairs.plan')
      expect(shrunk.stdout).toMatch(/^Next: assetsync push --plan chairs\.plan --allow-shrink$/m)
      expect((await terminal.call('push --plan chairs.plan --allow-shrink')).code).toBe(0)
      await expectRefusal(3, 'This plan was applied already')
    })
  })

  describe('shown with --dry-run', () => {
    it('is the plan that was saved, in its words, and nothing is sent', async () => {
      await terminal.call('push chairs.csv')
      const { 'CHR-00004': _, ...kept } = await stored()
      terminal.file('chairs.csv', without(catalogOf(22), 'CHR-00004').replace('CHR-00009/1.jpg', 'CHR-00009/2.jpg'))
      const plan = await terminal.report('plan chairs.csv --prune --out chairs.plan')
      const shown = await terminal.report('push --plan chairs.plan --dry-run')
      expect(shown).toEqual({ ...plan, run: { ...shown.run, command: 'plan' } })
      expect((await terminal.call('push -n --plan chairs.plan --detailed-exitcode')).code).toBe(2)
      expect(Object.keys(await stored())).toHaveLength(Object.keys(kept).length + 1)
    })

    it('is refused like a push', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      await terminal.call('push chairs.csv')
      await expectRefusal(3, 'came after the plan was made', 'push --plan chairs.plan --dry-run')
    })
  })

  describe('as a file', () => {
    it('is for its owner only, and replaces the one before as a whole', async () => {
      await terminal.call('plan chairs.csv --out chairs.plan')
      const path = join(terminal.folder, 'chairs.plan')
      expect(statSync(path).mode & 0o777).toBe(0o600)
      chmodSync(path, 0o644)
      expect((await terminal.call('plan chairs.csv --out chairs.plan')).code).toBe(0)
      expect(statSync(path).mode & 0o777).toBe(0o600)
      expect(readdirSync(terminal.folder).filter(name => name.endsWith('.tmp'))).toEqual([])
    })

    it('holds no credential', async () => {
      terminal.configure({ ...sandbox.targets.catalogix, token: TOKEN })
      await terminal.call('plan chairs.csv --out chairs.plan')
      expect(terminal.read('chairs.plan')).not.toContain(TOKEN)
    })

    it('says on stderr how it is applied, and nothing with --quiet', async () => {
      const { stderr } = await terminal.call('plan chairs.csv --state my/state --out chairs.plan')
      expect(stderr).toContain('assetsync push --plan chairs.plan --state my/state\n')
      expect((await terminal.call('plan chairs.csv --quiet --out chairs.plan')).stderr).toBe('')
    })

    it('says of standard input that nobody can compare it later', async () => {
      const { notices } = await terminal.report('plan - --out chairs.plan', { stdin: catalogOf(3) })
      expect(notices).toEqual(['When the plan is applied, nobody can tell whether stdin has changed since.'])
      expect((await terminal.call('push --plan chairs.plan')).code).toBe(0)
    })

    it('is never written over anything else, and not to a folder that is not there', async () => {
      terminal.file('notes.txt', 'Remember the milk.')
      const refused = async (out: string) => {
        const { code, stderr } = await terminal.call(`plan chairs.csv --report run.json --out ${out}`)
        return [code, stderr.split('\n')[0]]
      }
      const message = (words: string) => [2, expect.stringContaining(words)]
      expect(await refused('chairs.csv')).toEqual(message('is read by this run'))
      expect(await refused('.assetsyncrc')).toEqual(message('is read by this run'))
      expect(await refused('.assetsync/chairs.plan')).toEqual(message("lies in the ledger's folder"))
      expect(await refused('notes.txt')).toEqual(message('would overwrite something that is no saved plan'))
      expect(await refused('run.json')).toEqual(message('both name run.json'))
      expect(await refused('-')).toEqual(message('--out needs a file'))
      expect(await refused('nowhere/chairs.plan')).toEqual([9, expect.stringContaining('cannot be saved')])
    })
  })

  it('goes with no feed and with nothing that makes a plan; variables of the environment are meant for others', async () => {
    await terminal.call('plan chairs.csv --out chairs.plan')
    await expectRefusal(2, '--plan and a feed (chairs.csv) exclude each other', 'push chairs.csv --plan chairs.plan')
    const options = ['--prune', '--full', '--limit 3', '--only CHR-00001', '--code-column sku', '--rejects bad.csv']
    for (const option of options) {
      const [name] = option.split(' ')
      await expectRefusal(2, `${name} belongs to the making of a plan`, `push --plan chairs.plan ${option}`)
    }
    const report = 'push --plan chairs.plan --report chairs.plan'
    expect((await terminal.call(report)).code).toBe(2)
    const env = { ASSETSYNC_PRUNE: '1', ASSETSYNC_CODE_COLUMN: 'ean', ASSETSYNC_LIMIT: '3' }
    expect(told(await terminal.outcomes('push --plan chairs.plan', { env }))).toHaveLength(20)
  })

  it('keeps --detailed-exitcode right', async () => {
    expect((await terminal.call('plan chairs.csv --out chairs.plan --detailed-exitcode')).code).toBe(10)
    await terminal.call('push --plan chairs.plan')
    expect((await terminal.call('plan chairs.csv --out chairs.plan --detailed-exitcode')).code).toBe(0)
  })
})

function reading(bytes: Uint8Array, by = version()) {
  const stdin = (async function* () {
    for (let start = 0; start < bytes.length; start += 700) yield bytes.subarray(start, start + 700)
  })()
  return openPlanFile('-', { cwd: '.', stdin, version: by }).then(file => {
    file.close()
    return file
  })
}
