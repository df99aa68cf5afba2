import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfigFile } from '../../src/config/file.ts'
import { fixture, folderWith, refusal } from './project.ts'

async function treeOf(path: string): Promise<unknown> {
  return (await readConfigFile(path))?.tree
}

describe('config file', () => {
  it.each(['.assetsyncrc', '.assetsyncrc.json', '.assetsyncrc.yaml', '.assetsyncrc.yml', 'any.other.name'])(
    'is YAML or JSON in %s',
    async name => {
      const yaml = folderWith({ [name]: 'feed: {code: SKU}\n' })
      const json = folderWith({ [name]: '{\n\t"feed": {"code": "SK\\u0055", "separator": "\\/"}\n}\n' })
      expect(await treeOf(join(yaml, name))).toEqual({ feed: { code: 'SKU' } })
      expect(await treeOf(join(json, name))).toEqual({ feed: { code: 'SKU', separator: '/' } })
    },
  )

  it('is the key "assetsync" in a package.json', async () => {
    const folder = folderWith({ 'package.json': '{"name": "shop", "assetsync": {"feed": {"code": "SKU"}}}' })
    expect(await treeOf(join(folder, 'package.json'))).toEqual({ feed: { code: 'SKU' } })
  })

  it('is not there when a package.json has no such key', async () => {
    const folder = folderWith({ 'package.json': '{"name": "shop"}' })
    expect(await readConfigFile(join(folder, 'package.json'))).toBe(null)
  })

  it('is not there when there is none, or a folder of that name', async () => {
    const folder = folderWith({ '.assetsyncrc/notes.txt': '' })
    expect(await readConfigFile(join(folder, 'nothing'))).toBe(null)
    expect(await readConfigFile(join(folder, '.assetsyncrc'))).toBe(null)
    expect(await readConfigFile(join(folder, '.assetsyncrc/notes.txt/x'))).toBe(null)
  })

  it.each(['', '# nothing yet\n', '---\n'])('is an empty config when it holds %j', async content => {
    const folder = folderWith({ '.assetsyncrc': content })
    expect(await treeOf(join(folder, '.assetsyncrc'))).toEqual({})
  })

  it('may begin with a byte order mark and end its lines with CRLF', async () => {
    expect(await treeOf(fixture('bom-and-crlf.yaml'))).toEqual({ feed: { code: 'Größe' } })
  })

  it('resolves aliases by reference, and refuses those that stand for more than a config can hold', async () => {
    expect(await refusal({ file: fixture('alias-bomb.yaml') })).toBe(
      'UsageError: …/alias-bomb.yaml stands for more than 10000 values.\nWhat a config file holds: assetsync help config-files',
    )
    expect(await refusal({ file: fixture('holds-itself.yaml') })).toBe(
      'UsageError: …/holds-itself.yaml stands for more than 10000 values.\nWhat a config file holds: assetsync help config-files',
    )
  })

  it('keeps __proto__ as a key like any other', async () => {
    const tree = await treeOf(fixture('proto-keys.json'))
    expect(Object.keys(tree ?? {})).toEqual(['__proto__', 'feed', 'targets'])
    expect(Object.getPrototypeOf(tree)).toBe(Object.prototype)
  })
})

describe('config file that cannot be used', () => {
  const quotes = 'Text that holds special characters such as : # * & ! { [ needs quotes.'

  it('is refused with its line, without quoting what stands there', async () => {
    expect(await refusal({ file: fixture('bad-indentation.yaml') })).toBe(
      `UsageError: …/bad-indentation.yaml:4: not valid YAML or JSON: bad indentation of a mapping entry.\n${quotes}`,
    )
    expect(await refusal({ file: fixture('unquoted-password.yaml') })).toBe(
      `UsageError: …/unquoted-password.yaml:3: not valid YAML or JSON: unidentified alias.\n${quotes}`,
    )
    expect(await refusal({ file: fixture('duplicate-key.json') })).toBe(
      `UsageError: …/duplicate-key.json:3: not valid YAML or JSON: duplicated mapping key.\n${quotes}`,
    )
  })

  it.each([
    ['a: !!js/function "x"', '1: not valid YAML or JSON: unknown tag'],
    ['a: !swordfish', '1: not valid YAML or JSON: unknown tag'],
    ['a: [1', '1: not valid YAML or JSON: unexpected end of the stream within a flow collection'],
    ['{"a": "b"', '1: not valid YAML or JSON: unexpected end of the stream within a flow collection'],
    ['['.repeat(50_000), '1: not valid YAML or JSON: nesting exceeded maxDepth (100)'],
  ])('says what is wrong with %.30s', async (content, complaint) => {
    const cwd = folderWith({ '.assetsyncrc': content })
    expect(await refusal({ cwd })).toBe(`UsageError: ~/.assetsyncrc:${complaint}.\n${quotes}`)
  })

  it('is refused when it holds several documents', async () => {
    expect(await refusal({ cwd: folderWith({ '.assetsyncrc': 'a: 1\n---\nb: 2\n' }) })).toBe(
      `UsageError: ~/.assetsyncrc: not valid YAML or JSON: expected a single document in the stream, but found more.\n${quotes}`,
    )
  })

  it('is refused with its line when it is a package.json with a mistake', async () => {
    expect(await refusal({ cwd: folderWith({ 'package.json': '{\n  "name": "shop"\n  "version": "1"\n}' }) })).toBe(
      `UsageError: ~/package.json:3: not valid YAML or JSON: missed comma between flow collection entries.\n${quotes}`,
    )
    expect(await refusal({ cwd: folderWith({ 'package.json': '{"name": "shop",}' }) })).toBe(
      'UsageError: ~/package.json is not valid JSON.',
    )
  })

  it('is refused when it is not a mapping', async () => {
    expect(await refusal({ file: fixture('a-list.yaml') })).toBe(
      'UsageError: …/a-list.yaml does not hold keys and values.\nWhat a config file holds: assetsync help config-files',
    )
  })

  it('is refused when it is not UTF-8', async () => {
    expect(await refusal({ file: fixture('windows-1252.yaml') })).toBe(
      'UsageError: …/windows-1252.yaml is not UTF-8 text.\nSave it as UTF-8.',
    )
  })

  it('is refused when it is there but cannot be read', async () => {
    const cwd = folderWith({})
    symlinkSync('gone', join(cwd, '.assetsyncrc'))
    expect(await refusal({ cwd })).toBe(
      "UsageError: The config file cannot be read: ENOENT: no such file or directory, open '~/.assetsyncrc'",
    )
  })

  it.each(['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'])('is never run: .%s is refused', async extension => {
    const cwd = folderWith({ [`config.${extension}`]: 'throw new Error("a config file was run")' })
    expect(await refusal({ cwd, file: `config.${extension}` })).toBe(
      `UsageError: ~/config.${extension} is code, and a config file is data only.\nWrite it as YAML or JSON.`,
    )
  })
})
