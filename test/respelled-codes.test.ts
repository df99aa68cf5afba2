import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox/index.ts'
import { Terminal } from './cli/terminal.ts'
import { restarted } from './helpers/sandbox.ts'

/** A_1 and A-1 are one asset code at Akeneo. */
describe('a code that is respelled, so that it becomes the key of the old one', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox({ folder: terminal.folder })
    terminal.file('.assetsyncrc', { targets: { akeneo: { ...sandbox.targets.akeneo, rate: 'off' } } })
    feed('A-1', 'B')
    await terminal.call('push chairs.csv')
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const row = (code: string) => `${code},https://images.example.com/1.jpg`
  const feed = (...codes: readonly string[]) =>
    terminal.file('chairs.csv', ['sku,image_1', ...codes.map(row), ''].join('\n'))
  const told = (outcomes: readonly { code: string | null; status: string }[]) =>
    outcomes.map(({ code, status }) => `${code} ${status}`)
  const push = async (line = 'push chairs.csv') => told(await terminal.outcomes(line))

  /** The same PIM at the same address, behaving otherwise. */
  async function behaving(options: SandboxOptions = {}): Promise<void> {
    sandbox = await restarted(sandbox, terminal.folder, options)
  }

  it('updates what the old one left, as the plan says, and is unchanged from then on', async () => {
    feed('A_1', 'B')
    const { steps, exitCode } = await terminal.report('plan chairs.csv')
    expect(steps).toMatchObject([
      { code: 'A_1', key: 'A_1_1', action: 'update', changes: { added: [], removed: [], moved: [], other: true } },
      { code: 'B', action: 'unchanged' },
    ])
    expect(exitCode).toBe(0)
    expect(await push()).toEqual(['A_1 updated', 'B unchanged'])
    expect(await push('push chairs.csv --full')).toEqual(['A_1 updated', 'B updated'])
    expect(await push()).toEqual(['A_1 unchanged', 'B unchanged'])
  })

  it('is no removal: --prune takes what the new one needs no more, and nothing else', async () => {
    terminal.file('chairs.csv', `sku,image_1,image_2\n${row('A-1')},https://images.example.com/2.jpg\n${row('B')},\n`)
    await terminal.call('push chairs.csv')
    feed('A_1', 'B')
    const line = 'push chairs.csv --prune --max-delete 100%'
    expect(await push(line)).toEqual(['A_1 updated', 'B unchanged', 'A-1 deleted'])
    expect(sandbox.state().akeneo.galleries).toEqual({
      A_1: ['https://images.example.com/1.jpg'],
      B: ['https://images.example.com/1.jpg'],
    })
    expect(await push(line)).toEqual(['A_1 unchanged', 'B unchanged'])
  })

  it('is not pruned by the old one while the record of the new one is rejected, and is when the feed names neither', async () => {
    feed('A_1', 'B')
    expect(await push('push chairs.csv --only A_1')).toEqual(['A_1 updated'])
    const line = 'push chairs.csv --prune --max-delete 100% --allow-shrink'
    terminal.file('chairs.csv', `sku,image_1\nA_1,front.jpg\n${row('B')}\n`)
    expect(await push(line)).toEqual(['A_1 rejected', 'B unchanged'])
    expect(await push(line)).toEqual(['A_1 rejected', 'B unchanged'])
    feed('B')
    expect(await push(line)).toEqual(['B unchanged', 'A_1 deleted'])
  })

  it('is verified and explained as what a push would do', async () => {
    feed('A_1', 'B')
    const verified = await terminal.report('verify chairs.csv')
    expect(verified).toMatchObject({ notices: [], targets: [{ totals: { same: 2 } }], exitCode: 0 })
    const { targets } = await terminal.report('explain A_1 chairs.csv')
    expect(targets[0].items).toMatchObject([{ key: 'A_1_1', next: { action: 'update' } }])
  })

  it('is rejected while the feed names the old one anywhere, whatever part of it is pushed', async () => {
    feed('A_1', 'B', 'A-1')
    expect(await push()).toEqual(['A_1 rejected', 'B unchanged', 'A-1 unchanged'])
    expect(await push('push chairs.csv --only A_1')).toEqual(['A_1 rejected'])
    expect(await push('push chairs.csv --limit 1')).toEqual(['A_1 rejected'])
    terminal.file('chairs.csv', `sku,image_1\n${row('A_1')}\nA-1,\n`)
    expect(await push('push chairs.csv --only A_1')).toEqual(['A_1 rejected'])
    feed('A_1', 'B', 'C')
    expect(await push('push chairs.csv --only A_1')).toEqual(['A_1 updated'])
  })

  it('is rejected while another source names the old one, and the message says who does', async () => {
    terminal.file('sofas.csv', `sku,image_1\n${row('A-1')}\n`)
    expect(await push('push sofas.csv')).toEqual(['A-1 unchanged'])
    feed('A_1', 'B')
    const { items, exitCode } = await terminal.report('push chairs.csv --prune --max-delete 100%')
    expect(items[0]).toMatchObject({ code: 'A_1', status: 'rejected', reason: 'code-collision' })
    expect(items[0].message).toMatch(
      /^The code "A_1" becomes "A_1_1" .* "A-1": not in this feed, but .* another source\./,
    )
    expect(exitCode).toBe(1)
    const planned = await terminal.report('plan chairs.csv')
    expect(planned.steps[0]).toMatchObject({ action: 'reject', message: items[0].message })
    const { notices } = await terminal.report('verify chairs.csv')
    expect(notices).toEqual([expect.stringContaining('akeneo cannot take 1 product of the feed (code-collision).')])
  })

  it('is rejected in a file of corrections, which does not tell what the rest of the feed names', async () => {
    terminal.file('chairs.csv', `sku,image_1\n${row('B')}\nA_1,front.jpg\n`)
    await terminal.call('push chairs.csv --rejects rejects.csv')
    const corrected = terminal.read('rejects.csv').replace('front.jpg', 'https://images.example.com/1.jpg')
    writeFileSync(join(terminal.folder, 'rejects.csv'), corrected)
    const [first] = await terminal.outcomes('push rejects.csv')
    expect(first).toMatchObject({ code: 'A_1', status: 'rejected', reason: 'code-collision' })
    expect(first?.message).toMatch(/Push the whole feed\.$/)
  })

  it('is sent by a retry when the update failed, unless a later push went back to the old one', async () => {
    feed('A_1', 'B')
    await behaving({ faults: [{ target: 'akeneo', fault: '401' }] })
    const { run } = await terminal.report('push chairs.csv')
    await behaving()
    feed('A-1', 'B')
    expect(await push()).toEqual(['A-1 unchanged', 'B unchanged'])
    expect(await push(`retry ${run.id}`)).toEqual([])
    feed('A_1', 'B')
    await behaving({ faults: [{ target: 'akeneo', fault: '401' }] })
    await terminal.call('push chairs.csv')
    await behaving()
    expect(await push('retry')).toEqual(['A_1 updated'])
    expect(await push()).toEqual(['A_1 unchanged', 'B unchanged'])
  })
})
