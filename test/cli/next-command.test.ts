import { describe, expect, it } from 'vitest'
import type { Options } from '../../src/cli/command.ts'
import { commandLine, pushLine } from '../../src/cli/next-command.ts'
import { FEED, SANDBOX, SELECTION, TARGET } from '../../src/cli/options.ts'

function line(feeds: readonly string[], options: Options = {}): string {
  return commandLine('push', feeds, options, [TARGET, SANDBOX, ...SELECTION, ...FEED])
}

describe('the command that comes next', () => {
  it('has the feeds, and the options of this call that it knows', () => {
    const options = { target: ['pim', 'dam'], sandbox: true, limit: 10, imageColumns: ['image_*'], quiet: true }
    expect(line(['a.csv', '-'], options)).toBe(
      'assetsync push a.csv - --target pim,dam --sandbox --limit 10 --image-columns "image_*"',
    )
  })

  it('leaves out what was not given', () => {
    expect(line([], { sandbox: false, preset: undefined })).toBe('assetsync push')
  })

  it('quotes words as shells need it', () => {
    expect(line(['my chairs.csv', "cost$'s.csv", '', 'feeds/*.csv'], { separator: '|' })).toBe(
      `assetsync push "my chairs.csv" 'cost$'\\''s.csv' "" "feeds/*.csv" --separator "|"`,
    )
  })

  it('calls a tab by its name', () => {
    expect(line(['a.tsv'], { delimiter: '\t' })).toBe('assetsync push a.tsv --delimiter tab')
  })

  it('does not repeat the passwords and keys of addresses', () => {
    expect(line(['https://user:secret@shop.example/feed.csv?key=secret'])).toBe(
      'assetsync push "https://shop.example/feed.csv?…"',
    )
  })

  it('leaves the place of feeds open that it cannot name', () => {
    expect(pushLine(null, { sandbox: true }, [SANDBOX])).toBe('assetsync push <feed> --sandbox')
    expect(pushLine([], {}, [SANDBOX])).toBe('assetsync push')
  })
})
