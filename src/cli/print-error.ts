import { printable } from '../lib/text.ts'
import { version } from '../lib/version.ts'
import { AssetsyncError } from '../model/errors.ts'
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
  const mark = badge(lookOf(io, io.stderr, {}), 'failed', 'error')
  if (error instanceof AssetsyncError) {
    const fix = error.fix === null ? '' : `${printable(error.fix)}\n` // always one line, whatever it quotes
    io.stderr.write(redact(`${mark}  ${lines(error.message)}\n${fix}`))
    return error.exit
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr.write(
    redact(
      `${mark}  This is a defect in assetsync ${version()}. Please report it with these lines:\n${lines(stack)}\n`,
    ),
  )
  return EXIT.defect
}

/** Foreign text in a message can neither forge lines nor drive the terminal; our own line breaks stay. */
function lines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
