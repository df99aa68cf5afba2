import { version } from '../lib/version.ts'
import { EXIT } from '../model/exit.ts'
import type { Action } from './command.ts'
import { Command, CommanderError, type Option } from './commander.ts'
import { applyEnvironment } from './environment.ts'
import type { Io } from './io.ts'
import * as options from './options.ts'

const { CONFIG, TARGET, SANDBOX, STATE, FEED, SELECTION, PLANNING, SENDING, REJECTS, OUTPUT } = options

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
    .addHelpText('after', HELP.program)

  command(program, 'push', 'read, plan, send what changed, report', HELP.push)
    .argument('[feed...]', FEED_ARGUMENT)
    .action(perform(async () => (await import('./commands/push.ts')).push))
  add(program, [
    CONFIG,
    TARGET,
    SANDBOX,
    options.DRY_RUN,
    ...PLANNING,
    ...SELECTION,
    ...SENDING,
    STATE,
    ...FEED,
    REJECTS,
    ...OUTPUT,
  ])

  command(program, 'plan', 'show what push would do; sends nothing', HELP.plan)
    .argument('[feed...]', FEED_ARGUMENT)
    .action(perform(async () => (await import('./commands/plan.ts')).plan))
  const limits = SENDING.filter(({ long }) => long === '--rate' || long === '--batch-size' || long === '--timeout')
  add(program, [
    CONFIG,
    TARGET,
    SANDBOX,
    options.DETAILED,
    ...PLANNING,
    ...SELECTION,
    ...limits,
    STATE,
    ...FEED,
    REJECTS,
    ...OUTPUT,
  ])

  command(program, 'check', 'read and validate a feed; knows no target', HELP.check)
    .argument('[feed...]', FEED_ARGUMENT)
    .action(perform(async () => (await import('./commands/check.ts')).check))
  add(program, [CONFIG, TARGET, SANDBOX, ...SELECTION, ...FEED, options.TIMEOUT, REJECTS, ...OUTPUT])

  command(program, 'retry', 'send again what failed or was skipped in a run', HELP.retry)
    .argument('[run]', 'id of the run (default: the last one)')
    .action(perform(async () => (await import('./commands/retry.ts')).retry))
  add(program, [CONFIG, TARGET, SANDBOX, options.ONLY, options.MAX_DELETE, ...SENDING, STATE, ...OUTPUT])

  command(program, 'reconcile', 'settle items whose outcome is unknown by asking the target', HELP.reconcile)
    .argument('[target]', 'name of the target (default: all)')
    .action(perform(async () => (await import('./commands/reconcile.ts')).reconcile))
  add(program, [CONFIG, TARGET, SANDBOX, ...SENDING, STATE, ...OUTPUT])

  command(program, 'targets', 'list the target types with their limits and options', HELP.targets).action(
    perform(async () => (await import('./commands/targets.ts')).targets),
  )
  add(program, [options.JSON_OUTPUT])

  command(program, 'doctor', 'check config, credentials, reach, clock and ledger; writes nothing', HELP.doctor).action(
    perform(async () => (await import('./commands/doctor.ts')).doctor),
  )
  add(program, [CONFIG, TARGET, SANDBOX, STATE])

  command(program, 'init', 'write a commented .assetsyncrc; asks on a terminal', HELP.init).action(
    perform(async () => (await import('./commands/init.ts')).init),
  )
  add(program, options.INIT)

  command(program, 'sandbox', 'run the emulators of the target APIs until interrupted', HELP.sandbox).action(
    perform(async () => (await import('./commands/sandbox.ts')).sandbox),
  )
  add(program, [options.PORT, options.FAULT, options.REFUSE_ABOVE, options.KEEP])
  return program
}

function command(program: Command, name: string, description: string, help: string): Command {
  return program.command(name).description(description).addHelpText('after', help)
}

/** Adds options to the command that was declared last. */
function add(program: Command, declared: readonly Option[]): void {
  const last = program.commands.at(-1)
  for (const each of declared) last?.addOption(each)
}

const FEED_ARGUMENT = 'CSV, TSV, JSON, NDJSON or XML: files, globs, http(s) addresses, or - for standard input'

const HELP = {
  program: `
Examples:
  assetsync push catalog.csv --sandbox    try it: emulated targets, nothing leaves the machine
  assetsync check catalog.csv             what is in the feed, and what is wrong with it
  assetsync plan catalog.csv              what a push would change
  assetsync push catalog.csv              do it

Every option has an environment variable: --max-wait is ASSETSYNC_MAX_WAIT.
Exit codes: 0 all is well, 1 some items failed or were rejected, 2 usage or config, 3 feed refused,
4 credentials, 5 try later, 6 ledger in use, 7 ledger unusable, 8 safety limit, 9 output, 70 defect, 128+n signal.`,
  push: `
Examples:
  assetsync push catalog.csv
  assetsync push "feeds/*.csv" --target catalogix --report run.json
  cat products.json | assetsync push - --code-column sku --image-columns "images[].src"
  assetsync push catalog.csv --sandbox --format ndjson`,
  plan: `
Examples:
  assetsync plan catalog.csv
  assetsync plan catalog.csv --format json --only LMP-0007`,
  check: `
Examples:
  assetsync check catalog.csv
  assetsync check catalog.csv --rejects rejects.csv
  assetsync check export.csv --code-column Handle --image-columns "Image Src" --position-column "Image Position"`,
  retry: `
Examples:
  assetsync retry
  assetsync retry 20261121-202647-3f9a --target catalogix

It works from the journal: the feed is not read, and what a later run has settled is left out. Without an id it takes the
last push and what has been retried of it since. Items whose outcome is unknown are never sent again; see assetsync
reconcile.`,
  reconcile: `
Examples:
  assetsync reconcile
  assetsync reconcile studio

An item is unknown when it was sent and no answer came that can be relied on, at a target where sending it again could
make a second one. Within 15 minutes it may still arrive; after that it has failed, and the next push sends it.`,
  targets: `
Examples:
  assetsync targets
  assetsync targets --json`,
  doctor: `
Examples:
  assetsync doctor
  assetsync doctor --target catalogix`,
  init: `
Examples:
  assetsync init
  assetsync init --target catalogix --feed "feeds/*.csv"

Secrets are never asked for and never written: the config names environment variables.`,
  sandbox: `
Examples:
  assetsync sandbox --port 4010
  assetsync sandbox --fault catalogix:429:0.2 --fault catalogix:timeout:0.01

Faults: 401, 413, 429, 500, 502, timeout, reset, slow, html, garbage, partial; a rate from 0 to 1 may follow.
Without a rate, partial refuses only the codes that contain "poison".`,
}
