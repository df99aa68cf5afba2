import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findProjectFile, findUserFile } from '../../src/config/find.ts'
import { loadConfig } from '../../src/config/load.ts'
import { aRequest, folderWith, refusal } from './project.ts'

const RC = 'feed: {code: SKU}\n'

async function found(cwd: string, home: string | null = null): Promise<string | undefined> {
  return (await findProjectFile(cwd, home))?.path
}

describe('project config', () => {
  it.each(['.assetsyncrc', '.assetsyncrc.json', '.assetsyncrc.yaml', '.assetsyncrc.yml'])(
    'is found as %s in the working directory and above it',
    async name => {
      const folder = folderWith({ [name]: RC, 'package.json': '{"assetsync": {}}', 'feeds/2026/notes.txt': '' })
      expect(await found(folder)).toBe(join(folder, name))
      expect(await found(join(folder, 'feeds/2026'))).toBe(join(folder, name))
    },
  )

  it('is found in a package.json, and above one that has none', async () => {
    const folder = folderWith({ 'package.json': '{"assetsync": {}}', 'site/package.json': '{}', 'site/a/b.txt': '' })
    expect(await found(join(folder, 'site/a'))).toBe(join(folder, 'package.json'))
  })

  it('is the nearest one, even when it is empty', async () => {
    const folder = folderWith({ '.assetsyncrc': RC, 'shop/.assetsyncrc.yml': '' })
    expect(await found(join(folder, 'shop'))).toBe(join(folder, 'shop/.assetsyncrc.yml'))
  })

  it('is looked for in the home folder, but not above it', async () => {
    const folder = folderWith({ '.assetsyncrc': RC, 'ada/shop/notes.txt': '', 'bob/.assetsyncrc': RC })
    expect(await found(join(folder, 'ada/shop'), join(folder, 'ada'))).toBe(undefined)
    expect(await found(join(folder, 'bob'), join(folder, 'bob'))).toBe(join(folder, 'bob/.assetsyncrc'))
    expect(await found(join(folder, 'ada/shop'), join(folder, 'bob'))).toBe(join(folder, '.assetsyncrc'))
  })

  it('is never code: such files are neither run nor found', async () => {
    const code = 'throw new Error("a config file was run")'
    const places = ['.assetsyncrc.js', '.assetsyncrc.cjs', '.assetsyncrc.mjs', '.assetsyncrc.ts', '.config/config.js']
    const cwd = folderWith(Object.fromEntries([...places, 'assetsync.config.js'].map(place => [place, code])))
    expect(await found(cwd, cwd)).toBe(undefined)
  })

  it('cannot pull in other files', async () => {
    const cwd = folderWith({ '.assetsyncrc': '$import: ./other.js\n', 'other.js': 'throw new Error("run")' })
    expect(await refusal({ cwd })).toContain('$import: unknown key')
  })
})

describe('--config', () => {
  it('names the file, relative to the working directory, and ends the search', async () => {
    const cwd = folderWith({ '.assetsyncrc': RC, 'config/night.conf': 'feed: {code: EAN}\n' })
    const { file, folder, feed } = await loadConfig(aRequest({ cwd, file: 'config/night.conf' }))
    expect({ file, folder, code: feed.code }).toEqual({
      file: join(cwd, 'config/night.conf'),
      folder: join(cwd, 'config'),
      code: 'EAN',
    })
  })

  it('must name a file that exists', async () => {
    expect(await refusal({ file: 'night.yaml' })).toBe(
      'UsageError: There is no config file ~/night.yaml.\nName an existing file with --config, or leave the option out.',
    )
    expect(await refusal({ cwd: folderWith({ 'package.json': '{}' }), file: 'package.json' })).toBe(
      'UsageError: There is no config file ~/package.json, or it has no key "assetsync".\n' +
        'Name an existing file with --config, or leave the option out.',
    )
  })
})

describe('user config', () => {
  it.each(['config.json', 'config.yaml', 'config.yml'])('is found as ~/.config/assetsync/%s', async name => {
    const home = folderWith({ [`.config/assetsync/${name}`]: RC })
    expect((await findUserFile(home, {}))?.path).toBe(join(home, '.config/assetsync', name))
  })

  it('is found in XDG_CONFIG_HOME instead, when that is an absolute path', async () => {
    const home = folderWith({ '.config/assetsync/config.yaml': RC, 'xdg/assetsync/config.yaml': RC })
    const find = async (path: string) => (await findUserFile(home, { XDG_CONFIG_HOME: path }))?.path
    expect(await find(join(home, 'xdg'))).toBe(join(home, 'xdg/assetsync/config.yaml'))
    expect(await find('xdg')).toBe(join(home, '.config/assetsync/config.yaml'))
    expect(await find('')).toBe(join(home, '.config/assetsync/config.yaml'))
  })

  it('is not there without a home folder', async () => {
    expect(await findUserFile(null, {})).toBe(null)
  })
})
