import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/config/yaml.ts'
import { type Ended, Terminal } from './terminal.ts'

describe('assetsync init on a terminal', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
  })

  afterEach(() => terminal.close())

  /** Answers, each followed by Enter. */
  const type = (answers: readonly string[], line = 'init'): Promise<Ended> =>
    terminal.call(line, { stdin: answers.map(answer => `${answer}\n`).join(''), isTyped: true })

  const written = (): unknown => parseYaml(terminal.read('.assetsyncrc'))

  it('takes the defaults for Enter alone, and says what it wrote and what comes next', async () => {
    terminal.file('chairs.csv', '')
    terminal.file('notes.txt', '')
    const { code, stdout, stderr } = await type(['', '', ''])
    expect(code).toBe(0)
    expect(stderr).toContain('Targets, of catalogix, akeneo, mediapocket, productai, emporix [catalogix]: ')
    expect(stderr).toContain('[chairs.csv]: ')
    expect(stderr).toContain('[fill in later]: ')
    expect(stdout).toBe(`.assetsyncrc is written: 1 target (catalogix), 1 feed (chairs.csv).
Fill in catalogix.storeUuid.
Set CATALOGIX_TOKEN in the environment.
Then see whether it works:
  assetsync doctor
  assetsync plan
`)
    expect(written()).toEqual({
      feed: { files: ['chairs.csv'] },
      targets: { catalogix: { storeUuid: '', token: `\${CATALOGIX_TOKEN}` } },
    })
  })

  it('takes what is typed', async () => {
    const { code, stdout } = await type(['catalogix', 'my chairs.csv, https://shop.example/lamps.csv', '699ec313'])
    expect(code).toBe(0)
    expect(stdout).not.toContain('Fill in')
    expect(written()).toEqual({
      feed: { files: ['my chairs.csv', 'https://shop.example/lamps.csv'] },
      targets: { catalogix: { storeUuid: '699ec313', token: `\${CATALOGIX_TOKEN}` } },
    })
  })

  it('offers a glob for several feeds of one kind, and none for a mixture', async () => {
    terminal.file('chairs.csv', '')
    terminal.file('lamps.csv', '')
    expect((await type(['', '', ''])).stderr).toContain('[*.csv]: ')
    terminal.file('sofas.xml', '')
    expect((await type(['', '', ''], 'init --file other.yaml')).stderr).toContain('[none]: ')
  })

  it('asks again after a word that is no target type', async () => {
    const { code, stderr } = await type(['catalogicks', ',', 'catalogix, catalogix', '', ''])
    expect(code).toBe(0)
    expect(stderr).toContain('"catalogicks" is no target type. Did you mean catalogix?')
    expect(written()).toMatchObject({ targets: { catalogix: {} } })
  })

  it('writes nothing when the answers end', async () => {
    const { code, stderr } = await type(['catalogix'])
    expect(code).toBe(2)
    expect(stderr).toContain('Nothing was written.')
    expect(() => written()).toThrow('ENOENT')
  })

  it('asks nothing when --target says what to write', async () => {
    const { code, stderr } = await terminal.call('init --target catalogix', { isTyped: true })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('names the file in the next commands when it is not where they would look', async () => {
    const { stdout } = await terminal.call('init --target catalogix --feed chairs.csv --file night.yaml')
    expect(stdout).toContain('  assetsync doctor --config night.yaml\n  assetsync plan --config night.yaml\n')
  })
})
