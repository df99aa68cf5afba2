import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DECLARATIONS } from '../../src/cli/declarations/index.ts'
import { PRESET_NAMES } from '../../src/config/feed.ts'
import { REPORTERS } from '../../src/reporters/index.ts'
import { TARGETS } from '../../src/targets/index.ts'
import { catalogOf, Terminal } from './terminal.ts'

/** Machines without zsh have nobody who completes in it. */
const hasZsh = spawnSync('zsh', ['--version']).status === 0
const PRESS_TAB = fileURLToPath(new URL('press-tab.zsh', import.meta.url))
const FORMATS = REPORTERS.map(({ format }) => format)

describe('completion', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
    terminal.file('chairs.csv', catalogOf(1))
  })

  afterEach(() => terminal.close())

  describe('in bash', () => {
    /** What Tab offers after these words, the last of which is being typed. The program itself is played by `values`. */
    async function offered(words: readonly string[], values: readonly string[] = []): Promise<string[]> {
      const { stdout: script } = await terminal.call('completion bash')
      terminal.file('assetsync.bash', script)
      const lines = [
        `assetsync() { printf '%s\\n' "$*" > asked; printf '%s\\n' ${values.map(quoted).join(' ')}; }`,
        'source assetsync.bash',
        `COMP_WORDS=(${['assetsync', ...words].map(quoted).join(' ')})`,
        `COMP_CWORD=${words.length}`,
        '_assetsync',
        `printf '%s\\n' "\${COMPREPLY[@]}"`,
      ]
      const options = { cwd: terminal.folder, encoding: 'utf8', input: lines.join('\n') } as const
      const { stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile'], options)
      expect(stderr).toBe('')
      return stdout.split('\n').filter(line => line !== '')
    }

    it('offers the commands first', async () => {
      expect(await offered([''])).toEqual(DECLARATIONS.map(({ name }) => name))
      expect(await offered(['pu'])).toEqual(['push'])
      expect(await offered(['-'])).toEqual(['--help', '--version'])
    })

    it('offers the options of the command, wherever it stands', async () => {
      expect(await offered(['push', 'chairs.csv', '--sa'])).toEqual(['--sandbox'])
      expect(await offered(['--sandbox', 'retry', '--ma'])).toEqual([
        '--max-delete',
        '--max-create',
        '--max-failures',
        '--max-wait',
      ])
      expect(await offered(['completion', '--'])).toEqual(['--help'])
    })

    it('offers files for feeds, folders for --state', async () => {
      terminal.file('two words.csv', '')
      terminal.file('[c]*.csv', '')
      terminal.file('state/ledger', '')
      expect((await offered(['push', 'c'])).toSorted()).toEqual(['chairs.csv'])
      expect(await offered(['push', 'two'])).toEqual(['two words.csv'])
      expect(await offered(['push', '[c'])).toEqual(['[c]*.csv'])
      expect(await offered(['push', '--state', 's'])).toEqual(['state'])
      expect(await offered(['push', '--report', 'ch'])).toEqual(['chairs.csv'])
    })

    it('offers nothing for the code of explain, and files after it', async () => {
      expect(await offered(['explain', 'ch'])).toEqual([])
      expect(await offered(['--sandbox', 'explain', '-v', 'ch'])).toEqual([])
      expect(await offered(['explain', 'CHR-00001', 'ch'])).toEqual(['chairs.csv'])
    })

    it('offers the words that an option takes', async () => {
      expect(await offered(['push', '--format', ''])).toEqual(FORMATS)
      expect(await offered(['push', '--format', '=', 'nd'])).toEqual(['ndjson'])
      expect(await offered(['push', '-f', 'nd'])).toEqual(['ndjson'])
      expect(await offered(['check', '--preset', ''])).toEqual(PRESET_NAMES)
      expect(await offered(['init', '--target', ''])).toEqual(TARGETS.map(({ type }) => type))
      expect(await offered(['push', '--limit', ''])).toEqual([])
    })

    it('offers words of a family, shells and topics', async () => {
      expect(await offered(['config', ''])).toEqual(['print', 'validate', 'schema'])
      expect(await offered(['config', 'print', '--sho'])).toEqual(['--show-origin'])
      expect(await offered(['completion', ''])).toEqual(['bash', 'zsh', 'fish'])
      expect(await offered(['help', 'ex'])).toEqual(['explain', 'exit-codes'])
    })

    it('asks the program for targets and runs, with the words so far', async () => {
      expect(await offered(['push', '-c', 'my config.yaml', '-t', 'l'], ['lamps', 'chairs'])).toEqual(['lamps'])
      expect(readFileSync(`${terminal.folder}/asked`, 'utf8')).toBe(
        'completion --values targets -- push\n-c\nmy config.yaml\n-t\nl\n',
      )
      expect(await offered(['push', '-t', 'lamps,'], ['lamps', 'chairs'])).toEqual(['lamps,lamps', 'lamps,chairs'])
      expect(await offered(['report', ''], ['20261121-1', '20261120-2'])).toEqual(['20261121-1', '20261120-2'])
    })
  })

  describe.runIf(hasZsh)('in zsh', () => {
    /** What Tab offers after the line. The program itself knows a target "lamps". */
    async function offered(line: string): Promise<string[]> {
      const { stdout: script } = await terminal.call('completion zsh')
      terminal.file('assetsync.zsh', script)
      const options = { cwd: terminal.folder, encoding: 'utf8', timeout: 15_000 } as const
      const { status, stderr } = spawnSync('zsh', ['-f', PRESS_TAB, `assetsync ${line}`], options)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      return terminal
        .read('offered')
        .split('\n')
        .filter(each => each !== '')
    }

    it('offers commands, their options and the words that these take', async () => {
      expect(await offered('pu')).toEqual(['push'])
      expect(await offered('push --sa')).toEqual(['--sandbox'])
      expect(await offered('push --format n')).toEqual(['ndjson'])
      expect(await offered('config pri')).toEqual(['print'])
      expect(await offered('push ch')).toEqual(['chairs.csv'])
    })

    it('offers the same where options stand before the command', async () => {
      expect(await offered('--verbose pu')).toEqual(['push'])
      expect(await offered('--format json -t lamps pu')).toEqual(['push'])
      expect(await offered('-v push --sa')).toEqual(['--sandbox'])
      expect(await offered('--sandbox --limit 3 config print --sho')).toEqual(['--show-origin'])
      expect(await offered('-v push ch')).toEqual(['chairs.csv'])
    })

    it('offers options before the command, and the words that they take', async () => {
      expect(await offered('--sa')).toEqual(['--sandbox'])
      expect(await offered('--format n')).toEqual(['ndjson'])
      expect(await offered('--target l')).toEqual(['lamps'])
    })
  })

  it.each(['bash', 'zsh', 'fish'])('in %s follows from the commands', async shell => {
    const { code, stdout, stderr } = await terminal.call(`completion ${shell}`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const { name } of DECLARATIONS) expect(stdout).toContain(name)
    expect(stdout).toContain(FORMATS.join(' '))
    expect(stdout).toContain(PRESET_NAMES.join(' '))
    expect(stdout).toMatch(/completion --values \S+ -- .* 2>\/dev\/null/)
  })

  describe('looks up while somebody types', () => {
    const ask = async (kind: string, words: readonly string[], env: Record<string, string> = {}) => {
      const { code, stdout, stderr } = await terminal.call(['completion', '--values', kind, '--', words.join('\n')], {
        env,
      })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return stdout
    }

    it('the targets of the config, of the one that is named too', async () => {
      terminal.file('.assetsyncrc', { targets: { lamps: { type: 'catalogix' }, chairs: {} } })
      terminal.file('night.yaml', 'targets: {night: {type: akeneo}}')
      expect(await ask('targets', ['push', '-t', ''])).toBe('lamps\nchairs\n')
      expect(await ask('targets', ['push', '-c', 'night.yaml', '-t', ''])).toBe('night\n')
      expect(await ask('targets', ['push', '--config=night.yaml', '-t', ''])).toBe('night\n')
      expect(await ask('targets', ['push', '--config', '=', 'night.yaml', '-t', ''])).toBe('night\n')
      expect(await ask('targets', ['push'], { ASSETSYNC_CONFIG: 'night.yaml' })).toBe('night\n')
    })

    it('the target types where the sandbox has no config', async () => {
      expect(await ask('targets', ['push', '--sandbox'])).toBe(TARGETS.map(({ type }) => `${type}\n`).join(''))
    })

    it('no name that a shell could take for a command', async () => {
      terminal.file('.assetsyncrc', { targets: { lamps: {}, '$(touch reached)': {}, 'a b': {}, '`x`': {}, '-f': {} } })
      expect(await ask('targets', ['push', '-t', ''])).toBe('lamps\n')
    })

    it('the runs of the ledger, the newest first', async () => {
      expect(await ask('runs', ['retry', '--sandbox'])).toBe('')
      const push = async () => (await terminal.report('push chairs.csv --sandbox')).run.id
      const [first, second] = [await push(), await push()]
      expect(await ask('runs', ['retry', '--sandbox'])).toBe(`${second}\n${first}\n`)
      expect(await ask('runs', ['retry', '--state', '.assetsync/sandbox'])).toBe(`${second}\n${first}\n`)
      expect(await ask('runs', ['retry'])).toBe('')
    })

    it('nothing, in silence, where something is wrong', async () => {
      terminal.file('.assetsyncrc', 'targets: {: ]')
      expect(await ask('targets', ['push'])).toBe('')
      expect(await ask('targets', ['push', '-c', 'missing.yaml'])).toBe('')
      expect(await ask('colours', ['push'])).toBe('')
      terminal.file('old/ledger.db', 'no ledger')
      expect(await ask('runs', ['retry', '--state', 'old'])).toBe('')
    })
  })
})

function quoted(word: string): string {
  return `'${word}'`
}
