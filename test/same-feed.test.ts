import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { catalogOf, stateOf, Terminal } from './cli/terminal.ts'

interface Line {
  readonly code: string
  readonly status: string
}

/** See docs/decisions/014-same-feed.md: nothing of a feed that stays the same is read but its bytes, once all of it was taken. */
describe('a feed that stays the same', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix)
    terminal.file('chairs.csv', WITH_TROUBLE)
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const WITH_TROUBLE = `${catalogOf(3)}CHR-00004,ftp://old.example.com/a.jpg,\n`
  const push = () => terminal.report('push chairs.csv')
  const statuses = ({ items }: { items: readonly Line[] }) => items.map(({ status }) => status)
  /** -v says what was detected in a feed that is read. */
  const isRead = async () => (await terminal.call('push chairs.csv -v')).stderr.includes('code column')

  it('is reported as before, item by item, and is not even parsed', async () => {
    await push()
    const compared = await push()
    expect(await isRead()).toBe(false)
    const repeated = await push()
    const { run, targets, ...rest } = repeated
    expect(rest).toEqual({ ...compared, run: undefined, targets: undefined })
    expect(statuses(repeated)).toEqual(['unchanged', 'unchanged', 'unchanged', 'rejected'])
    expect(targets).toMatchObject([{ requests: 0, totals: { unchanged: 3, rejected: 1 } }])
    expect(run.id).not.toBe(compared.run.id)
  })

  it('is not parsed the first time after all of it was sent', async () => {
    terminal.file('chairs.csv', catalogOf(3))
    await push()
    expect(await isRead()).toBe(false)
    expect(statuses(await push())).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  it('is held back when it has shrunk since another target was pushed to', async () => {
    const { catalogix, mediapocket } = sandbox.targets
    const rate = 'off'
    terminal.file('.assetsyncrc', {
      targets: { catalogix: { ...catalogix, rate }, mediapocket: { ...mediapocket, rate } },
    })
    terminal.file('chairs.csv', catalogOf(3))
    await terminal.report('push chairs.csv --target catalogix')
    terminal.file('chairs.csv', catalogOf(30))
    await terminal.report('push chairs.csv --target mediapocket')
    terminal.file('chairs.csv', catalogOf(3))
    const { exitCode, items } = await terminal.report('push chairs.csv --target catalogix')
    expect([exitCode, statuses({ items })]).toEqual([8, ['unchanged', 'unchanged', 'unchanged']])
    // Nor does it count as the last good size of the source.
    expect((await terminal.call('push chairs.csv --target mediapocket --prune --max-delete 100%')).code).toBe(8)
  })

  it('is compared when one byte is another', async () => {
    for (let run = 0; run < 3; run++) await push()
    terminal.file('chairs.csv', WITH_TROUBLE.replace('CHR-00002/1.jpg', 'CHR-00002/9.jpg'))
    expect(statuses(await push())).toEqual(['unchanged', 'updated', 'unchanged', 'rejected'])
    terminal.file('chairs.csv', WITH_TROUBLE)
    expect(statuses(await push())).toEqual(['unchanged', 'updated', 'unchanged', 'rejected'])
    expect((await stateOf(sandbox)).galleries['CHR-00002']?.[0]).toContain('CHR-00002/1.jpg')
  })

  it('is compared when the config would make something else of it', async () => {
    for (let run = 0; run < 3; run++) await push()
    expect(await isRead()).toBe(false)
    const renamed = { ...sandbox.targets.catalogix, attribute: 'Photo {rank}' }
    terminal.configure(renamed)
    expect(statuses(await push())).toEqual(['updated', 'updated', 'updated', 'rejected'])
  })

  it('is compared after another run at the same target', async () => {
    for (let run = 0; run < 3; run++) await push()
    terminal.file('other.csv', catalogOf(1).replace('CHR-00001/1.jpg', 'CHR-00001/other.jpg'))
    await terminal.call('push other.csv')
    expect(statuses(await push())).toEqual(['updated', 'unchanged', 'unchanged', 'rejected'])
  })

  it.each(['--full', '--only CHR-00001', '--limit 2', '--rejects refused.csv', '--prune'])(
    'is read when %s asks for something else',
    async options => {
      for (let run = 0; run < 3; run++) await push()
      const { stderr } = await terminal.call(`push chairs.csv -v ${options}`)
      expect(stderr).toContain('code column')
    },
  )

  it('is compared again once there is something at the target that failed', async () => {
    terminal.file('chairs.csv', catalogOf(3).replaceAll('CHR-00002,', 'poison-2,'))
    await sandbox.close()
    sandbox = await startSandbox({ faults: [{ target: 'catalogix', fault: 'partial' }] })
    terminal.configure(sandbox.targets.catalogix)
    expect(statuses(await push())).toEqual(['created', 'failed', 'created'])
    expect(await isRead()).toBe(true)
    expect(statuses(await push())).toEqual(['unchanged', 'failed', 'unchanged'])
    expect(statuses(await push())).toEqual(['unchanged', 'failed', 'unchanged'])
  })
})
