import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isFamily } from '../../src/cli/declarations/declaration.ts'
import { DECLARATIONS } from '../../src/cli/declarations/index.ts'
import { TOPICS } from '../../src/cli/help/topics.ts'
import { REPORTERS } from '../../src/reporters/index.ts'
import { Terminal } from './terminal.ts'

const COMMANDS = DECLARATIONS.flatMap(declared => [
  declared.name,
  ...(isFamily(declared) ? declared.commands.map(({ name }) => `${declared.name} ${name}`) : []),
])

describe('help', () => {
  let terminal: Terminal

  beforeEach(() => {
    terminal = new Terminal()
  })

  afterEach(() => terminal.close())

  it('is what a bare call prints', async () => {
    const bare = await terminal.call([])
    expect(bare).toEqual(await terminal.call('--help'))
    expect(bare).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('push catalog.csv --sandbox') })
  })

  it.each(['', ...COMMANDS])('of "%s" reads as promised', async command => {
    const { code, stdout, stderr } = await terminal.call(`${command} --help`.trim())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatchSnapshot()
  })

  it.each(TOPICS.map(({ name }) => name))('on "%s" reads as promised', async topic => {
    const { code, stdout } = await terminal.call(`help ${topic}`)
    expect(code).toBe(0)
    expect(stdout).toMatchSnapshot()
  })

  it.each(COMMANDS)('of "%s" ends with examples, and is the same as help %s', async command => {
    const { stdout } = await terminal.call(`${command} --help`)
    expect(stdout.trimEnd().split('\n\n').at(-1)).toMatch(/^Examples:\n( {2}\S.*\n?)+$/)
    expect((await terminal.call(`help ${command}`)).stdout).toBe(stdout)
  })

  it.each([60, 80])('fits into %i columns, but for commands that are to be copied', async columns => {
    const pages = COMMANDS.map(command => terminal.call(`${command} --help`, { columns, env: { NO_COLOR: '1' } }))
    const texts = (await Promise.all(pages)).map(({ stdout }) => stdout.split('\nExamples:\n')[0] ?? '')
    const wide = texts.flatMap(text => text.split('\n')).filter(line => line.length > columns && !/^ {2}\S/.test(line))
    expect(wide).toEqual([])
  })

  it('grows no wider than 100 columns, and has bold headings where there are colours', async () => {
    const { stdout } = await terminal.call('push --help', { columns: 250 })
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(110)
    expect(stdout).toContain('\u001b[1mFeed:\u001b[22m')
  })

  it('shows the options of a command under headings', async () => {
    const { stdout } = await terminal.call('push --help')
    expect(stdout.match(/^\S.*:$/gm)).toEqual([
      'Arguments:',
      'Targets and run:',
      'Output:',
      'What is sent:',
      'Feed:',
      'Requests:',
      'Config and ledger:',
      'Examples:',
    ])
  })

  it('on formats has every format and extension', async () => {
    const { stdout } = await terminal.call('help formats')
    for (const { format, extensions } of REPORTERS) {
      for (const word of [format, ...extensions]) expect(stdout).toContain(word)
    }
  })

  it('loads nothing but commander and words: neither feeds nor targets nor the config', () => {
    const packages = closure('src/cli/main.ts').filter(from => !from.startsWith('src/') && !from.startsWith('node:'))
    const rooms = new Set(closure('src/cli/main.ts').map(file => file.split('/')[1]))
    expect(packages).toEqual(['commander'])
    expect(
      ['feeds', 'catalog', 'targets', 'transport', 'ledger', 'config', 'sync'].filter(room => rooms.has(room)),
    ).toEqual([])
  })
})

/** Everything that comes with a file: what it imports, and what that imports; of what is loaded later the program alone. */
function closure(start: string): string[] {
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    if (!file.startsWith('src/')) return
    const text = readFileSync(file, 'utf8')
    const imports = [...text.matchAll(/^(?:import (?!type)|export )[^']*from '([^']+)'/gm)].map(([, from = '']) => from)
    for (const from of [...imports, ...(file === start ? ['./program.ts'] : [])]) {
      visit(from.startsWith('.') ? normalize(join(dirname(file), from)) : from)
    }
  }
  visit(start)
  return [...seen].toSorted()
}
