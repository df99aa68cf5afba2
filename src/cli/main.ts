import { homedir } from 'node:os'
import { type Io, ioOf } from './io.ts'

/** Runs the command line and sets the exit code. The process then ends by itself, when all output has been written. */
export async function main(process: NodeJS.Process): Promise<void> {
  process.exitCode = await run(ioOf(process, homedir()))
}

/** The command line as a function: words in, exit code out. Never throws. */
export async function run(io: Io): Promise<number> {
  silenceClosedPipes(io)
  try {
    const { parse } = await import('./program.ts')
    return await parse(io)
  } catch (error) {
    const { printError } = await import('./print-error.ts')
    return await printError(error, io)
  }
}

/** `assetsync … | head -1` closes the pipe early; that is no error of ours, and writing knows when to stop. */
function silenceClosedPipes({ stdout, stderr }: Io): void {
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined)
}
