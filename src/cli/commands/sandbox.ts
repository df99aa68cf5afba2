import { constants } from 'node:os'
import { resolve } from 'node:path'
import { UsageError } from '../../model/errors.ts'
import { parseRate } from '../../model/rate.ts'
import { type FaultRule, parseFault } from '../../sandbox/faults.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { numberOf, textOf, textsOf } from '../values.ts'

/** Serves the emulators until interrupted; one line of JSON on stdout says where. */
export async function sandbox(_feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const started = await startSandbox({
    port: numberOf(options.port) ?? 0,
    folder: options.state === undefined ? null : resolve(io.cwd, String(options.state), 'sandbox'), // as push --sandbox
    faults: textsOf(options.fault).map(faultNamed),
    rate: rateNamed(textOf(options.rate)),
  })
  const interrupted = new Promise<NodeJS.Signals>(done => {
    const off = io.onSignal(signal => {
      off()
      done(signal)
    })
  })
  io.stdout.write(`${JSON.stringify(started.describe())}\n`)
  const signal = await interrupted
  await started.close()
  return 128 + constants.signals[signal]
}

function faultNamed(text: string): FaultRule {
  const fault = parseFault(text)
  if (typeof fault !== 'string') return fault
  throw new UsageError(`--fault ${text}: ${fault}`)
}

function rateNamed(text: string | null) {
  const rate = text === null ? null : parseRate(text)
  if (rate !== undefined) return rate
  throw new UsageError(`--rate ${text} cannot be read.`, {
    fix: 'Expected a number of requests per s or min, such as 10/min.',
  })
}
