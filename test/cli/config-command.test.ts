import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/config/yaml.ts'
import { Terminal } from './terminal.ts'

const CONFIG = `feed:
  files: ["*.csv"]
  code: sku
targets:
  lamps:
    type: catalogix
    storeUuid: lamps
    token: \${LAMPS_TOKEN}
    rate: 5/s
`

describe('assetsync config', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('.assetsyncrc', CONFIG)
  })

  afterEach(() => terminal.close())

  it('alone shows what it can do', async () => {
    const { code, stdout } = await terminal.call('config')
    expect(code).toBe(0)
    expect(stdout).toContain('assetsync config print --show-origin')
  })

  describe('print', () => {
    const env = { LAMPS_TOKEN: 'sword-fish' }

    it('shows every value that is in force, secrets masked', async () => {
      const { code, stdout, stderr } = await terminal.call('config print', { env })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout.replaceAll(terminal.folder, '…')).toMatchSnapshot()
      expect(stdout).not.toContain('sword-fish')
    })

    it('shows a config that could be used again', async () => {
      const { stdout } = await terminal.call('config print', { env })
      terminal.file('again.yaml', stdout)
      const again = await terminal.call('config print -c again.yaml', { env })
      expect(parseYaml(again.stdout)).toEqual(parseYaml(stdout))
    })

    it('says with --show-origin where every value is from', async () => {
      const { stdout } = await terminal.call('config print --show-origin --retries 2', {
        env: { ...env, ASSETSYNC_TIMEOUT: '9' },
      })
      expect(stdout).toMatch(/^ {2}code: sku +# \.assetsyncrc:3$/m)
      expect(stdout).toMatch(/^ {4}token: \$\{LAMPS_TOKEN\} +# set, \*\*\*\*; \.assetsyncrc:8 with LAMPS_TOKEN$/m)
      expect(stdout).toMatch(/^ {4}rate: "5\/s" +# \.assetsyncrc:9$/m)
      expect(stdout).toMatch(/^ {4}timeout: 9 +# ASSETSYNC_TIMEOUT$/m)
      expect(stdout).toMatch(/^ {4}retries: 2 +# --retries$/m)
      expect(stdout).toMatch(/^ {4}maxWait: 300 +# default$/m)
    })

    it('says which secrets are not set', async () => {
      const { stdout } = await terminal.call('config print')
      expect(stdout).toMatch(/^ {4}token: \$\{LAMPS_TOKEN\} +# not set$/m)
    })

    it('says it as JSON too', async () => {
      const { stdout } = await terminal.call('config print --json --show-origin', { env })
      const { files, config, origins } = JSON.parse(stdout)
      expect(files).toEqual(['.assetsyncrc'])
      expect(config.targets.lamps).toMatchObject({ token: `\${LAMPS_TOKEN}`, rate: '5/s', batchSize: 100 })
      expect(origins).toMatchObject({ 'feed.code': '.assetsyncrc:3', 'targets.lamps.batchSize': 'default' })
    })

    it('keeps names such as __proto__ what they are', async () => {
      terminal.file('.assetsyncrc', `targets: {catalogix: {storeUuid: constructor, token: "\${LAMPS_TOKEN}"}}`)
      const { stdout } = await terminal.call('config print --json', { env })
      expect(JSON.parse(stdout).config.targets.catalogix.storeUuid).toBe('constructor')
    })
  })

  describe('validate', () => {
    it('is content with a config that can be used, and says what it found', async () => {
      expect(await terminal.call('config validate', { env: { LAMPS_TOKEN: 'sword-fish' } })).toEqual({
        code: 0,
        stdout: '✓ ok  .assetsyncrc: 1 target (lamps), 1 feed\n',
        stderr: '',
      })
    })

    it('tells all problems at once, with file, line, path, what was expected and what was found', async () => {
      terminal.file('.assetsyncrc', `${CONFIG}    batchSize: 500\n    chanel: SMP\nfeeds: {}\n`)
      expect(await terminal.call('config validate')).toEqual({
        code: 2,
        stdout: '',
        stderr: `✗ error  The configuration has 4 problems:
  .assetsyncrc:8  targets.lamps.token: the environment variable LAMPS_TOKEN is not set
  .assetsyncrc:10  targets.lamps.batchSize: expected at most 100, found 500
  .assetsyncrc:11  targets.lamps.chanel: unknown key; did you mean "channel"?
  .assetsyncrc:12  feeds: unknown key; did you mean "feed"?
What a config holds: assetsync help config-files
`,
      })
    })

    it('has nothing to say where there is no config', async () => {
      const { code, stderr } = await terminal.call('config validate -c missing.yaml')
      expect(code).toBe(2)
      expect(stderr).toContain('There is no config file')
    })
  })

  describe('schema', () => {
    it('prints what is shipped', async () => {
      const { stdout } = await terminal.call('config schema')
      expect(stdout).toBe(readFileSync(resolve('schema/assetsyncrc.schema.json'), 'utf8'))
    })

    it('may be named in a config', async () => {
      terminal.file('.assetsyncrc', { $schema: './schema.json', feed: { code: 'sku' } })
      expect((await terminal.call('config validate')).code).toBe(0)
    })
  })
})
