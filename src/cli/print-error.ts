import { ConfigError } from '../config/problem.ts'
import { printable } from '../lib/text.ts'
import { version } from '../lib/version.ts'
import { AssetsyncError, OutputError } from '../model/errors.ts'
import { EXIT } from '../model/exit.ts'
import type { Io } from './io.ts'
import { lookOf } from './look.ts'

/** Says what happened and what to do, and gives the exit code. */
export async function printError(
  error: unknown,
  io: Io,
  redact: (text: string) => string = text => text,
): Promise<number> {
  const { badge } = await import('../reporters/style.ts')
  const { wrapped } = await import('./wrapped.ts')
  const look = lookOf(io, io.stderr, {})
  const mark = badge(look, 'failed', 'error')
  if (error instanceof AssetsyncError) {
    const message = isList(error) ? lines(error.message) : printable(error.message)
    const fix = error.fix === null ? '' : `${printable(error.fix)}\n`
    io.stderr.write(wrapped(redact(`${mark}  ${message}\n${fix}`), look.width))
    await tellCi(redact(`${message}\n${fix}`), error.exit, io)
    return error.exit
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const message = `This is a defect in assetsync ${version()}. Please report it with these lines:\n${lines(stack)}\n`
  io.stderr.write(redact(`${mark}  ${message}`))
  await tellCi(redact(message), EXIT.defect, io)
  return EXIT.defect
}

/** Loaded only where an error is to be told. */
async function tellCi(message: string, exit: number, io: Io): Promise<void> {
  const { tellCiOfError } = await import('./ci.ts')
  tellCiOfError(message.trimEnd(), exit, io)
}

/** Only these have line breaks of their own; in every other message a line break is a foreign one, which could forge lines. */
function isList(error: AssetsyncError): boolean {
  return error instanceof ConfigError || error instanceof OutputError
}

function lines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
