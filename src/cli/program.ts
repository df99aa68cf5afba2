import { version } from '../lib/version.ts'
import { EXIT } from '../model/exit.ts'
import type { Action } from './command.ts'
import { Command, CommanderError } from './commander.ts'
import type { Declaration } from './declarations/declaration.ts'
import { DECLARATIONS } from './declarations/index.ts'
import { applyEnvironment } from './environment.ts'
import type { Io } from './io.ts'

/** Parses the command line and runs the command; gives its exit code. */
export async function parse(io: Io): Promise<number> {
  let exit: number = EXIT.ok
  const perform = (load: () => Promise<Action>) =>
    async function (this: Command, ...words: unknown[]): Promise<void> {
      applyEnvironment(this, io.env)
      const [given] = words // feeds, or the one word that a command takes
      const action = await load()
      exit = await action(argumentsOf(given), this.opts(), io)
    }
  const program = build(perform, io)
  try {
    if (io.argv.length === 0) program.outputHelp()
    else await program.parseAsync([...io.argv], { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    throw error
  }
}

function argumentsOf(given: unknown): readonly string[] {
  if (Array.isArray(given)) return given.map(String)
  return typeof given === 'string' ? [given] : []
}

type Perform = (load: () => Promise<Action>) => (this: Command, ...words: unknown[]) => Promise<void>

function build(perform: Perform, io: Io): Command {
  const program = new Command('assetsync')
    .description(
      'Push product images from CSV and JSON feeds to catalog systems: in order, in batches, with a truthful report.',
    )
    .version(version(), '-V, --version')
    .configureOutput({ writeOut: text => void io.stdout.write(text), writeErr: text => void io.stderr.write(text) })
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what is possible)')
    .addHelpText('after', HELP)
  for (const declared of DECLARATIONS) declare(program, declared, perform)
  return program
}

function declare(program: Command, { name, summary, argument, options, help, load }: Declaration, perform: Perform) {
  const command = program.command(name).description(summary).addHelpText('after', `\n${help}`)
  if (argument !== undefined) command.argument(argument.words, argument.description)
  for (const option of options) command.addOption(option)
  command.action(perform(load))
}

const HELP = `
Examples:
  assetsync push catalog.csv --sandbox    try it: emulated targets, nothing leaves the machine
  assetsync check catalog.csv             what is in the feed, and what is wrong with it
  assetsync plan catalog.csv              what a push would change
  assetsync push catalog.csv              do it

Every option has an environment variable: --max-wait is ASSETSYNC_MAX_WAIT.
Exit codes: 0 all is well, 1 some items failed or were rejected, 2 usage or config, 3 feed refused,
4 credentials, 5 try later, 6 ledger in use, 7 ledger unusable, 8 safety limit, 9 output, 70 defect, 128+n signal.`
