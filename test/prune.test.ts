import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ledgerFile } from '../src/ledger/open.ts'
import { openSqlite } from '../src/lib/sqlite.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'

describe('--prune', () => {
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

  const stored = async () => Object.keys((await stateOf(sandbox)).galleries)
  const without = (feed: string, ...codes: string[]) =>
    feed
      .split('\n')
      .filter(line => !codes.some(code => line.startsWith(`${code},`)))
      .join('\n')
  const deleted = (outcomes: readonly { code: string | null; status: string }[]) =>
    outcomes.filter(({ status }) => status === 'deleted').map(({ code }) => code)

  it('removes what this source carried in its last complete run and names no more', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00007'))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual(['CHR-00007'])
    expect(await stored()).not.toContain('CHR-00007')
    expect(await stored()).toHaveLength(19)
    const again = await terminal.report('push chairs.csv --prune')
    expect(again.targets[0]).toMatchObject({ requests: 0, totals: { unchanged: 19, deleted: 0 } })
  })

  it('shows in the plan what it would remove, and removes nothing without being asked', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00007'))
    const { steps, targets } = await terminal.report('plan chairs.csv --prune')
    expect(steps.filter(({ action }: { action: string }) => action === 'delete')).toMatchObject([{ code: 'CHR-00007' }])
    expect(targets[0].totals).toEqual({ create: 0, update: 0, unchanged: 19, reject: 0, delete: 1 })
    await terminal.call('push chairs.csv')
    expect(await stored()).toHaveLength(20)
  })

  it('withholds deletions beyond 10 % and sends the rest, with exit code 8', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    const smaller = without(catalogOf(20), 'CHR-00001', 'CHR-00002', 'CHR-00003')
    terminal.file('chairs.csv', smaller.replace('CHR-00010/1.jpg', 'CHR-00010/new.jpg'))
    const { items, exitCode, notices } = await terminal.report('push chairs.csv --prune')
    expect(exitCode).toBe(8)
    expect(items.filter(({ status }: { status: string }) => status !== 'unchanged')).toMatchObject([
      { code: 'CHR-00010', status: 'updated' },
      ...['CHR-00001', 'CHR-00002', 'CHR-00003'].map(code => ({ code, status: 'skipped', reason: 'max-delete' })),
    ])
    expect(notices).toMatchObject([expect.stringContaining('3 of the 20 items')])
    expect(await stored()).toHaveLength(20)
  })

  it('removes more when --max-delete says so', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00001', 'CHR-00002', 'CHR-00003'))
    expect((await terminal.call('push chairs.csv --prune --max-delete 3')).code).toBe(0)
    expect(await stored()).toHaveLength(17)
  })

  it('still knows what was withheld when asked again with a larger --max-delete', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00001', 'CHR-00002', 'CHR-00003'))
    expect((await terminal.call('push chairs.csv --prune')).code).toBe(8)
    expect((await terminal.call('push chairs.csv --prune --max-delete 20%')).code).toBe(0)
    expect(await stored()).toHaveLength(17)
  })

  it('unlinks the ranks that a shorter gallery left behind, and only those that were ours', async () => {
    terminal.file(
      'chairs.csv',
      'sku,image_1,image_2,image_3\nA,https://x.example/a,https://x.example/b,https://x.example/c\n',
    )
    await terminal.call('push chairs.csv')
    const { baseUrl, token, storeUuid } = sandbox.targets.catalogix
    await fetch(`${baseUrl}/assets?store_uuid=${storeUuid}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify([
        { parent_code: 'A', asset_type: 'image', assets: { 'Image URL 9': 'https://x.example/theirs' } },
      ]),
    })
    terminal.file('chairs.csv', 'sku,image_1,image_2,image_3\nA,https://x.example/a,,\n')
    expect(await terminal.outcomes('push chairs.csv')).toMatchObject([{ status: 'updated', reason: 'stale-tail' }])
    const outcomes = await terminal.outcomes('push chairs.csv --prune')
    expect(outcomes).toMatchObject([{ status: 'updated', reason: 'tail-removed', message: 'Removed rank 2, 3.' }])
    expect((await stateOf(sandbox)).galleries).toEqual({ A: ['https://x.example/a', 'https://x.example/theirs'] })
    expect(await terminal.outcomes('push chairs.csv --prune')).toMatchObject([{ status: 'unchanged', reason: null }])
  })

  it('leaves alone what another source carries', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    terminal.file('outlet.csv', catalogOf(3))
    await terminal.call('push chairs.csv')
    await terminal.call('push outlet.csv')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00002'))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual([])
    expect(await stored()).toHaveLength(20)
  })

  it('leaves alone what another source carried in a run that was not complete', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    terminal.file('outlet.csv', catalogOf(3))
    await terminal.call('push chairs.csv')
    await terminal.call('push outlet.csv --limit 2')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00002'))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual([])
    expect(await stored()).toContain('CHR-00002')
  })

  it('leaves alone what another name of the same account holds', async () => {
    const { catalogix } = sandbox.targets
    terminal.file('.assetsyncrc', { targets: { catalogix, outlet: { type: 'catalogix', ...catalogix } } })
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00002'))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune --target catalogix'))).toEqual([])
    expect(await stored()).toContain('CHR-00002')
  })

  it('leaves alone what a code in other capitals still needs, where the target sees no difference', async () => {
    terminal.file('.assetsyncrc', { targets: { akeneo: sandbox.targets.akeneo } })
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', catalogOf(20).replace('\nCHR-00002,', '\nchr-00002,'))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual([])
    expect(Object.keys(sandbox.state().akeneo.galleries)).toHaveLength(20)
  })

  it('leaves alone the images of a product that lost one to a bad URL', async () => {
    const targets = { catalogix: sandbox.targets.catalogix, emporix: sandbox.targets.emporix }
    terminal.file('.assetsyncrc', { feed: { onBadImage: 'drop-image' }, targets })
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', catalogOf(20).replace('https://images.example.com/CHR-00004/2.jpg', 'nonsense'))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual([])
    expect((await stateOf(sandbox)).galleries['CHR-00004']).toHaveLength(2)
    expect(sandbox.state().emporix.galleries['CHR-00004']).toHaveLength(2)
  })

  it('says of nothing that it was deleted when the images have other names than ours', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.configure({ ...sandbox.targets.catalogix, ...{ attribute: 'Picture {rank}' } })
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00002'))
    const outcomes = await terminal.outcomes('push chairs.csv --prune')
    expect(outcomes.find(({ code }) => code === 'CHR-00002')).toMatchObject({
      status: 'failed',
      reason: 'unattributed',
    })
    expect(await stored()).toContain('CHR-00002')
  })

  it('says in the plan what it would withhold, with the exit code that the push would end with', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00001', 'CHR-00002', 'CHR-00003'))
    const { notices, steps, targets, exitCode } = await terminal.report('plan chairs.csv --prune')
    expect(exitCode).toBe(8)
    expect(notices).toMatchObject([expect.stringContaining('catalogix: 3 of the 20 items')])
    const [{ forecast, totals }] = targets
    expect([forecast.requests, totals.delete, totals.unchanged]).toEqual([0, 3, 17])
    expect(steps.filter(({ action }: { action: string }) => action === 'delete')).toMatchObject(
      ['CHR-00001', 'CHR-00002', 'CHR-00003'].map(code => ({
        code,
        reason: 'max-delete',
        message: expect.stringContaining('--max-delete allows 2. None is.'),
      })),
    )
    expect((await terminal.call('plan chairs.csv --prune --detailed-exitcode')).code).toBe(8)
    expect((await terminal.call('plan chairs.csv --prune --max-delete 3')).code).toBe(0)
    expect((await terminal.call('plan chairs.csv --prune --max-delete 3 --detailed-exitcode')).code).toBe(10)
  })

  it('leaves alone products whose record was rejected or blank', async () => {
    terminal.file('chairs.csv', catalogOf(30))
    await terminal.call('push chairs.csv')
    const broken = without(catalogOf(30), 'CHR-00001', 'CHR-00002', 'CHR-00003')
    terminal.file('chairs.csv', `${broken}CHR-00001,nonsense,\nCHR-00002,,\n`)
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual(['CHR-00003'])
    expect(await stored()).toHaveLength(29)
  })

  it.each(['', ' --prune'])(
    'removes them once the feed names them no more, whatever the nights in between were%s',
    async prune => {
      terminal.file('chairs.csv', catalogOf(30))
      await terminal.call('push chairs.csv')
      const others = without(catalogOf(30), 'CHR-00001', 'CHR-00002')
      terminal.file('chairs.csv', `${others}CHR-00001,nonsense,\nCHR-00002,,\n`)
      await terminal.call('push chairs.csv --prune')
      await terminal.call(`push chairs.csv --full${prune}`)
      expect(await stored()).toHaveLength(30)
      terminal.file('chairs.csv', others)
      expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual(['CHR-00001', 'CHR-00002'])
    },
  )

  it('removes them then after a saved plan, too', async () => {
    terminal.file('chairs.csv', catalogOf(30))
    await terminal.call('push chairs.csv --prune')
    const others = without(catalogOf(30), 'CHR-00001', 'CHR-00002')
    terminal.file('chairs.csv', `${others}CHR-00001,nonsense,\nCHR-00002,,\n`)
    await terminal.call('plan chairs.csv --prune --out chairs.plan')
    await terminal.call('push --plan chairs.plan')
    terminal.file('chairs.csv', others)
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual(['CHR-00001', 'CHR-00002'])
  })

  it('removes in the end what another source needed for a while', async () => {
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    terminal.file('more.csv', `sku,image_1,image_2\n${catalogOf(20).split('\n').at(-2)}\n`)
    await terminal.call('push more.csv')
    terminal.file('chairs.csv', catalogOf(19))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual([])
    const database = openSqlite(ledgerFile(`${terminal.folder}/.assetsync`))
    database.exec(
      "UPDATE run SET source = 'forgotten.csv' WHERE source = 'more.csv'; DELETE FROM lane WHERE run IN (SELECT no FROM run WHERE source = 'forgotten.csv')",
    )
    database.close()
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual(['CHR-00020'])
  })

  describe('at one of two targets', () => {
    /** The other one refuses the credentials from the first day on, or takes them. */
    function configure(token: string | null): void {
      const { catalogix, emporix } = sandbox.targets
      const other = token === null ? emporix : { ...emporix, clientSecret: token }
      terminal.file('.assetsyncrc', {
        targets: { catalogix: { ...catalogix, rate: 'off' }, emporix: { ...other, rate: 'off' } },
      })
    }

    it('removes what the feed names no more while the other is down, and at that one later', async () => {
      configure('expired')
      terminal.file('chairs.csv', catalogOf(20))
      expect((await terminal.call('push chairs.csv --prune')).code).toBe(4)
      terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00007'))
      const night = await terminal.outcomes('push chairs.csv --prune')
      expect(deleted(night)).toEqual(['CHR-00007'])
      configure(null)
      expect((await terminal.call('push chairs.csv --prune')).code).toBe(0)
      expect(await stored()).not.toContain('CHR-00007')
      terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00007', 'CHR-00008'))
      const codes = deleted(await terminal.outcomes('push chairs.csv --prune'))
      expect([...new Set(codes)]).toEqual(['CHR-00008'])
      expect(codes.length).toBeGreaterThan(1)
    })

    it('compares the size of a feed with what the one that is up took', async () => {
      configure('expired')
      terminal.file('chairs.csv', catalogOf(20))
      await terminal.call('push chairs.csv')
      terminal.file('chairs.csv', catalogOf(5))
      expect((await terminal.call('push chairs.csv')).stdout).toContain('the last complete run of this source had 20')
    })
  })

  it('removes what only a stopped push and its retry had put there', async () => {
    await sandbox.close()
    sandbox = await startSandbox()
    terminal.configure({ ...sandbox.targets.catalogix, token: 'expired' })
    terminal.file('chairs.csv', catalogOf(20))
    expect((await terminal.call('push chairs.csv')).code).toBe(4)
    terminal.configure(sandbox.targets.catalogix)
    expect((await terminal.call('retry')).code).toBe(0)
    terminal.file('chairs.csv', without(catalogOf(20), 'CHR-00007'))
    expect(deleted(await terminal.outcomes('push chairs.csv --prune'))).toEqual(['CHR-00007'])
  })

  it('never removes what it did not put there', async () => {
    const { baseUrl, token, storeUuid } = sandbox.targets.catalogix
    await fetch(`${baseUrl}/assets?store_uuid=${storeUuid}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify([
        { parent_code: 'SOFA', asset_type: 'image', assets: { 'Image URL 1': 'https://x.example/s' } },
      ]),
    })
    terminal.file('chairs.csv', catalogOf(20))
    await terminal.call('push chairs.csv')
    await terminal.call('push chairs.csv --prune --max-delete 100%')
    expect(await stored()).toContain('SOFA')
  })

  it.each(['--limit 5', '--only CHR-00001'])('refuses to go with %s', async option => {
    terminal.file('chairs.csv', catalogOf(20))
    const { code, stderr } = await terminal.call(`push chairs.csv --prune ${option}`)
    expect(code).toBe(2)
    expect(stderr).toContain('--prune needs the whole feed')
  })
})
