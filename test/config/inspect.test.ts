import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectConfig, type Setting } from '../../src/config/inspect.ts'
import type { ConfigRequest } from '../../src/config/load.ts'
import { formatPath } from '../../src/config/tree.ts'
import { aRequest, folderWith } from './project.ts'

const CONFIG = `feed:
  code: "\${CODE}"
targets:
  catalogix:
    storeUuid: chairs
    token: \${CATALOGIX_TOKEN}
  lamps:
    type: catalogix
    storeUuid: \${STORE}
    token: written-in-the-file
`

async function settingsOf(request: Partial<ConfigRequest>): Promise<ReadonlyMap<string, Setting>> {
  const { settings } = await inspectConfig(aRequest(request))
  return new Map(settings.map(setting => [formatPath(setting.path), setting]))
}

describe('the effective configuration', () => {
  it('has every value with where it is from: an option, a variable, a file with its line, the default', async () => {
    const folder = folderWith({
      'home/.config/assetsync/config.yaml': 'feed:\n  separator: "|"\n  code: user\n',
      'shop/.assetsyncrc': CONFIG,
    })
    const settings = await settingsOf({
      cwd: join(folder, 'shop'),
      home: join(folder, 'home'),
      env: { CODE: 'sku', STORE: 's', CATALOGIX_TOKEN: 't' },
      overrides: { rate: '5/s', position: 'Rank' },
      fromEnvironment: new Set(['positionColumn']),
    })
    const origins = ['feed.code', 'feed.separator', 'feed.position', 'targets.lamps.rate', 'feed.preset']
    expect(origins.map(path => settings.get(path)?.origin)).toEqual([
      { name: '.assetsyncrc', line: 2 },
      { name: join(folder, 'home/.config/assetsync/config.yaml'), line: 2 },
      { name: 'ASSETSYNC_POSITION_COLUMN', line: null },
      { name: '--rate', line: null },
      null,
    ])
    expect(settings.get('feed.code')).toMatchObject({ value: 'sku', variables: ['CODE'], isMissing: false })
  })

  it('never has the value of a secret', async () => {
    const cwd = folderWith({ '.assetsyncrc': CONFIG })
    const env = { CODE: 'sku', STORE: 's', CATALOGIX_TOKEN: 'sword-fish' }
    const { settings, secrets } = await inspectConfig(aRequest({ cwd, env }))
    expect(JSON.stringify(settings)).not.toMatch(/sword-fish|written-in-the-file/)
    expect(secrets).toEqual(['sword-fish', 'written-in-the-file'])
    expect(settings.filter(({ isSecret }) => isSecret).map(({ value }) => value)).toEqual([
      `\${CATALOGIX_TOKEN}`,
      '****',
    ])
  })

  it('is there without the variables too, and says which are missing', async () => {
    const settings = await settingsOf({ cwd: folderWith({ '.assetsyncrc': CONFIG }), env: { CODE: '' } })
    const missing = [...settings].filter(([, { isMissing }]) => isMissing)
    expect(missing.map(([path, { value }]) => [path, value])).toEqual([
      ['feed.code', `\${CODE}`],
      ['targets.catalogix.token', `\${CATALOGIX_TOKEN}`],
      ['targets.lamps.storeUuid', `\${STORE}`],
    ])
  })

  it('is refused with all problems where it cannot be used', async () => {
    const cwd = folderWith({ '.assetsyncrc': `targets: {catalogix: {storeUuid: s, token: t, baseUrl: "\${URL}"}}` })
    await expect(inspectConfig(aRequest({ cwd }))).rejects.toThrow('the environment variable URL is not set')
  })
})
