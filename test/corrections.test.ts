import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { stateOf, Terminal } from './cli/terminal.ts'

const IMAGES = 'https://images.example.com'

describe('a corrected rejects file', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix, { feed: { name: 'main' } })
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  const stored = async () => Object.keys((await stateOf(sandbox)).galleries)
  const row = (at: number) => `CHR-${at},${IMAGES}/${at}.jpg`
  const catalog = (...rows: readonly string[]) => terminal.file('chairs.csv', ['sku,image', ...rows, ''].join('\n'))
  const rows = (count: number) => Array.from({ length: count }, (_, at) => row(at))
  const correct = (name: string) =>
    writeFileSync(join(terminal.folder, name), terminal.read(name).replace('front.jpg', `${IMAGES}/x.jpg`))

  /** Ten chairs, of which nine can be sent; then the tenth is put right in `rejects.csv`. */
  async function pushed(): Promise<void> {
    catalog(...rows(9), 'CHR-X,front.jpg')
    expect((await terminal.call('push chairs.csv --rejects rejects.csv')).code).toBe(1)
    correct('rejects.csv')
  }

  it('is pushed as a part of its source: no shrink guard, although the whole had more', async () => {
    await pushed()
    const { targets, notices, exitCode } = await terminal.report('push rejects.csv')
    expect({ totals: targets[0].totals, notices, exitCode }).toMatchObject({
      totals: { created: 1, skipped: 0 },
      notices: [],
      exitCode: 0,
    })
    expect(await stored()).toHaveLength(10)
  })

  it('is planned as a part too', async () => {
    await pushed()
    const { targets, notices, exitCode } = await terminal.report('plan rejects.csv --prune')
    expect({ totals: targets[0].totals, notices, exitCode }).toEqual({
      totals: { create: 1, update: 0, unchanged: 0, reject: 0, delete: 0 },
      notices: [],
      exitCode: 0,
    })
  })

  it('prunes nothing, even when asked: the rest of the source stays', async () => {
    await pushed()
    const { targets, exitCode } = await terminal.report('push rejects.csv --prune --max-delete 100%')
    expect(targets[0].totals).toMatchObject({ created: 1, deleted: 0 })
    expect(exitCode).toBe(0)
    expect(await stored()).toHaveLength(10)
  })

  it('is no measure for the next whole feed, which is compared with the last complete one', async () => {
    await pushed()
    await terminal.call('push rejects.csv')
    catalog(...rows(4), `CHR-NEW,${IMAGES}/new.jpg`)
    const { items, notices, exitCode } = await terminal.report('push chairs.csv')
    expect(items.at(-1)).toMatchObject({ code: 'CHR-NEW', status: 'skipped', reason: 'feed-shrunk' })
    expect({ notices, exitCode }).toEqual({
      notices: [expect.stringContaining('5 products, the last complete run of this source had 9.')],
      exitCode: 8,
    })
  })

  it('leaves the source as it was for --prune: what the last whole feed had and the next one lacks is removed', async () => {
    await pushed()
    await terminal.call('push rejects.csv')
    catalog(...rows(8), `CHR-X,${IMAGES}/x.jpg`)
    const outcomes = await terminal.outcomes('push chairs.csv --prune --max-delete 1')
    expect(outcomes.filter(({ status }) => status !== 'unchanged')).toMatchObject([
      { code: 'CHR-8', status: 'deleted' },
    ])
    expect(await stored()).toContain('CHR-X')
  })

  it('is one also as lines of JSON, and beside other files', async () => {
    await pushed()
    terminal.file('more.ndjson', `{"sku":"CHR-Y","image":"${IMAGES}/y.jpg","assetsync_reason":"","assetsync_fix":""}\n`)
    expect((await terminal.call('push more.ndjson')).code).toBe(0)
    expect((await terminal.call('push rejects.csv more.ndjson --prune')).code).toBe(0)
    expect(await stored()).toHaveLength(11)
  })
})

describe('a feed in which every record is refused', () => {
  const NONE = 'No product of chairs.csv can be sent. 2 records were rejected; the first, chairs.csv:2:'
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    sandbox = await startSandbox()
    terminal.configure(sandbox.targets.catalogix)
    terminal.file('chairs.csv', 'sku,image\nCHR-1,front.jpg\nCHR-2,side.jpg\n')
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  it('is checked to the end: exit code 3, all problems, and the rejects', async () => {
    const { code, stdout, stderr } = await terminal.call('check chairs.csv --rejects rejects.csv')
    expect(code).toBe(3)
    expect(stdout).toContain('chairs.csv:2  CHR-1  "front.jpg"')
    expect(stdout).toContain('chairs.csv:3  CHR-2  "side.jpg"')
    expect(stdout).toContain(
      '✗ No product of chairs.csv can be sent. 2 records were rejected; the first, chairs.csv:2:',
    )
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('  Name its base with --image-base-url.')
    expect(stderr).toContain('2 refused records are in rejects.csv, with reasons and fixes.')
    expect(
      terminal
        .read('rejects.csv')
        .split('\n')
        .map(line => line.split(',')[0]),
    ).toEqual(['sku', 'CHR-1', 'CHR-2', ''])
  })

  it('is pushed to nobody: exit code 3, the first reason, and its fix', async () => {
    expect(await terminal.call('push chairs.csv')).toEqual({
      code: 3,
      stdout: '',
      stderr: `✗ error  ${NONE} "front.jpg" is not a complete URL.\nName its base with --image-base-url.\n`,
    })
    expect(await terminal.call('plan chairs.csv')).toMatchObject({ code: 3, stderr: expect.stringContaining(NONE) })
    expect((await stateOf(sandbox)).requests).toBe(0)
  })

  it('may be one of which all images are blank: nothing is named to be typed next', async () => {
    terminal.file('chairs.csv', 'sku,image,name\nCHR-1,,Oslo\n')
    const { code, stdout } = await terminal.call('check chairs.csv')
    expect(code).toBe(3)
    expect(stdout).not.toContain('Next:')
  })
})
