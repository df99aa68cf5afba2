import { createInterface, type Interface } from 'node:readline'
import { AssetsyncError, UsageError } from '../../model/errors.ts'
import type { Io } from '../io.ts'

const INTERRUPTED = 130

/** Asks on a terminal, line by line. Has to be closed. Everything that is asked throws when there are no more answers. */
export class Questions {
  readonly #io: Io
  readonly #terminal: Interface
  readonly #answers: AsyncIterator<string>
  #isInterrupted = false

  constructor(io: Io) {
    this.#io = io
    // Prompts go to stderr, because stdout is for the result. Streams of Node are what io has on a terminal.
    const input = io.stdin as typeof io.stdin & NodeJS.ReadableStream
    this.#terminal = createInterface({ input, output: io.stderr })
    this.#answers = this.#terminal[Symbol.asyncIterator]() // keeps lines that were pasted all at once
    this.#terminal.once('SIGINT', () => {
      this.#isInterrupted = true
      this.#terminal.close()
    })
  }

  say(text: string): void {
    this.#io.stderr.write(`${text}\n`)
  }

  /** The answer, trimmed; empty when Enter alone was typed. */
  async ask(question: string, preset: string): Promise<string> {
    this.#terminal.setPrompt(`${question.replace(/\.$/, '')} [${preset}]: `)
    this.#terminal.prompt()
    const { done, value } = await this.#answers.next()
    if (!done) return value.trim()
    this.say('')
    const message = 'Nothing was written.'
    if (this.#isInterrupted) throw new AssetsyncError(INTERRUPTED, message)
    throw new UsageError(message, { fix: 'The answers ended; everything can be given as an option too.' })
  }

  /** Asks until the answer, or the preset for none, can be used: `read` throws a UsageError for what cannot. */
  async askFor<T>(question: string, preset: string, read: (answer: string) => T): Promise<T> {
    for (;;) {
      const answer = await this.ask(question, preset)
      try {
        return read(answer === '' ? preset : answer)
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        this.say([error.message, error.fix].join(' '))
      }
    }
  }

  close(): void {
    this.#terminal.close()
  }
}
