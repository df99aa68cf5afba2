import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { configJsonSchema } from '../../src/config/json-schema.ts'
import { loadConfig } from '../../src/config/load.ts'
import { valueAt } from '../../src/config/tree.ts'
import { catalogix } from '../../src/targets/catalogix/index.ts'
import { optionFacts } from '../../src/targets/datasheet.ts'
import { aRequest, folderWith } from './project.ts'

const example = fileURLToPath(new URL('../../.assetsyncrc.example', import.meta.url))
const text = readFileSync(example, 'utf8')

const expected = {
  feed: {
    name: null,
    files: ['feeds/*.csv'],
    preset: 'auto',
    code: null,
    images: [],
    position: null,
    separator: null,
    imageBaseUrl: null,
    records: null,
    delimiter: 'auto',
    encoding: 'auto',
    onBadImage: 'reject-product',
  },
  allowHosts: [],
  targets: [
    {
      name: 'catalogix',
      target: catalogix,
      options: {
        storeUuid: '699ec31355208b213e56059a',
        channel: 'SMP',
        token: 'a-token',
        attribute: 'Image URL {rank}',
        assetType: 'image',
        productUuid: null,
      },
      settings: {
        baseUrl: 'https://api.catalogix.ai/v1',
        concurrency: 4,
        rate: { count: 10, perMs: 60_000 },
        batchSize: 100,
        timeout: 30,
        retries: 4,
        maxWait: 300,
      },
      secrets: ['a-token'],
    },
  ],
}

async function load(content: string) {
  const cwd = folderWith({ '.assetsyncrc': content })
  const { file, folder, ...config } = await loadConfig(aRequest({ cwd, env: { CATALOGIX_TOKEN: 'a-token' } }))
  return { ...config, feed: { ...config.feed, files: config.feed.files.map(path => path.replace(`${cwd}/`, '')) } }
}

/** Keys, commented out or not, with the number of spaces before them. */
function documentedKeys(): { depth: number; key: string }[] {
  return [...text.matchAll(/^( *)(?:# )?([A-Za-z]+):(?: .*)?$/gm)].map(([, indent = '', key = '']) => ({
    depth: indent.length,
    key,
  }))
}

describe('.assetsyncrc.example', () => {
  it('works as it is, with the token in the environment', async () => {
    expect(await load(text)).toEqual(expected)
    const config = await loadConfig(aRequest({ file: example, env: { CATALOGIX_TOKEN: 'a-token' } }))
    expect(config).toMatchObject({ file: example, folder: dirname(example) })
    expect(config.feed.files).toEqual([join(dirname(example), 'feeds/*.csv')])
  })

  it('works with every commented key in use, which shows defaults and examples', async () => {
    const all = text.replace(/^( *)# ([A-Za-z]+:(?: .*)?)$/gm, '$1$2')
    expect(await load(all)).toEqual({
      feed: {
        ...expected.feed,
        name: 'main',
        code: 'sku',
        images: ['image_*'],
        position: 'Image Position',
        separator: '|',
        imageBaseUrl: 'https://cdn.example.com/media/',
        records: 'products',
      },
      allowHosts: ['images.intranet.example'],
      targets: expected.targets.map(target => ({
        ...target,
        options: { ...target.options, productUuid: 'catalogix_uuid' },
      })),
    })
  })

  it('explains every key there is, and no other', () => {
    const schema = configJsonSchema()
    const known = (...path: (string | number)[]) => Object.keys(valueAt(schema, path) ?? {}).toSorted()
    const documented = documentedKeys()
    const at = documented.findIndex(({ key }) => key === 'targets')
    const keys = (from: typeof documented, depth: number) =>
      from
        .filter(entry => entry.depth === depth)
        .map(({ key }) => key)
        .toSorted()
    expect(['$schema', ...keys(documented, 0)]).toEqual(known('properties'))
    expect(keys(documented.slice(0, at), 2)).toEqual(known('properties', 'feed', 'properties'))
    expect(keys(documented.slice(at), 2)).toEqual(['catalogix'])
    expect(keys(documented.slice(at), 4)).toEqual(
      known('properties', 'targets', 'additionalProperties', 'anyOf', 0, 'properties'),
    )
  })

  it('works with every further target in use, and every option of theirs', async () => {
    const all = text.replace(/^( *)## ?/gm, '$1').replace(/^( *)# ([A-Za-z]+:(?: .*)?)$/gm, '$1$2')
    const cwd = folderWith({ '.assetsyncrc': all })
    const names = [...all.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = '']) => name)
    const env = Object.fromEntries(names.map(name => [name, 'a-secret']))
    const { targets } = await loadConfig(aRequest({ cwd, env }))
    expect(targets.map(({ name, target }) => [name, target.type])).toEqual([
      ['catalogix', 'catalogix'],
      ['pim', 'akeneo'],
      ['dam', 'mediapocket'],
      ['studio', 'productai'],
      ['shop', 'emporix'],
    ])
    for (const { name, target } of targets) {
      const section = all.slice(all.indexOf(`\n  ${name}:`)).split(/\n {2}(?=[a-z]+:)/)[1] ?? ''
      const documented = [...section.matchAll(/^ {4}([A-Za-z]+):/gm)].map(([, key]) => key)
      expect(documented, name).toEqual(expect.arrayContaining(optionFacts(target).map(option => option.name)))
    }
  })

  it('holds no tabs and no secrets', () => {
    expect(text).not.toMatch(/\t/)
    expect(text).toMatch(/^ {4}token: \$\{CATALOGIX_TOKEN\}$/m)
  })
})
