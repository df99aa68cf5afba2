import { constants } from 'node:os'
import { resolve } from 'node:path'
import { UsageError } from '../../model/errors.ts'
import { parseRate } from '../../model/rate.ts'
import { type FaultRule, parseFault } from '../../sandbox/faults.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { lookOf } from '../look.ts'
import { numberOf, textOf, textsOf } from '../values.ts'
import { wrapped } from '../wrapped.ts'
import { writeResult } from '../write-result.ts'

/** Serves the emulators until interrupted; one line of JSON on stdout says where. */
export async function sandbox(_feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const started = await startSandbox({
    port: numberOf(options.port) ?? 0,
    folder: options.state === undefined ? null : resolve(io.cwd, String(options.state), 'sandbox'), // as push --sandbox
    faults: textsOf(options.fault).map(faultNamed),
    rate: parseRate(textOf(options.rate) ?? 'off') ?? null,
  })
  const interrupted = new Promise<NodeJS.Signals>(done => {
    const off = io.onSignal(signal => {
      off()
      done(signal)
    })
  })
  try {
    await writeResult(`${JSON.stringify(started.describe())}\n`, io)
    if (io.stderr.isTTY) io.stderr.write(wrapped(HINT, lookOf(io, io.stderr, {}).width))
    return 128 + constants.signals[await interrupted]
  } finally {
    await started.close()
  }
}

/** For people; programs read the line on stdout. */
const HINT = `The emulators of the target APIs are up: they take what the real ones take, until Ctrl-C ends them.
The line on stdout says where they are, and with which credentials. To push to them, write what it has under "targets" into a config, without "state": {"targets": {…}} in .assetsyncrc.
Just to try a push none of this is needed: assetsync push catalog.csv --sandbox
`

function faultNamed(text: string): FaultRule {
  const fault = parseFault(text)
  if (typeof fault !== 'string') return fault
  throw new UsageError(`--fault ${text}: ${fault}`)
}
