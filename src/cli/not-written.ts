import { OutputError } from '../model/errors.ts'
import type { Document } from '../reporters/reporter.ts'
import type { Options } from './command.ts'
import { commandLine } from './next-command.ts'
import { CONFIG, OUTPUT, SANDBOX, STATE } from './options.ts'

/** An output that could not be written. */
export interface NotWritten {
  /** Of the report, as it was asked for; null: standard output. */
  readonly file: string | null
  readonly why: string
}

/** All that could not be written, in one error that says how to get it after all: a run is remembered, whatever becomes of its reports. */
export function notWritten(outputs: readonly NotWritten[], document: Document, options: Options): OutputError {
  const messages = outputs.map(({ file, why }) =>
    file === null ? `The result cannot be written to stdout: ${why}.` : `The report ${file} cannot be written: ${why}.`,
  )
  if (document.kind !== 'report') {
    return new OutputError(messages.join('\n'), { fix: 'Nothing was sent: run it again when there is room for it.' })
  }
  const again = outputs.map(({ file }) => {
    const where = file === null ? {} : { format: undefined, report: file }
    return commandLine('report', [document.run.id], { ...options, report: undefined, ...where }, DECIDING)
  })
  return new OutputError(messages.join('\n'), {
    fix: `Nothing that was sent is lost. When there is room for it: ${again.join('; ')}`,
  })
}

/** What decides which ledger is read and what is made of it. */
const DECIDING = [CONFIG, SANDBOX, STATE, ...OUTPUT.filter(({ long }) => long === '--format' || long === '--report')]
