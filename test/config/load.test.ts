import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { catalogix } from '../../src/targets/catalogix/index.ts'
import { aRequest, fixture, folderWith, refusal } from './project.ts'

const CATALOGIX = 'targets: {catalogix: {storeUuid: s1, token: t1}}\n'

const NO_FEED = {
  name: null,
  files: [],
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
}

describe('config', () => {
  it('is all defaults and no targets where there is no file', async () => {
    const cwd = folderWith({})
    expect(await loadConfig(aRequest({ cwd }))).toEqual({
      file: null,
      folder: cwd,
      feed: NO_FEED,
      allowHosts: [],
      targets: [],
    })
  })

  it('fills in the defaults of a target, from the documented limits of its vendor', async () => {
    const cwd = folderWith({ '.assetsyncrc': CATALOGIX })
    expect(await loadConfig(aRequest({ cwd }))).toEqual({
      file: join(cwd, '.assetsyncrc'),
      folder: cwd,
      feed: NO_FEED,
      allowHosts: [],
      targets: [
        {
          name: 'catalogix',
          target: catalogix,
          options: {
            storeUuid: 's1',
            channel: 'SMP',
            token: 't1',
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
          secrets: ['t1'],
        },
      ],
    })
  })

  it('takes every key', async () => {
    const env = { FURNITURE_TOKEN: 'chair-token' }
    const folder = dirname(fixture('complete.yaml'))
    expect(await loadConfig(aRequest({ file: fixture('complete.yaml'), env }))).toEqual({
      file: fixture('complete.yaml'),
      folder,
      feed: {
        name: 'spring catalog',
        files: [
          join(folder, 'feeds/*.csv'),
          join(folder, 'extra/lamps.json'),
          '/srv/feeds/sofas.csv',
          '-',
          'https://shop.example/feed.csv',
        ],
        preset: 'none',
        code: 'SKU',
        images: ['image_*', 'extra image'],
        position: 'Image Position',
        separator: '|',
        imageBaseUrl: 'https://cdn.example.com/media/',
        records: 'products',
        delimiter: ';',
        encoding: 'windows-1252',
        onBadImage: 'drop-image',
      },
      allowHosts: ['images.intranet.example'],
      targets: [
        {
          name: 'furniture',
          target: catalogix,
          options: {
            storeUuid: '699ec31355208b213e56059a',
            channel: 'SHOP',
            token: 'chair-token',
            attribute: 'Photo {rank}',
            assetType: 'photo',
            productUuid: 'uuid',
          },
          settings: {
            baseUrl: 'https://catalogix.example/v2',
            concurrency: 2,
            rate: { count: 5, perMs: 1000 },
            batchSize: 50,
            timeout: 12.5,
            retries: 0,
            maxWait: 60,
          },
          secrets: ['chair-token'],
        },
        {
          name: 'lamps',
          target: catalogix,
          options: {
            storeUuid: '5f0c2f5be1d3a20017a4c111',
            channel: 'SMP',
            token: 'lamp-token',
            attribute: 'Image URL {rank}',
            assetType: 'image',
            productUuid: null,
          },
          settings: {
            baseUrl: 'https://api.catalogix.ai/v1',
            concurrency: 4,
            rate: null,
            batchSize: 100,
            timeout: 30,
            retries: 4,
            maxWait: 300,
          },
          secrets: ['lamp-token'],
        },
      ],
    })
  })

  it('takes a section without content as one that is not there', async () => {
    const { feed, allowHosts, targets } = await loadConfig(aRequest({ file: fixture('empty-sections.yaml') }))
    expect({ feed, allowHosts, targets }).toEqual({ feed: NO_FEED, allowHosts: [], targets: [] })
  })

  it('takes an explicit value above the documented limit, where the API does not refuse it', async () => {
    const cwd = folderWith({
      '.assetsyncrc': 'targets: {catalogix: {storeUuid: s, token: t, concurrency: 20, rate: 600/min}}',
    })
    const [target] = (await loadConfig(aRequest({ cwd }))).targets
    expect(target?.settings).toMatchObject({ concurrency: 20, rate: { count: 600, perMs: 60_000 } })
  })

  it('reads numbers among the settings from variables', async () => {
    const cwd = folderWith({
      '.assetsyncrc': `targets: {catalogix: {storeUuid: s, token: t, timeout: "\${TIMEOUT}", batchSize: "\${SIZE}"}}`,
    })
    const [target] = (await loadConfig(aRequest({ cwd, env: { TIMEOUT: '2.5', SIZE: '10' } }))).targets
    expect(target?.settings).toMatchObject({ timeout: 2.5, batchSize: 10 })
  })

  it('makes a pattern of the file part of a glob only, not of its folder', async () => {
    const folder = folderWith({ '[2026] (spring)/.assetsyncrc': 'feed: {files: ["*.csv", a.csv]}' })
    const { feed } = await loadConfig(aRequest({ cwd: join(folder, '[2026] (spring)'), home: folder }))
    expect(feed.files).toEqual([`${folder}/\\[2026\\] \\(spring\\)/*.csv`, `${folder}/[2026] (spring)/a.csv`])
  })
})

describe('precedence', () => {
  const user = `
feed: {code: user-code, separator: user-separator, files: [user.csv]}
allowHosts: [user.example]
targets:
  catalogix: {storeUuid: user-store, token: user-token, timeout: 1, retries: 1}
  spare: {type: catalogix, storeUuid: spare-store, token: spare-token}
`
  const project = `
feed: {code: project-code, position: project-position, separator: null}
allowHosts: [project.example]
targets:
  catalogix: {storeUuid: project-store, retries: 2, maxWait: 2}
`

  it('is options over project config over user config over defaults, key by key', async () => {
    const folder = folderWith({ 'home/.config/assetsync/config.yaml': user, 'shop/.assetsyncrc': project })
    const request = { cwd: join(folder, 'shop'), home: join(folder, 'home') }
    const config = await loadConfig(aRequest({ ...request, overrides: { code: 'option-code', maxWait: '3' } }))
    expect(config).toMatchObject({
      file: join(folder, 'shop/.assetsyncrc'),
      folder: join(folder, 'shop'),
      feed: {
        ...NO_FEED,
        code: 'option-code',
        position: 'project-position',
        separator: null,
        files: [join(folder, 'home/.config/assetsync/user.csv')],
      },
      allowHosts: ['project.example'],
      targets: [
        {
          name: 'catalogix',
          options: { storeUuid: 'project-store', token: 'user-token', channel: 'SMP' },
          settings: { timeout: 1, retries: 2, maxWait: 3, batchSize: 100 },
        },
        { name: 'spare', settings: { timeout: 30, retries: 4, maxWait: 3 } },
      ],
    })
  })

  it('leaves the folder of the run where it is when there is only a user config', async () => {
    const folder = folderWith({ 'home/.config/assetsync/config.yaml': user, 'shop/feed.csv': '' })
    const config = await loadConfig(aRequest({ cwd: join(folder, 'shop'), home: join(folder, 'home') }))
    expect({ file: config.file, folder: config.folder }).toEqual({ file: null, folder: join(folder, 'shop') })
  })

  it('says where each wrong value comes from', async () => {
    const folder = folderWith({
      'home/.config/assetsync/config.yaml': 'targets: {catalogix: {token: t, timeout: 0}}',
      'shop/.assetsyncrc': 'targets: {catalogix: {retries: -1}}',
    })
    const request = { cwd: join(folder, 'shop'), home: join(folder, 'home'), overrides: { batchSize: '500' } }
    expect((await refusal(request)).replaceAll(folder, '…')).toBe(
      [
        'UsageError: The configuration has 4 problems:',
        '  --batch-size or ASSETSYNC_BATCH_SIZE  targets.catalogix.batchSize: expected at most 100, found "500"',
        '  .assetsyncrc:1  targets.catalogix.retries: expected at least 0, found -1',
        '  .assetsyncrc:1  targets.catalogix.storeUuid: expected text, found nothing',
        '  …/home/.config/assetsync/config.yaml:1  targets.catalogix.timeout: expected more than 0, found 0',
        'What a config holds: assetsync help config-files',
      ].join('\n'),
    )
  })
})

describe('overrides', () => {
  const given = {
    files: ['lamps.csv', '../sofas/*.csv', '-'],
    preset: 'none',
    code: 'sku',
    images: ['photo'],
    position: 'rank',
    separator: `\${X}`,
    imageBaseUrl: 'https://cdn.example/',
    records: 'data.items',
    delimiter: 'tab',
    encoding: 'utf-16le',
    onBadImage: 'send-anyway',
  }

  it('replace every feed key as they are: feed arguments as written, nothing filled in', async () => {
    const cwd = folderWith({ '.assetsyncrc': 'feed: {name: main, files: [a.csv], code: EAN}' })
    expect((await loadConfig(aRequest({ cwd, overrides: given }))).feed).toEqual({ name: 'main', ...given })
  })

  it('set every target', async () => {
    const settings = { concurrency: '2', rate: 'off', batchSize: 7, timeout: '0.5', retries: 0, maxWait: '9' }
    const cwd = folderWith({
      '.assetsyncrc':
        'targets: {catalogix: {storeUuid: s, token: t, rate: 1/s}, b: {type: catalogix, storeUuid: s, token: t}}',
    })
    const { targets } = await loadConfig(aRequest({ cwd, overrides: settings }))
    const expected = {
      baseUrl: 'https://api.catalogix.ai/v1',
      concurrency: 2,
      rate: null,
      batchSize: 7,
      timeout: 0.5,
      retries: 0,
      maxWait: 9,
    }
    expect(targets.map(target => target.settings)).toEqual([expected, expected])
  })

  it('count only when they are given', async () => {
    const cwd = folderWith({ '.assetsyncrc': 'feed: {code: EAN}' })
    expect((await loadConfig(aRequest({ cwd, overrides: { code: undefined } }))).feed.code).toBe('EAN')
  })

  it('make variables of the values they replace unnecessary', async () => {
    const cwd = folderWith({ '.assetsyncrc': `feed: {code: "\${CODE}", files: ["\${FEEDS}/a.csv"]}` })
    const { feed } = await loadConfig(aRequest({ cwd, overrides: { code: 'sku', files: ['b.csv'] } }))
    expect(feed).toMatchObject({ code: 'sku', files: ['b.csv'] })
  })

  it('are named as the options they are when they are wrong', async () => {
    const cwd = folderWith({ '.assetsyncrc': CATALOGIX })
    const overrides = { code: '', images: [''], position: '', files: [''], rate: 'fast', concurrency: Number.NaN }
    expect(await refusal({ cwd, overrides })).toBe(
      [
        'UsageError: The configuration has 6 problems:',
        '  --code-column or ASSETSYNC_CODE_COLUMN  feed.code: expected text that is not empty, found ""',
        '  --concurrency or ASSETSYNC_CONCURRENCY  targets.catalogix.concurrency: expected a number, found NaN',
        '  --image-columns or ASSETSYNC_IMAGE_COLUMNS  feed.images[0]: expected text that is not empty, found ""',
        '  --position-column or ASSETSYNC_POSITION_COLUMN  feed.position: expected text that is not empty, found ""',
        '  --rate or ASSETSYNC_RATE  targets.catalogix.rate: must be a number of requests such as "10/min" or "5/s", or "off", found "fast"',
        '  feed arguments  feed.files[0]: expected text that is not empty, found ""',
        'What a config holds: assetsync help config-files',
      ].join('\n'),
    )
  })
})

describe('--target', () => {
  const two = `
targets:
  furniture: {type: catalogix, storeUuid: s, token: t}
  lamps: {type: catalogix, storeUuid: s, token: "\${LAMP_TOKEN}", colour: red}
`

  it('picks targets by name; what is wrong with the others does not matter then', async () => {
    const cwd = folderWith({ '.assetsyncrc': two })
    const { targets } = await loadConfig(aRequest({ cwd, only: ['furniture', 'furniture'] }))
    expect(targets.map(target => target.name)).toEqual(['furniture'])
  })

  it('must name a configured target', async () => {
    const cwd = folderWith({ '.assetsyncrc': two })
    expect(await refusal({ cwd, only: ['furniture', 'lmaps'] })).toBe(
      'UsageError: There is no target "lmaps".\nDid you mean "lamps"? There is: furniture, lamps.',
    )
    expect(await refusal({ cwd, only: ['__proto__'] })).toBe(
      'UsageError: There is no target "__proto__".\nThere is: furniture, lamps.',
    )
    expect(await refusal({ only: ['furniture'] })).toBe(
      'UsageError: There is no target "furniture".\nNo target is configured.',
    )
  })
})

describe('--sandbox', () => {
  const sandboxOptions = { catalogix: { baseUrl: 'http://127.0.0.1:4000', token: 'emulated', storeUuid: 'emulated' } }

  it('needs no config: the target is catalogix', async () => {
    const [target, ...others] = (await loadConfig(aRequest({ sandbox: true, sandboxOptions }))).targets
    expect(others).toEqual([])
    expect(target).toMatchObject({
      name: 'catalogix',
      target: catalogix,
      options: { storeUuid: 'emulated', token: 'emulated', channel: 'SMP' },
      settings: { baseUrl: 'http://127.0.0.1:4000', rate: null },
      secrets: ['emulated'],
    })
  })

  it('takes other targets by type, and says which there are', async () => {
    const { targets } = await loadConfig(aRequest({ sandbox: true, sandboxOptions, only: ['catalogix'] }))
    expect(targets.map(target => target.name)).toEqual(['catalogix'])
    expect(await refusal({ sandbox: true, sandboxOptions, only: ['catalogicks'] })).toBe(
      'UsageError: There is no target type "catalogicks".\nDid you mean "catalogix"? There is: catalogix, akeneo, mediapocket, productai, emporix.',
    )
  })

  it('sends every configured target to its emulator, without rate limit or real credentials', async () => {
    const cwd = folderWith({
      '.assetsyncrc': `
targets:
  furniture: {type: catalogix, storeUuid: "\${STORE}", token: "\${TOKEN}", channel: SHOP, rate: 1/min, timeout: 9}
  lamps: {type: catalogix, storeUuid: real, token: real, baseUrl: "https://catalogix.example"}
`,
    })
    const { targets } = await loadConfig(aRequest({ cwd, sandbox: true, sandboxOptions }))
    expect(targets).toMatchObject([
      {
        name: 'furniture',
        options: { ...withoutBaseUrl(sandboxOptions.catalogix), channel: 'SHOP' },
        settings: { baseUrl: 'http://127.0.0.1:4000', rate: null, timeout: 9 },
      },
      {
        name: 'lamps',
        options: { ...withoutBaseUrl(sandboxOptions.catalogix), channel: 'SMP' },
        settings: { baseUrl: 'http://127.0.0.1:4000', rate: null, timeout: 30 },
      },
    ])
  })

  it('says of a key that is unknown only that, though its variable is missing too', async () => {
    const cwd = folderWith({ '.assetsyncrc': `targets: {catalogix: {storeUuid: s, tokn: "\${NOPE}"}}` })
    expect(await refusal({ cwd })).toBe(
      'UsageError: The configuration has 2 problems:\n' +
        '  .assetsyncrc:1  targets.catalogix.token: expected text, found nothing\n' +
        '  .assetsyncrc:1  targets.catalogix.tokn: unknown key; did you mean "token"?\n' +
        'What a config holds: assetsync help config-files',
    )
  })

  it('has a rate limit when one is given as an option', async () => {
    const { targets } = await loadConfig(aRequest({ sandbox: true, sandboxOptions, overrides: { rate: '10/min' } }))
    expect(targets[0]?.settings.rate).toEqual({ count: 10, perMs: 60_000 })
  })

  it('needs no variables in targets, but those that say where the feed is', async () => {
    const cwd = folderWith({ '.assetsyncrc': `feed: {files: ["\${FEEDS}/a.csv"]}` })
    expect(await refusal({ cwd, sandbox: true, sandboxOptions })).toBe(
      'UsageError: The configuration has 1 problem:\n' +
        '  .assetsyncrc:1  feed.files[0]: the environment variable FEEDS is not set\n' +
        'What a config holds: assetsync help config-files',
    )
  })

  it('refuses unknown keys and types as ever', async () => {
    const cwd = folderWith({ '.assetsyncrc': 'targets: {catalogix: {chanel: x}, pim: {type: akeno}}' })
    expect(await refusal({ cwd, sandbox: true, sandboxOptions })).toBe(
      'UsageError: The configuration has 2 problems:\n' +
        '  .assetsyncrc:1  targets.catalogix.chanel: unknown key; did you mean "channel"?\n' +
        '  .assetsyncrc:1  targets.pim.type: expected one of "catalogix", "akeneo", "mediapocket", "productai", "emporix", found "akeno"; did you mean "akeneo"?\n' +
        'What a config holds: assetsync help config-files',
    )
  })

  it('never sends a target without emulator to its vendor', async () => {
    expect(await refusal({ sandbox: true })).toBe(
      'UsageError: The sandbox has no emulator for targets of type "catalogix".\nChoose other targets with --target.',
    )
  })
})

function withoutBaseUrl({ baseUrl: _, ...options }: Readonly<Record<string, string>>) {
  return options
}
