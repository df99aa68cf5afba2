import { join, resolve, sep } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feedName } from '../../src/sync/feed-name.ts'
import { Terminal } from '../cli/terminal.ts'

let terminal: Terminal

beforeEach(() => {
  terminal = new Terminal()
})

afterEach(() => terminal.close())

describe('the name of a feed', () => {
  const shop = resolve(sep, 'srv', 'shop')

  it.each([
    [join(shop, 'feeds', 'lamps.csv'), join('feeds', 'lamps.csv')],
    [join(shop, '..lamps.csv'), '..lamps.csv'],
    [resolve(sep, 'srv', 'lamps.csv'), resolve(sep, 'srv', 'lamps.csv')],
    ['../lamps.csv', '../lamps.csv'],
    ['https://cdn.example.com/lamps.csv', 'https://cdn.example.com/lamps.csv'],
    ['-', '-'],
  ])('of %s is %s', (source, name) => {
    expect(feedName(source, shop)).toBe(name)
  })

  it('is the same in reports whether the config names it or the command line', async () => {
    terminal.file('lamps.csv', 'sku,image_1\nLMP-1,nonsense\nLMP-2,https://images.example.com/a.jpg\n')
    terminal.file('.assetsyncrc', {
      feed: { files: ['*.csv'] },
      targets: { catalogix: { storeUuid: 'x', token: 'y' } },
    })
    for (const line of ['plan', 'plan lamps.csv']) {
      const { feed, steps } = await terminal.report(line)
      expect([feed.files, steps.map(({ source }: { source: string }) => source)]).toEqual([
        ['lamps.csv'],
        ['lamps.csv:2', 'lamps.csv:3'],
      ])
    }
  })
})
