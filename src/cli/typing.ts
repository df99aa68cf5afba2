import type { Io } from './io.ts'

/** Whether somebody has to type what is read from standard input. */
export function isTyped({ stdin }: Io): boolean {
  return stdin.isTTY === true
}

/** Says what is waited for. */
export function waitForTyping(what: 'feed' | 'plan', { stderr }: Io): void {
  stderr.write(`Reading the ${what} from the terminal; end it with Ctrl-D.\n`)
}
