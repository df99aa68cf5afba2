import { describe, expect, it } from 'vitest'
import { PRESET_NAMES } from '../../src/config/feed.ts'
import { loadConfig } from '../../src/config/load.ts'
import { EXIT } from '../../src/model/exit.ts'
import { aRequest, fixture, folderWith, refusal } from './project.ts'

const FEED_KEYS =
  'name, files, preset, code, images, position, separator, imageBaseUrl, records, delimiter, encoding, onBadImage'
const PRESETS = PRESET_NAMES.map(name => `"${name}"`).join(', ')
const TAIL = 'What a config holds: assetsync help config-files'

async function problemsOf(content: string, env: Record<string, string> = {}): Promise<string[]> {
  const text = await refusal({ cwd: folderWith({ '.assetsyncrc': content }), env })
  return text.split('\n').slice(1, -1)
}

describe('problems of a config', () => {
  it('are told all at once, each with its path, what was expected and what was found', async () => {
    expect(await refusal({ file: fixture('many-faults.yaml') })).toBe(`\
UsageError: The configuration has 30 problems:
  …/many-faults.yaml:2  feed.colour: unknown key, expected one of ${FEED_KEYS}
  …/many-faults.yaml:3  feed.codee: unknown key; did you mean "code"?
  …/many-faults.yaml:4  feed.code: expected text in quotes, found 123
  …/many-faults.yaml:5  feed.images[1]: expected text that is not empty, found ""
  …/many-faults.yaml:6  feed.files: expected a list, found text
  …/many-faults.yaml:7  feed.preset: expected one of ${PRESETS}, found "autoo"; did you mean "auto"?
  …/many-faults.yaml:8  feed.imageBaseUrl: must be a complete http or https address, found "ftp://…@cdn.example"
  …/many-faults.yaml:9  feed.delimiter: must be one character, "tab" or "auto", found "||"
  …/many-faults.yaml:10  feed.encoding: must be the name of a text encoding, such as utf-8 or windows-1252, or "auto", found "utf-99"
  …/many-faults.yaml:11  feed.onBadImage: expected one of "reject-product", "drop-image", "send-anyway", found "drop"
  …/many-faults.yaml:12  allowHosts[0]: must be a host name without https:// and path, found "https://images.example"
  …/many-faults.yaml:13  tagrets: unknown key; did you mean "targets"?
  …/many-faults.yaml:15  targets.catalogix.storeUuid: expected text, found nothing
  …/many-faults.yaml:16  targets.catalogix.chanel: unknown key; did you mean "channel"?
  …/many-faults.yaml:17  targets.catalogix.token: must be printable ASCII without spaces, found a hidden value
  …/many-faults.yaml:18  targets.catalogix.attribute: must contain {rank}, found "Image"
  …/many-faults.yaml:19  targets.catalogix.rate: expected text in quotes, found 10
  …/many-faults.yaml:20  targets.catalogix.baseUrl: must be an https address; http is for localhost, 127.0.0.0/8 and [::1] only, found "http://…@shop.example"
  …/many-faults.yaml:21  targets.catalogix.concurrency: expected at least 1, found 0
  …/many-faults.yaml:22  targets.catalogix.batchSize: expected at most 100, found 101
  …/many-faults.yaml:23  targets.catalogix.timeout: expected a number, found "soon"
  …/many-faults.yaml:24  targets.catalogix.retries: expected a whole number, found 1.5
  …/many-faults.yaml:25  targets.catalogix.maxWait: expected at least 0, found -1
  …/many-faults.yaml:26  targets["my shop"]: expected a name that starts with a letter or digit and goes on with those or . _ -
  …/many-faults.yaml:27  targets.constructor: expected a key "type", as its name is not one of "catalogix", "akeneo", "mediapocket", "productai", "emporix"
  …/many-faults.yaml:28  targets.__proto__: expected a name that starts with a letter or digit and goes on with those or . _ -
  …/many-faults.yaml:29  targets.pim.type: expected one of "catalogix", "akeneo", "mediapocket", "productai", "emporix", found "catalogicks"; did you mean "catalogix"?
  …/many-faults.yaml:30  targets.dam: expected a mapping of keys, found text
  …/many-faults.yaml:31  targets.lamps.storeUuid: expected text in quotes, found a date
  …/many-faults.yaml:31  targets.lamps.token: expected text in quotes, found a hidden value
${TAIL}`)
  })

  it('end with the exit code of a usage error', async () => {
    await expect(loadConfig(aRequest({ file: fixture('many-faults.yaml') }))).rejects.toMatchObject({
      exit: EXIT.usage,
    })
  })

  it('hold the keys __proto__ and constructor too', async () => {
    expect(await refusal({ file: fixture('proto-keys.json') })).toBe(`\
UsageError: The configuration has 4 problems:
  …/proto-keys.json:2  __proto__: unknown key, expected one of $schema, feed, allowHosts, targets
  …/proto-keys.json:3  feed.__proto__: unknown key, expected one of ${FEED_KEYS}
  …/proto-keys.json:3  feed.constructor: unknown key, expected one of ${FEED_KEYS}
  …/proto-keys.json:4  targets.catalogix.__proto__: unknown key, expected one of storeUuid, channel, token, attribute, assetType, productUuid, type, baseUrl, concurrency, rate, batchSize, timeout, retries, maxWait
${TAIL}`)
  })

  it('never show a secret, wherever it was put', async () => {
    const secret = 'sword fish'
    const content = `
targets:
  catalogix: {storeUuid: s, token: "${secret}", tokn: "${secret}", baseUrl: "http://ada:${secret}@shop.example"}
  lamps: {type: catalogix, storeUuid: s, token: ["${secret}"]}
  chairs: {type: catalogix, storeUuid: s, token: t, baseUrl: "https://shop.example/?key=${secret}"}
  sofas: {type: catalogix, storeUuid: s, token: "\${TOKEN}", rate: "\${TOKEN}", attribute: "a \${TOKEN}"}
  beds: "${secret}"
`
    expect(await problemsOf(content, { TOKEN: secret })).toEqual([
      '  .assetsyncrc:3  targets.catalogix.baseUrl: must be an https address; http is for localhost, 127.0.0.0/8 and [::1] only, found "http://…@shop.example"',
      '  .assetsyncrc:3  targets.catalogix.token: must be printable ASCII without spaces, found a hidden value',
      '  .assetsyncrc:3  targets.catalogix.tokn: unknown key; did you mean "token"?',
      '  .assetsyncrc:4  targets.lamps.token: expected text, found a hidden value',
      '  .assetsyncrc:5  targets.chairs.baseUrl: must not have a query (?) or fragment (#), found "https://shop.example/?…"',
      `  .assetsyncrc:6  targets.sofas.attribute: must contain {rank}, found "a \${TOKEN}" with its variables filled in`,
      `  .assetsyncrc:6  targets.sofas.rate: must be a number of requests such as "10/min" or "5/s", or "off", found "\${TOKEN}" with its variables filled in`,
      '  .assetsyncrc:6  targets.sofas.token: must be printable ASCII without spaces, found a hidden value',
      '  .assetsyncrc:7  targets.beds: expected a mapping of keys, found text',
    ])
  })

  it('name the variable, and nothing that follows from its absence', async () => {
    const content = `targets: {catalogix: {storeUuid: s, token: "\${CATALOGIX_TOKEN}", attribute: "\${ATTRIBUTE}"}}`
    expect(await problemsOf(content, { ATTRIBUTE: '' })).toEqual([
      '  .assetsyncrc:1  targets.catalogix.attribute: the environment variable ATTRIBUTE is empty',
      '  .assetsyncrc:1  targets.catalogix.token: the environment variable CATALOGIX_TOKEN is not set',
    ])
  })

  it('show foreign text so that it can do no harm', async () => {
    const content = `"\\e[31mfeed": 1\n${'k'.repeat(999)}: 1\nfeed: {preset: "\\e[31m\\n${'long '.repeat(40)}"}`
    expect(await problemsOf(content)).toEqual([
      '  .assetsyncrc:1  ["\\u001b[31mfeed"]: unknown key, expected one of $schema, feed, allowHosts, targets',
      `  .assetsyncrc:2  ${'k'.repeat(119)}…: unknown key, expected one of $schema, feed, allowHosts, targets`,
      `  .assetsyncrc:3  feed.preset: expected one of ${PRESETS}, found "\\u{1b}[31m\\u{a}long long long long long long long long long…"`,
    ])
  })

  it('are told for sections of the wrong kind', async () => {
    expect(await problemsOf('feed: SKU\nallowHosts: images.example\ntargets: [catalogix]')).toEqual([
      '  .assetsyncrc:1  feed: expected a mapping of keys, found text',
      '  .assetsyncrc:2  allowHosts: expected a list, found text',
      '  .assetsyncrc:3  targets: expected a mapping of keys, found a list',
    ])
  })

  it('are told for overrides even where no file is', async () => {
    expect(await refusal({ overrides: { preset: 'shopfy' } })).toBe(`\
UsageError: The configuration has 1 problem:
  --preset or ASSETSYNC_PRESET  feed.preset: expected one of ${PRESETS}, found "shopfy"; did you mean "shopify"?
${TAIL}`)
  })
})
