import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/model/outcome.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts'
import { catalogOf, Terminal } from '../../cli/terminal.ts'
import { Pim } from '../../sandbox/akeneo/client.ts'

/** A small feed on its way into a PIM, through the command line and over real HTTP. */
describe('the story of akeneo', () => {
  let terminal: Terminal
  let sandbox: Sandbox

  beforeEach(async () => {
    terminal = new Terminal()
    await start()
  })

  afterEach(async () => {
    await sandbox.close()
    terminal.close()
  })

  /** A PIM that behaves so, and a config for it. */
  async function start(behaviour: NonNullable<SandboxOptions['akeneo']> = {}, options: object = {}, more: object = {}) {
    await sandbox?.close()
    sandbox = await startSandbox({ akeneo: behaviour })
    const pim = { type: 'akeneo', ...sandbox.targets.akeneo, link: { attribute: 'packshots' }, ...options }
    terminal.file('.assetsyncrc', { ...more, targets: { pim } })
  }

  const feed = (rows: Readonly<Record<string, readonly string[]>>) =>
    terminal.file(
      'lamps.csv',
      ['sku,image_1,image_2,image_3']
        .concat(Object.entries(rows).map(([code, names]) => [code, ...names.map(urlOf)].join(',')))
        .join('\n'),
    )
  const urlOf = (name: string) => (name === '' ? '' : `https://cdn.example.com/${name}.jpg`)
  const shown = () => sandbox.state().akeneo.galleries
  const galleries = (rows: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(Object.entries(rows).map(([code, names]) => [code, names.map(urlOf)]))
  const told = (outcomes: readonly Outcome[]) => Object.fromEntries(outcomes.map(({ key, status }) => [key, status]))
  const push = async (options = '') => told(await terminal.outcomes(`push lamps.csv${options}`))

  it('needs neither config nor account to be tried', async () => {
    terminal.file('.assetsyncrc', {})
    terminal.file('chairs.csv', catalogOf(3))
    const first = await terminal.report('push chairs.csv --sandbox --target akeneo')
    expect(first.targets).toMatchObject([{ name: 'akeneo', items: 6, requests: 3, totals: { created: 6 } }])
    const second = await terminal.report('push chairs.csv --sandbox --target akeneo')
    expect(second.targets).toMatchObject([{ requests: 0, totals: { unchanged: 6 } }])
  })

  it('creates every asset at first, shows them in order at the product, and sends nothing the second time', async () => {
    const rows = { 'L-1': ['c', 'a', 'b'], 'L-2': ['d', '', ''], '007': ['e', 'f', ''] }
    feed(rows)
    expect(await push()).toEqual({
      L_1_1: 'created',
      L_1_2: 'created',
      L_1_3: 'created',
      L_2_1: 'created',
      '007_1': 'created',
      '007_2': 'created',
    })
    expect(shown()).toEqual(galleries({ 'L-1': ['c', 'a', 'b'], 'L-2': ['d'], '007': ['e', 'f'] }))
    const { requests } = sandbox.state().akeneo
    expect(new Set(Object.values(await push()))).toEqual(new Set(['unchanged']))
    expect(sandbox.state().akeneo.requests).toBe(requests)
  })

  it('does the least for a replaced image: one asset, no link', async () => {
    feed({ L: ['a', 'b', 'c'] })
    await push()
    feed({ L: ['a', 'new', 'c'] })
    const report = await terminal.report('push lamps.csv')
    expect(told(report.items)).toEqual({ L_1: 'unchanged', L_2: 'updated', L_3: 'unchanged' })
    expect(report.targets[0].requests).toBe(3) // token, attributes, assets
    expect(shown()).toEqual(galleries({ L: ['a', 'new', 'c'] }))
  })

  it('lets the product go of a dropped image', async () => {
    feed({ L: ['a', 'b', 'c'] })
    await push()
    feed({ L: ['a', 'b', ''] })
    expect(await push()).toEqual({ L_1: 'updated', L_2: 'unchanged' })
    expect(shown()).toEqual(galleries({ L: ['a', 'b'] }))
  })

  it('writes both assets of two swapped ranks, which keep their places', async () => {
    feed({ L: ['a', 'b', 'c'] })
    await push()
    feed({ L: ['b', 'a', 'c'] })
    expect(await push()).toEqual({ L_1: 'updated', L_2: 'updated', L_3: 'unchanged' })
    expect(shown()).toEqual(galleries({ L: ['b', 'a', 'c'] }))
  })

  it('upserts what a lost ledger does not know any more', async () => {
    feed({ L: ['a', 'b', ''] })
    await push()
    expect(await push(' --state another')).toEqual({ L_1: 'updated', L_2: 'updated' })
    expect(shown()).toEqual(galleries({ L: ['a', 'b'] }))
  })

  it('rejects codes that become one asset, before anything is sent', async () => {
    feed({ 'A-1': ['a'], 'A.1': ['b'], a_1: ['c'], B: ['d'] })
    const outcomes = await terminal.outcomes('push lamps.csv')
    expect(outcomes.map(({ code, status, reason }) => [code, status, reason])).toEqual([
      ['A-1', 'rejected', 'code-collision'],
      ['A.1', 'rejected', 'code-collision'],
      ['a_1', 'rejected', 'code-collision'],
      ['B', 'created', null],
    ])
    expect(shown()).toEqual(galleries({ B: ['d'] }))
  })

  it('links again what could not be linked, as soon as the product is there', async () => {
    await start({ products: ['M'] })
    feed({ L: ['a', 'b', ''], M: ['c', '', ''] })
    const first = await terminal.outcomes('push lamps.csv')
    expect(first.map(({ key, status, reason }) => [key, status, reason])).toEqual([
      ['L_1', 'failed', 'product-missing'],
      ['L_2', 'created', null],
      ['M_1', 'created', null],
    ])
    expect((await terminal.call('push lamps.csv')).code).toBe(1)
    const pim = new Pim(sandbox)
    await pim.login()
    await pim.link('L', []) // somebody creates it
    expect(await push()).toEqual({ L_1: 'updated', L_2: 'unchanged', M_1: 'unchanged' })
    expect(shown()).toEqual(galleries({ L: ['a', 'b'], M: ['c'] }))
    expect(await push()).toEqual({ L_1: 'unchanged', L_2: 'unchanged', M_1: 'unchanged' })
  })

  it('uploads the bytes where the attribute is a file, each picture once', async () => {
    await start({ mediaType: 'media_file' }, {}, { allowHosts: ['127.0.0.1'] })
    const picture = `${sandbox.url}/__sandbox/image/lamp.jpg`
    terminal.file('lamps.csv', `sku,image_1\nL,${picture}\nM,${picture}\n`)
    expect(await push()).toEqual({ L_1: 'created', M_1: 'created' })
    expect(Object.keys(shown())).toEqual(['L', 'M'])
    expect(await push()).toEqual({ L_1: 'unchanged', M_1: 'unchanged' })
  })

  it('takes further values from the columns of the feed', async () => {
    await start({}, { values: { photographer: 'Photographer', caption: '{column:Name} {rank}' } })
    terminal.file('lamps.csv', `sku,image_1,Photographer,Name\nL,${urlOf('a')},Ben,Nori\n`)
    expect(await push()).toEqual({ L_1: 'created' })
    terminal.file('lamps.csv', `sku,image_1,Photographer,Name\nL,${urlOf('a')},Eva,Nori\n`)
    expect(await push()).toEqual({ L_1: 'updated' })
  })

  it('fails every item with the words about a wrong option, and ends with 1', async () => {
    await start({ valuePerLocale: true })
    feed({ L: ['a', 'b', ''] })
    const { code } = await terminal.call('push lamps.csv')
    const outcomes = await terminal.outcomes('push lamps.csv')
    expect([code, outcomes.map(({ status, reason, message }) => [status, reason, message])]).toEqual([
      1,
      [1, 2].map(() => [
        'failed',
        'option-refused',
        'The attribute "media" has a value per locale: name one with the option locale.',
      ]),
    ])
  })

  it('ends with 4 when the PIM does not take the credentials, and shows none of them', async () => {
    await start({}, { password: 'lamp-password-of-nobody' })
    feed({ L: ['a', 'b', ''] })
    const { code, stdout, stderr } = await terminal.call('push lamps.csv -v')
    expect(code).toBe(4)
    expect(stdout).toContain('No user found for the given username and password')
    const { secret } = sandbox.targets.akeneo
    expect([secret, 'lamp-password-of-nobody'].filter(each => (stdout + stderr).includes(each))).toEqual([])
  })

  it('never makes more than four calls at once', async () => {
    await start({ concurrency: 4, callMs: 5 })
    terminal.file('lamps.csv', catalogOf(600))
    const report = await terminal.report('push lamps.csv')
    expect(report.targets).toMatchObject([{ totals: { created: 1200 }, throttled: 0, retries: 0 }])
  })
})
