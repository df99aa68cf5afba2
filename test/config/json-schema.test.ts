import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PRESET_NAMES } from '../../src/config/feed.ts'
import { configJsonSchema } from '../../src/config/json-schema.ts'
import { isMapping, valueAt } from '../../src/config/tree.ts'

const schema = configJsonSchema()
const entry = ['properties', 'targets', 'additionalProperties', 'anyOf', 0]

function keysAt(...path: (string | number)[]): string[] {
  return Object.keys(valueAt(schema, path) ?? {})
}

describe('json schema of the config', () => {
  it('is shipped as a file; npm run generate writes it anew', async () => {
    const text = `${JSON.stringify(schema, null, 2)}\n`
    await expect(text).toMatchFileSnapshot(resolve('schema/assetsyncrc.schema.json'))
  })

  it('knows every section and refuses others', () => {
    expect(keysAt('properties')).toEqual(['$schema', 'feed', 'allowHosts', 'targets'])
    expect(valueAt(schema, ['additionalProperties'])).toBe(false)
    expect(valueAt(schema, ['required'])).toBe(undefined)
  })

  it('knows every key of the feed, none of them required', () => {
    expect(keysAt('properties', 'feed', 'properties')).toEqual([
      'name',
      'files',
      'preset',
      'code',
      'images',
      'position',
      'separator',
      'imageBaseUrl',
      'records',
      'delimiter',
      'encoding',
      'onBadImage',
    ])
    expect(valueAt(schema, ['properties', 'feed', 'required'])).toBe(undefined)
    expect(valueAt(schema, ['properties', 'feed', 'properties', 'preset', 'enum'])).toEqual(PRESET_NAMES)
  })

  it('knows options and settings of every type in its entries, and which are required', () => {
    expect(keysAt(...entry, 'properties')).toEqual([
      'type',
      'storeUuid',
      'channel',
      'token',
      'attribute',
      'assetType',
      'productUuid',
      'baseUrl',
      'concurrency',
      'rate',
      'batchSize',
      'timeout',
      'retries',
      'maxWait',
    ])
    expect(valueAt(schema, [...entry, 'required'])).toEqual(['storeUuid', 'token'])
    expect(valueAt(schema, [...entry, 'additionalProperties'])).toBe(false)
    expect(valueAt(schema, [...entry, 'properties', 'type', 'const'])).toBe('catalogix')
    expect(valueAt(schema, [...entry, 'properties', 'batchSize', 'maximum'])).toBe(100)
  })

  it('describes every key', () => {
    expect(undescribed(schema)).toEqual([])
  })

  it('lets a secret be a variable', () => {
    const pattern = valueAt(schema, [...entry, 'properties', 'token', 'pattern'])
    expect(`\${CATALOGIX_TOKEN}`).toMatch(new RegExp(String(pattern)))
  })

  it.each(['concurrency', 'batchSize', 'timeout', 'retries', 'maxWait'])(
    'lets the number %s be a variable, and no other text',
    key => {
      const setting = valueAt(schema, [...entry, 'properties', key])
      expect(setting).toMatchObject({ type: [expect.stringMatching(/^(integer|number)$/), 'string'] })
      const pattern = new RegExp(String(valueAt(setting, ['pattern'])))
      expect(
        [`\${_N2}`, '5', 'five', `\${N}0`, `\${}`, `$\${N}`, `\${N:-5}`].filter(text => pattern.test(text)),
      ).toEqual([`\${_N2}`])
    },
  )

  it('lets any text of a certain form be a variable', () => {
    const variable = `\${SOME_NAME}`
    const patterns = patternsIn(schema)
    expect(patterns.length).toBeGreaterThan(5)
    expect(patterns.filter(pattern => !new RegExp(pattern).test(variable))).toEqual([])
    const delimiter = new RegExp(String(valueAt(schema, ['properties', 'feed', 'properties', 'delimiter', 'pattern'])))
    expect([';', 'tab', ';;', `x${variable}`].filter(text => delimiter.test(text))).toEqual([';', 'tab'])
  })
})

function patternsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(patternsIn)
  if (!isMapping(node)) return []
  const own = typeof node.pattern === 'string' ? [node.pattern] : []
  return [...own, ...Object.values(node).flatMap(patternsIn)]
}

function undescribed(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(undescribed)
  if (!isMapping(node)) return []
  const properties = isMapping(node.properties) ? Object.entries(node.properties) : []
  const missing = properties.filter(([, key]) => !isMapping(key) || !key.description).map(([name]) => name)
  return [...missing, ...Object.values(node).flatMap(undescribed)]
}
