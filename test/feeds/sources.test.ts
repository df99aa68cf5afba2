import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expandSources } from '../../src/feeds/index.ts'
import { refusal } from './reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'feeds-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'exports', 'old'), { recursive: true })
for (const file of ['lamps-10.csv', 'lamps-9.csv', 'lamps-1.json', 'old/lamps-2.csv', '.hidden.csv', 'lamps[1].csv'])
  writeFileSync(join(folder, 'exports', file), '')

const expand = (...sources: string[]) => expandSources(sources, folder)

describe('feed arguments', () => {
  it('are taken as they are when such a file exists, even one that looks like a pattern', async () => {
    expect(await expand('exports/lamps-9.csv', 'exports/lamps[1].csv', './exports/lamps-1.json')).toEqual([
      'exports/lamps-9.csv',
      'exports/lamps[1].csv',
      './exports/lamps-1.json',
    ])
  })

  it('that are patterns become their matches, 10 after 9', async () => {
    expect(await expand('exports/lamps-*.csv')).toEqual(['exports/lamps-9.csv', 'exports/lamps-10.csv'])
    expect(await expand('exports/**/lamps-{2,9}.csv')).toEqual(['exports/lamps-9.csv', 'exports/old/lamps-2.csv'])
  })

  it('that are absolute patterns become absolute files', async () => {
    expect(await expand(join(folder, 'exports', '*.json'))).toEqual([join(folder, 'exports', 'lamps-1.json')])
  })

  it('keep their order, and name a file once', async () => {
    expect(await expand('-', './exports/lamps-10.csv', 'exports/lamps-*.csv', '-')).toEqual([
      '-',
      './exports/lamps-10.csv',
      'exports/lamps-9.csv',
    ])
  })

  it.each([
    ['exports/lumps.csv', 'exports/lumps.csv does not exist'],
    ['exports/*.tsv', 'no file matches exports/*.tsv'],
    ['exports', 'exports is a folder'],
    ['exports/', 'exports/ is a folder'],
    ['exports/o*', 'no file matches exports/o*'],
  ])('are refused when they stand for no file: %s', async (source, message) => {
    expect(await refusal(expand('exports/lamps-9.csv', source))).toBe(message)
  })
})
