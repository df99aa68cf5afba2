import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DECLARATIONS } from '../../src/cli/declarations/index.ts'
import { manPage } from '../../src/cli/man/page.ts'
import { version } from '../../src/lib/version.ts'

describe('the manual page', () => {
  const page = manPage(DECLARATIONS, version())

  it('is shipped as it follows from the commands; npm run generate writes it anew', async () => {
    await expect(page).toMatchFileSnapshot(resolve('man/assetsync.1'))
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({
      man: './man/assetsync.1',
      files: expect.arrayContaining(['man', 'schema']),
    })
  })

  it('has no line that a feed of words could turn into a macro', () => {
    const macros = new Set(page.split('\n').flatMap(line => /^['.]\w*/.exec(line)?.[0] ?? []))
    expect([...macros].toSorted()).toEqual([
      '.B',
      '.PP',
      '.RE',
      '.RS',
      '.SH',
      '.SS',
      '.TH',
      '.TP',
      '.ad',
      '.fi',
      '.nf',
      '.nh',
    ])
  })
})
