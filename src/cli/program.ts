import { printable } from '../lib/text.ts'
import { version } from '../lib/version.ts'
import { EXIT } from '../model/exit.ts'
import { Command, CommanderError, Option } from './commander.ts'
import { type Action, type Declaration, type Declared, isFamily, type Options } from './declarations/declaration.ts'
import { DECLARATIONS, SECTIONS } from './declarations/index.ts'
import { applyEnvironment, misspeltVariables } from './environment.ts'
import { HELP } from './help/overview.ts'
import { belowOptions, inOrder, styleHelp } from './help/page.ts'
import type { Io } from './io.ts'
import { greet, lookOf } from './look.ts'
import { textOf } from './values.ts'
import { arrange } from './words.ts'
import { writeResult } from './write-result.ts'

/** Parses the command line and runs the command; gives its exit code. */
export async function parse(io: Io): Promise<number> {
  const words = arrange(io.argv, DECLARATIONS)
  let exit: number = EXIT.ok
  let help = ''
  const program = build(
    io,
    code => {
      exit = code
    },
    text => {
      help += text
    },
  )
  try {
    if (words.length === 0) program.outputHelp()
    else await program.parseAsync([...words], { from: 'user' })
    if (help !== '') await writeResult(help, io)
    return exit
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) {
      await writeResult(help, io)
      return EXIT.ok
    }
    const { usageError } = await import('./usage-error.ts')
    throw usageError(error, words, DECLARATIONS)
  }
}

type End = (exit: number) => void

function build(io: Io, end: End, write: (help: string) => void): Command {
  const program = new Command('assetsync')
    .description(
      'Push product images from CSV and JSON feeds to catalog systems: in order, in batches, with a truthful report.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
  styleHelp(program, io, write)
  addHelp(program, HELP, io)
  for (const { heading, commands } of SECTIONS) {
    program.commandsGroup(heading)
    for (const declared of commands) declare(program, declared, io, end)
  }
  return program
}

function declare(parent: Command, declared: Declared, io: Io, end: End): void {
  const command = parent.command(declared.name).description(declared.summary)
  if (isFamily(declared)) for (const member of declared.commands) declare(command, member, io, end)
  else equip(command, declared, io, end)
  addHelp(command, declared.help, io)
}

function equip(command: Command, declaration: Declaration, io: Io, end: End): void {
  const { args = [], options } = declaration
  for (const { words, description } of args) command.argument(words, description)
  for (const option of inOrder(options)) command.addOption(option)
  command.action(async (...given) => {
    const fromEnvironment = applyEnvironment(command, io.env)
    await refusePreset(command.opts(), fromEnvironment)
    await warnOfVariables(declaration, command.opts(), io)
    const action = await loaded(declaration, command.opts(), io)
    const words = given.slice(0, args.length).flatMap(wordsOf)
    end(await action(words, command.opts(), io, { commands: DECLARATIONS, fromEnvironment }))
  })
}

/** Loads all platforms only where one is named. */
async function refusePreset({ preset }: Options, fromEnvironment: ReadonlySet<string>): Promise<void> {
  if (typeof preset !== 'string') return
  const { refuseUnknownPreset } = await import('./preset-option.ts')
  refuseUnknownPreset(preset, fromEnvironment.has('preset'))
}

/** A variable that is not read is never well, so -q does not silence it; the scripts of shells have nobody who reads it. */
async function warnOfVariables(
  { name }: Declaration,
  { config }: Options,
  { env, cwd, home, stderr }: Io,
): Promise<void> {
  const found = name === 'completion' ? [] : misspeltVariables(DECLARATIONS, env)
  if (found.length === 0) return
  const { namedVariables } = await import('../config/named-variables.ts')
  const named = await namedVariables({ cwd, home, env, file: textOf(config) })
  const { badge } = await import('../reporters/style.ts')
  const mark = badge(lookOf({ env }, stderr, {}), 'warning')
  for (const { variable, meant } of found.filter(each => !named.includes(each.variable))) {
    stderr.write(`${mark}  The variable ${printable(variable)} is not read. Did you mean ${meant}?\n`)
  }
}

/** What is shown meanwhile is gone again when the command begins: it may show a view of its own, ask, or fail. */
async function loaded({ greets = false, load }: Declaration, options: Options, io: Io): Promise<Action> {
  const takeAway = greets ? greet(io, options) : null
  try {
    return await load()
  } finally {
    takeAway?.()
  }
}

function addHelp(command: Command, help: string, io: Io): void {
  const option = new Option('-h, --help', 'this help')
  const last = command.options.findLast(({ hidden }) => !hidden)
  if (last?.helpGroupHeading) option.helpGroup(last.helpGroupHeading)
  command
    .helpCommand(false)
    .addHelpOption(option)
    .addHelpText('after', () => belowOptions(help, io))
}

/** Of one argument: those that were given, if any were. */
function wordsOf(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given.map(String)
  return typeof given === 'string' ? [given] : []
}
