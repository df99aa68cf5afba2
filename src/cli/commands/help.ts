import { nearest } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import type { Call, Options } from '../command.ts'
import { helpWidth } from '../help/page.ts'
import { TOPICS } from '../help/topics.ts'
import type { Io } from '../io.ts'
import { writeResult } from '../write-result.ts'

/** Prints a topic; the help of commands is commander's. */
export async function help(
  [topic = '']: readonly string[],
  _options: Options,
  io: Io,
  { commands }: Call,
): Promise<number> {
  const found = TOPICS.find(({ name }) => name === topic)
  if (found === undefined) throw unknown(topic, [...TOPICS, ...commands])
  const page = await found.load()
  await writeResult(page(commands, helpWidth(io)), io)
  return 0
}

function unknown(word: string, known: readonly { readonly name: string }[]): UsageError {
  const meant = nearest(
    word,
    known.map(({ name }) => name),
  )
  return new UsageError(`There is no help on "${word}".`, {
    fix: `${meant === null ? '' : `Did you mean: assetsync help ${meant}? `}See: assetsync --help`,
  })
}
