import { basename } from 'node:path'
import { nearest } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import type { Call, Options } from '../command.ts'
import { isLookedUp } from '../completion/kind.ts'
import type { Declared } from '../declarations/declaration.ts'
import type { Io } from '../io.ts'
import { writeResult } from '../write-result.ts'

/**
 * Prints the script for a shell; with --values, what the scripts ask for while somebody types: then its word is what stands on
 * the command line so far, a word per line.
 */
export async function completion(
  [word = '']: readonly string[],
  { values }: Options,
  io: Io,
  { commands }: Call,
): Promise<number> {
  const isAsked = typeof values === 'string'
  await writeResult(isAsked ? await valueLines(values, word.split('\n'), io) : await script(word, commands, io), io)
  return 0
}

/** Nothing at all where something is wrong: there is nobody to read it. */
async function valueLines(kind: string, words: readonly string[], io: Io): Promise<string> {
  try {
    const { lookUp } = await import('../completion/look-up.ts')
    const found = isLookedUp(kind) ? await lookUp(kind, words, io) : []
    return found.map(name => `${name}\n`).join('')
  } catch {
    return ''
  }
}

async function script(word: string, commands: readonly Declared[], io: Io): Promise<string> {
  const { scriptFor, SHELLS } = await import('../completion/script.ts')
  const shell = SHELLS.find(each => each === word)
  if (shell !== undefined) return scriptFor(shell, commands)
  const meant = nearest(word, SHELLS) ?? SHELLS.find(each => each === basename(io.env.SHELL ?? '')) ?? 'bash'
  const wrong = word === '' ? 'Which shell is it for?' : `There is no completion for "${word}".`
  throw new UsageError(wrong, { fix: `The shells are ${SHELLS.join(', ')}: assetsync completion ${meant}` })
}
